"""What kind of file some bytes are, told by their content and never by what anyone says of them."""

from typing import Final

# (type, offset, bytes found there); a frame of MPEG audio says its version and layer in its second byte.
_MARKS: Final = (
    ("image/jpeg", 0, b"\xff\xd8\xff"),
    ("image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ("image/webp", 8, b"WEBP"),
    ("application/pdf", 0, b"%PDF-"),
    ("audio/ogg", 0, b"OggS"),
    ("audio/amr", 0, b"#!AMR"),
    ("audio/mpeg", 0, b"ID3"),
    *(("audio/mpeg", 0, bytes((0xFF, second))) for second in (0xE2, 0xE3, 0xF2, 0xF3, 0xFA, 0xFB)),
    *(("audio/aac", 0, bytes((0xFF, second))) for second in (0xF1, 0xF9)),
)

# MP4 and its kin name themselves by a brand (https://mp4ra.org/registered-types/brands); most are films.
_BRANDS: Final = {b"qt": "video/quicktime", b"3gp": "video/3gpp", b"3g2": "video/3gpp", b"M4A": "audio/mp4"}
# These are pictures (HEIF, AVIF) in the same container; what they hold of the phone cannot be taken out here.
_PICTURES: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")

SUFFIXES: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/3gpp": "3gp",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/amr": "amr",
}
"""The kinds that are taken as evidence, each with the end of its file's name."""


def kind_of(data: bytes) -> str | None:
    """Return the media type of a file, None for a kind that is not taken."""
    if data[4:8] == b"ftyp":
        return _film(data[8:12])
    return next((kind for kind, at, mark in _MARKS if data[at : at + len(mark)] == mark), None)


def is_heif(data: bytes) -> bool:
    """Tell whether a file is a picture that few computers open: HEIF, as iPhones keep them, or AVIF."""
    return data[4:8] == b"ftyp" and data[8:12] in _PICTURES


def _film(brand: bytes) -> str | None:
    if brand in _PICTURES:
        return None
    return next((kind for start, kind in _BRANDS.items() if brand.startswith(start)), "video/mp4")
