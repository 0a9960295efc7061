"""What becomes of the files that people really send: passed on, cleaned or refused, and what the citizen hears."""

import io
import zipfile
import zlib

import pytest
from PIL import Image

from bot.channels import Content
from bot.errors import Unfit
from bot.media import clean
from conversations.checking.needs import NEEDS
from tests.pictures import bare_photo, box, drawing, film, saved, screenshot, sticker
from tests.stage import SCRIPTS


def zip_bomb() -> bytes:
    """Return an archive of 40 kB that unfolds to 40 MB."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("foto.jpg", bytes(40_000_000))
    return data.getvalue()


def stuffed_png() -> bytes:
    """Return a PNG of 64 points whose drawing unfolds to 100 MB."""
    plain = saved(drawing(size=(8, 8)), "PNG")
    at = plain.index(b"IDAT") - 4
    packed = zlib.compress(bytes(100_000_000), 9)
    chunk = len(packed).to_bytes(4) + b"IDAT" + packed + zlib.crc32(b"IDAT" + packed).to_bytes(4)
    return plain[:at] + chunk + plain[-12:]


def moving_webp() -> bytes:
    """Return an animated WebP of two frames."""
    frames = {"save_all": True, "append_images": [Image.new("RGB", (48, 32), "black")], "lossless": True}
    return saved(drawing(), "WEBP", **frames)


REFUSED = {
    "nothing at all": (b"", "broken"),
    "only zeros": (bytes(1000), "broken"),
    "a text that calls itself a picture": (b"foto.jpg\nini bukan foto", "kind"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "kind"),
    "a program": (b"MZ\x90\0", "kind"),
    "a moving GIF": (saved(drawing(), "GIF"), "kind"),
    "a letter of Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kind"),
    "an archive that unfolds to 40 MB": (zip_bomb(), "kind"),
    "a photo as an iPhone keeps it": (box(b"ftyp", b"heic", b"\0\0\0\0") + bytes(2000), "heic"),
    "a photo in AVIF": (box(b"ftyp", b"avif", b"\0\0\0\0") + bytes(2000), "heic"),
    "half a photo": (bare_photo()[: len(bare_photo()) // 2], "broken"),
    "a photo without its last byte": (bare_photo()[:-1], "broken"),
    "the first bytes of a photo": (b"\xff\xd8\xff", "broken"),
    "half a screenshot": (screenshot()[:120], "broken"),
    "half a sticker": (sticker()[:60], "broken"),
    "half a film": (film()[:-3], "broken"),
    "30 MB of film": (film(box(b"mdat", bytes(30_000_000))), "large"),
    "30 MB of photo": (bare_photo() + bytes(30_000_000), "large"),
    "30 MB of PDF": (b"%PDF-1.7".ljust(30_000_000), "large"),
    "an hour of voice": (b"OggS".ljust(11_000_000), "large"),
    "8,000 by 8,000 white points": (saved(Image.new("1", (8000, 8000)), "PNG"), "large"),
}

TAKEN = {
    "a photo": (bare_photo(), "image/jpeg"),
    "a photo with a film behind its end": (bare_photo() + film(), "image/jpeg"),
    "a screenshot": (screenshot(), "image/png"),
    "an animated WebP": (moving_webp(), "image/webp"),
    "a PNG that unfolds to 100 MB": (stuffed_png(), "image/png"),
    "a film": (film(), "video/mp4"),
    "a voice note of Telegram": (b"OggS\0\2OpusHead", "audio/ogg"),
    "a voice note of an old phone": (b"#!AMR\n" + bytes(100), "audio/amr"),
    "a voice note of an iPhone": (film(brand=b"M4A "), "audio/mp4"),
    "a letter": (b"%PDF-1.7 a letter", "application/pdf"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_without_usable_content_is_refused_and_the_reason_told(name: str) -> None:
    """Every reason has words of its own, in which nothing of the file is repeated."""
    data, why = REFUSED[name]

    with pytest.raises(Unfit) as refusal:
        clean(Content(data, "image/jpeg"))

    told = SCRIPTS["id"].text("attachment", refusal.value.why)
    assert (refusal.value.why, why in NEEDS["attachment"].texts, "{attachment}" in told) == (why, True, True)


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_of_use_is_passed_on_as_what_it_is(name: str) -> None:
    """Whatever it calls itself; cleaned once, cleaning changes nothing more."""
    data, kind = TAKEN[name]

    found = clean(Content(data, "text/plain"))

    assert (found.type, clean(found), len(found.data) <= max(len(data), 1000)) == (kind, found, True)
