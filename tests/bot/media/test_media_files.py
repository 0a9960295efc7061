"""Films, sound and documents are taken, and films lose what they tell of their place and phone."""

import pytest

from bot.channels import Content
from bot.errors import Unfit
from bot.kinds import SUFFIXES, kind_of
from bot.media import clean
from tests.pictures import SECRET, box, film


def refused(data: bytes) -> str:
    """Return why a file is not taken."""
    with pytest.raises(Unfit) as refusal:
        clean(Content(data, "video/mp4"))
    return str(refusal.value)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (film(brand=b"isom"), "video/mp4"),
        (film(brand=b"mp42"), "video/mp4"),
        (film(brand=b"qt  "), "video/quicktime"),
        (film(brand=b"3gp5"), "video/3gpp"),
        (film(brand=b"M4A "), "audio/mp4"),
        (b"OggS\0\2", "audio/ogg"),
        (b"ID3\4", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"\xff\xf1\x50", "audio/aac"),
        (b"#!AMR\n", "audio/amr"),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, kind: str) -> None:
    """Each kind has the end of a name by which an officer's computer opens it."""
    assert (kind_of(data), kind in SUFFIXES) == (kind, True)


@pytest.mark.parametrize(
    "data",
    [
        b"MZ a program",
        b"PK\x03\x04 an archive or a letter with macros",
        b"<svg onload=alert(1)>",
        b"<html><script>",
        b"GIF89a",
        b"RIFF\0\0\0\0AVI LIST",
        b"just words",
        box(b"ftyp", b"heic", b"\0\0\0\0"),
        box(b"ftyp", b"avif", b"\0\0\0\0"),
    ],
)
def test_a_kind_that_is_no_evidence_is_refused(data: bytes) -> None:
    """LAPOR! keeps none of these; the pictures among them cannot be cleaned here."""
    assert refused(data) == "kind of file not taken"


def test_a_film_loses_its_place_and_its_phone_and_plays_on() -> None:
    """Each box stays as long as it was, so all that points into the film still does."""
    data = film(box(b"uuid", SECRET), box(b"sefd", SECRET))
    zeros = bytes(len(SECRET))

    found = clean(Content(data, "application/octet-stream"))

    handler = box(b"hdlr", b"\0" * 8 + b"vide")
    track = box(
        b"trak", box(b"tkhd", b"track"), *[box(b"free", zeros)] * 2, box(b"mdia", handler, box(b"free", zeros))
    )
    place = box(b"free", bytes(len(box(b"\xa9xyz", b"+07.7587-110.3818/" + SECRET))))
    movie = box(b"moov", box(b"mvhd", b"header"), place, track, box(b"free", zeros), box(b"free", zeros))
    rest = box(b"free", zeros) + box(b"mdat", b"frames") + box(b"free", zeros) * 2
    assert found == Content(box(b"ftyp", b"isom", b"\0\0\2\0") + movie + rest, "video/mp4")


def test_a_film_with_lengths_behind_names_is_wiped_too() -> None:
    """So a long one writes them; the last box may go to the end without one."""
    long = (1).to_bytes(4) + b"uuid" + (16 + len(SECRET)).to_bytes(8) + SECRET
    data = film(long, told=b"") + b"\0\0\0\0" + b"mdat" + b"more frames"

    after = clean(Content(data, "")).data

    assert (len(after), after.count(SECRET), after.endswith(b"mdatmore frames")) == (len(data), 0, True)


@pytest.mark.parametrize(
    "data",
    [
        film()[:-3],
        box(b"ftyp", b"isom"),
        box(b"ftyp", b"isom") + box(b"mdat", b"frames"),
        film(b"\0\0\0\7udta"),
        film(b"\xff\xff\xff\xffudta"),
        film(box(b"moov", (4).to_bytes(4) + b"trak")),
        film(box(b"free") * 100_001),
    ],
)
def test_a_film_that_cannot_be_played_is_refused(data: bytes) -> None:
    """What it holds could not be told."""
    assert refused(data) == "file cannot be read"


def test_boxes_inside_boxes_without_end_are_refused() -> None:
    """They would fill the stack."""
    nested = b""
    for _ in range(3000):
        nested = box(b"trak", nested)

    assert refused(film(box(b"moov", nested))) == "file cannot be read"


@pytest.mark.parametrize("data", [b"%PDF-1.7 a letter", b"OggS a voice", b"#!AMR\n a voice"])
def test_documents_and_voices_pass_as_they_are(data: bytes) -> None:
    """Only their type is told anew."""
    assert clean(Content(data, "text/html")) == Content(data, kind_of(data) or "")


@pytest.mark.parametrize(("start", "limit"), [(b"%PDF-", 20_000_000), (b"OggS", 10_000_000)])
def test_a_file_that_is_too_large_is_refused(start: bytes, limit: int) -> None:
    """A byte less and it is taken."""
    most = start.ljust(limit, b"a")

    assert (len(clean(Content(most, "")).data), refused(most + b"a")) == (limit, "file too large")
