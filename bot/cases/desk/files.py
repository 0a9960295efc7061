"""What kind of file some bytes are, told by their content and never by what the sender says."""

from typing import Final

SIZE_LIMIT: Final = 20_000_000  # bytes; Telegram hands over files of up to 20 MB

# (type, offset, bytes found there); MP4 and its kin name themselves in the fifth byte.
_MARKS: Final = (
    ("image/jpeg", 0, b"\xff\xd8\xff"),
    ("image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ("image/webp", 8, b"WEBP"),
    ("application/pdf", 0, b"%PDF-"),
    ("video/mp4", 4, b"ftyp"),
    ("audio/ogg", 0, b"OggS"),
    ("audio/mpeg", 0, b"ID3"),
    *(("audio/mpeg", 0, bytes((0xFF, second))) for second in (0xE2, 0xE3, 0xF2, 0xF3, 0xFA, 0xFB)),
)

SUFFIXES: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "video/mp4": "mp4",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
}


def kind_of(data: bytes) -> str | None:
    """Return the media type of a file, None for a kind that the desk does not keep."""
    return next((kind for kind, at, mark in _MARKS if data[at : at + len(mark)] == mark), None)
