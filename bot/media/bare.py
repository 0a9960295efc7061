"""A picture's bytes without what phones write into them, and which way up it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

Part = TypeVar("Part")

PARTS: Final = 100_000  # in one file; a picture of 20 MB has a few thousand

ORIENTATION: Final = 0x0112  # the tag's number in Exif
UPRIGHT: Final = 1


@dataclass(frozen=True, slots=True)
class Bare:
    """A picture with nothing but what draws it; `turn` (1-8) is Exif's orientation, `moving` says it has frames."""

    data: bytes
    turn: int = UPRIGHT
    moving: bool = False


def turn_of(exif: bytes) -> int:
    """Return the orientation that Exif data tell in their first directory, upright if they tell none."""
    tiff = exif.removeprefix(b"Exif\0\0")
    if tiff[:2] not in (b"II", b"MM"):
        return UPRIGHT
    big = tiff.startswith(b"M")
    start = _number(tiff[4:8], big=big)
    entries = _number(tiff[start : start + 2], big=big)
    for at in range(start + 2, min(start + 2 + 12 * entries, len(tiff)), 12):
        if _number(tiff[at : at + 2], big=big) == ORIENTATION:
            return _number(tiff[at + 8 : at + 10], big=big)
    return UPRIGHT


def bounded(parts: Iterable[Part]) -> Iterator[Part]:
    """Pass on the parts of a file; raises ValueError for one that is nothing but parts."""
    for number, part in enumerate(parts):
        if number == PARTS:
            raise ValueError("too many parts")
        yield part


def _number(data: bytes, *, big: bool) -> int:
    return int.from_bytes(data, "big" if big else "little")
