"""WebP without what phones write into it (RFC 9649): the same picture, bit for bit."""

from collections.abc import Iterator
from typing import Final

from bot.media.bare import UPRIGHT, Bare, bounded, turn_of

DRAWN: Final = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
FRAMES: Final = frozenset((b"ANIM", b"ANMF"))
MOVING, TRANSPARENT = 0x02, 0x10  # in the first byte of VP8X; the others announce Exif, XMP and a colour profile


def strip(data: bytes) -> Bare:
    """Keep what draws the picture; leave out Exif, XMP, the colour profile, unknown chunks and all behind it.

    Raises ValueError where it does not go to its end.
    """
    kept, turn, moving = [b"WEBP"], UPRIGHT, False
    for name, body in bounded(_chunks(data)):
        if name == b"VP8X":
            moving = bool(body[0] & MOVING)
            kept.append(_chunk(name, bytes((body[0] & (MOVING | TRANSPARENT),)) + body[1:10]))
        elif name in DRAWN or (moving and name in FRAMES):
            kept.append(_chunk(name, body))
        elif name == b"EXIF":
            turn = turn_of(body)
    return Bare(_chunk(b"RIFF", b"".join(kept)), turn, moving)


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the content of each chunk."""
    at, whole = 12, 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data):
        raise ValueError("file cut off")
    while at + 8 <= whole:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > whole:
            raise ValueError("chunk cut off")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
