"""PNG without what phones write into it (https://www.w3.org/TR/png-3/): the same picture, bit for bit."""

from collections.abc import Iterator
from typing import Final

from bot.media.bare import UPRIGHT, Bare, bounded, turn_of

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
END: Final = b"\0\0\0\0IEND\xaeB`\x82"
DRAWN: Final = frozenset((b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT"))


def strip(data: bytes) -> Bare:
    """Keep what draws the picture; leave out Exif, texts, profiles, frames, unknown chunks and all behind it.

    Raises ValueError where it does not go to its end.
    """
    kept, turn = [SIGNATURE], UPRIGHT
    for name, chunk in bounded(_chunks(data)):
        if name in DRAWN:
            kept.append(chunk)
        elif name == b"eXIf":
            turn = turn_of(chunk[8:-4])
    return Bare(b"".join((*kept, END)), turn)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name of each chunk before the last, and all of it: length, name, content, checksum."""
    at = len(SIGNATURE)
    while True:
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4])
        if end > len(data):
            raise ValueError("chunk cut off")
        if name == b"IEND":
            return
        yield name, data[at:end]
        at = end
