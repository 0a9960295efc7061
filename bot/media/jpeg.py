"""JPEG without what phones write into it (ITU-T T.81, annex B): the same picture, bit for bit."""

import re
from collections.abc import Iterator
from typing import Final

from bot.media.bare import UPRIGHT, Bare, bounded, turn_of

SCANS: Final = 40  # a progressive picture has about ten; thousands would keep the decoder busy for hours

START: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"
# JFIF 1.01 without a density and a thumbnail: it tells decoders what the colours mean.
JFIF: Final = b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\x00\x01\x00\x01\0\0"
ADOBE: Final = b"\xff\xee\x00\x0eAdobe\0\x64\0\0\0\0"  # one byte follows: how the colours are encoded

APP0, APP1, APP14, SOS, EOI = 0xE0, 0xE1, 0xEE, 0xDA, 0xD9
# Frames and Huffman tables (all of C0-CF but C8), scans, quantisation, lines, restart interval.
DRAWN: Final = frozenset(range(0xC0, 0xD0)) - {0xC8} | {0xDA, 0xDB, 0xDC, 0xDD}
ALONE: Final = frozenset((0x00, 0x01, *range(0xD0, 0xD9)))  # without a length; none belongs between segments

_MARKER: Final = re.compile(rb"\xff+([^\xff])", re.DOTALL)
_SCAN_END: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def strip(data: bytes) -> Bare:
    """Keep what draws the picture; leave out Exif, XMP, IPTC, profiles, comments, thumbnails and all behind it.

    Raises ValueError where it does not go to its end or has too many scans.
    """
    kept, turn, scans = [START], 0, 0
    for marker, body in bounded(_segments(data)):
        if marker in DRAWN:
            kept.append(bytes((0xFF, marker)) + body)
            scans += marker == SOS
        elif marker == APP1 and body[2:8] == b"Exif\0\0":
            turn = turn or turn_of(body[2:])
        else:
            kept.append(_colours(marker, body))
    if scans > SCANS:
        raise ValueError("too many scans")
    return Bare(b"".join((*kept, END)), turn or UPRIGHT)


def _colours(marker: int, body: bytes) -> bytes:
    """Return a segment that says what the colours mean, without what else it holds; nothing for any other."""
    if marker == APP0 and body[2:7] == b"JFIF\0":
        return JFIF
    if marker == APP14 and body[2:7] == b"Adobe":
        return ADOBE + (body[13:14] or b"\0")
    return b""


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each segment before the end of the picture: its marker; its length, content and scan."""
    at = len(START)
    while True:
        found = _MARKER.search(data, at)
        if found is None:
            raise ValueError("no end")
        marker, at = found[1][0], found.end()
        if marker == EOI:
            return
        if marker not in ALONE:
            end = _end(data, at, marker)
            yield marker, data[at:end]
            at = end


def _end(data: bytes, at: int, marker: int) -> int:
    size = int.from_bytes(data[at : at + 2])
    if size < 2 or at + size > len(data):  # noqa: PLR2004 - the length counts its own two bytes
        raise ValueError("segment cut off")
    if marker != SOS:
        return at + size
    end = _SCAN_END.search(data, at + size)
    if end is None:
        raise ValueError("scan cut off")
    return end.start()
