"""The day: when it happened, as said and as a date."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Final

import msgspec

from conversations.answers.dayrules import Found, find
from conversations.answers.daywords import read_words
from conversations.answers.problem import Problem

_MOST: Final = 300  # characters of an answer
_FAR: Final = 2000  # characters of a story that are searched; 99 in 100 are shorter


class Day(msgspec.Struct, frozen=True, array_like=True):
    """When it happened: in the citizen's words, and the date they come to, for a span the date it began.

    `on` is None where the words name no date.
    """

    said: str
    on: date | None = None


class DayReader:
    """Reads an answer to "when?": a date or a relative time, never in the future."""

    problems: ClassVar = ("empty", "long", "unknown", "future")

    def __call__(self, text: str, today: date, /) -> Day | Problem:
        """Return the day with the whole answer as it stands, or why it is none."""
        said = text.strip()
        if not said:
            return Problem("empty")
        if len(said) > _MOST:
            return Problem("long")
        found = _best(find(read_words(said), today, alone=True))
        if found is None:
            return Problem("unknown")
        return found.on if isinstance(found.on, Problem) else Day(said, found.on)


def find_day(text: str, today: date) -> Day | None:
    """Return the first day named in a story, in the words of the story; what is yet to come is passed over."""
    found = _best(find(read_words(text[:_FAR]), today, alone=False))
    if found is None or isinstance(found.on, Problem):
        return None
    return Day(text[found.start : found.end], found.on)


def _best(found: Iterable[Found]) -> Found | None:
    """Return the first that has a date, else the first without, else a slight one, else the first that is wrong."""
    return min(found, key=_rank, default=None)


def _rank(found: Found) -> int:
    if isinstance(found.on, Problem):
        return 3
    if found.slight:
        return 2
    return 1 if found.on is None else 0
