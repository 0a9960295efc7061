"""No picture, however it is made, stops the worker or brings more along than what is seen."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.channels import Content
from bot.errors import Permanent
from bot.media import clean
from tests.pictures import bare_photo, drawing, photo, saved, screenshot, segment, sticker

REASONS = {"file cannot be read", "kind of file not taken", "picture of too many pixels"}


def outcome(data: bytes) -> bytes | str:
    """Clean a file and return what is left of it, or why it is not taken."""
    try:
        return clean(Content(data, "image/jpeg")).data
    except Permanent as refusal:
        return str(refusal)


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)


@pytest.mark.parametrize(
    "tail", [b"PK\x03\x04 a program in a ZIP", b"%PDF-1.7 a form", b"\0\0\0\x18ftypmp42 a film"]
)
def test_a_picture_that_is_something_else_too_is_a_picture_only(tail: bytes) -> None:
    """A file of two kinds would be opened as the one that nobody looked at."""
    page = segment(0xFE, b"<script>alert(1)</script>") + segment(0xE2, b"MPF\0 of which Pillow warns")
    plain = bare_photo()

    assert outcome(plain[:2] + page + plain[2:] + tail) == plain


def bomb(kind: str) -> bytes:
    """Return a small file that says it is a picture of hundreds of millions of pixels."""
    data = saved(drawing(), kind)
    match kind:
        case "JPEG":
            at = data.index(b"\xff\xc0") + 5
            return data[:at] + b"\xea\x60\xea\x60" + data[at + 4 :]
        case "PNG":
            header = (60_000).to_bytes(4) * 2 + data[24:29]
            return data[:8] + chunk(b"IHDR", header) + data[33:]
        case _:
            at = data.index(b"\x9d\x01\x2a") + 3
            return data[:at] + b"\xff\x1f\xff\x1f" + data[at + 4 :]


@pytest.mark.parametrize(
    "data", [bomb("JPEG"), bomb("PNG"), bomb("WEBP"), saved(Image.new("1", (8000, 8000)), "PNG")]
)
def test_a_picture_that_would_fill_the_memory_is_refused(data: bytes) -> None:
    """Before it is drawn, and without a warning; the last one is whole."""
    assert (len(data) < 30_000, outcome(data)) == (True, "picture of too many pixels")


def test_a_picture_that_would_never_be_done_is_refused() -> None:
    """Each of its scans makes the decoder go over the whole picture."""
    data = saved(drawing(), "JPEG", progressive=True)
    at = data.index(b"\xff\xda")
    scan = data[at : data.index(b"\xff", at + 14)]

    assert outcome(data[:at] + scan * 50 + data[at:]) == "file cannot be read"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff",
        photo()[:-900],
        bare_photo()[:-2],
        bare_photo()[:300] + b"\xff\xd9",
        screenshot()[:150],
        saved(drawing(), "PNG")[:-12],
        saved(drawing(), "PNG").replace(b"IDAT", b"XDAT"),
        sticker()[:100],
        b"RIFF\x04\0\0\0WEBP",
        b"RIFF\x0c\0\0\0WEBPVP8X\0\0\0\0",
        b"\xff\xd8" + b"\xff\xfe\0\2" * 100_001 + bare_photo()[2:],
    ],
)
def test_a_broken_picture_is_refused(data: bytes) -> None:
    """An officer could not see it, and what it holds could not be told."""
    assert outcome(data) == "file cannot be read"


@given(data=st.data(), make=st.sampled_from((photo, screenshot, sticker)))
@settings(max_examples=60)
def test_whatever_is_broken_in_a_picture_it_is_taken_or_refused(data: st.DataObject, make: object) -> None:
    """No other error, no warning, nothing that stops the worker."""
    whole = bytearray(make(6))  # type: ignore[operator]
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    found = outcome(bytes(whole))

    assert found in REASONS if isinstance(found, str) else outcome(found) == found
