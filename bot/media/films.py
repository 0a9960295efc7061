"""Films and sound in MP4 and its kin (ISO/IEC 14496-12, QuickTime): where and with what they were taken, wiped."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.media.bare import bounded

# What a film is played by; all else at the top, such as XMP or what Samsung puts behind it, is wiped.
PLAYED: Final = frozenset((b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"wide"))
NESTS: Final = frozenset((b"moov", b"trak", b"mdia", b"moof", b"traf"))
# User data and metadata: `©xyz`, `loci` and com.apple.quicktime.location.ISO6709 stand in these.
TOLD: Final = frozenset((b"udta", b"meta", b"uuid", b"free", b"skip"))


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its name, and where it, its content and what follows it begin."""

    name: bytes
    at: int
    content: int
    end: int


def wipe(data: bytes) -> bytes:
    """Return a film with its boxes about place, device and author emptied, each as long as it was.

    Nothing that points into the film moves. Raises ValueError where a box is cut off or there is nothing to play.
    """
    film = bytearray(data)
    boxes = tuple(_boxes(film, 0, len(film)))
    if not {b"moov", b"mdat"} <= {box.name for box in boxes}:
        raise ValueError("nothing to play")
    for box in boxes:
        if box.name in PLAYED:
            _wipe(film, box)
        else:
            _empty(film, box)
    return bytes(film)


def _wipe(film: bytearray, box: Box) -> None:
    """Empty what tells of the film inside a box."""
    if box.name not in NESTS:
        return
    for inner in tuple(_boxes(film, box.content, box.end)):
        if inner.name in TOLD:
            _empty(film, inner)
        else:
            _wipe(film, inner)


def _empty(film: bytearray, box: Box) -> None:
    film[box.at + 4 : box.at + 8] = b"free"
    film[box.content : box.end] = bytes(box.end - box.content)


def _boxes(film: bytearray, at: int, end: int) -> Iterator[Box]:
    return bounded(_walk(film, at, end))


def _walk(film: bytearray, at: int, end: int) -> Iterator[Box]:
    while at + 8 <= end:
        size, head = int.from_bytes(film[at : at + 4]), 8
        if size == 1:  # its length stands behind its name
            size, head = int.from_bytes(film[at + 8 : at + 16]), 16
        size = size or end - at
        if size < head or at + size > end:
            raise ValueError("box cut off")
        yield Box(bytes(film[at + 4 : at + 8]), at, at + head, at + size)
        at += size
