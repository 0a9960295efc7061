"""Trying the whole dialog with words that are not published, on a phone and a case backend that are not there."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot import knowledge
from conversations.channel import CHANNELS
from conversations.effects import Attach, File, Find, Follow
from conversations.events import Attached, Event, Filed, Followed
from conversations.rehearsal import Languages, Rehearsal
from conversations.transcript import Line

OFFICER: Final = "lapor>"
CLOCK: Final = "clock>"
WRONG: Final = "salah>"
"""Who says that a line cannot be understood."""

UNCLEAR: Final = "Baris ini tidak dapat dipahami."

MOST_LINES: Final = 200
MOST_LETTERS: Final = 9000
"""Longer lines are cut; a story may have 8,000 characters."""

NOW: Final = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
"""When recorded conversations, and those of the sandbox, begin: a Tuesday morning."""

_FIRST: Final = 9_165_816


def sandbox(
    scripts: Languages, channel: str, locale: str, lines: Sequence[str], now: datetime = NOW
) -> tuple[Line, ...]:
    """Play a dialog from its beginning and return all of it, what went in and what came out.

    `lines` are what the citizen says or sends, as transcripts have it; one that begins with `lapor>` is what an
    officer does, with `clock>` how much time goes by. A report gets its number at once. The same lines are always
    answered the same. Raises KeyError where there is no such channel.
    """
    play = _Play(Rehearsal(CHANNELS[channel], scripts, locale, knowledge.load(), now))
    return tuple(said for line in lines[:MOST_LINES] for said in play.said(line[:MOST_LETTERS]))


class _Play:
    """A rehearsal with a case backend that takes everything."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        self._filed = 0
        self._attached = 0

    def said(self, text: str) -> Iterator[Line]:
        """Yield a line that goes in, and those that come out."""
        who = next((each for each in (OFFICER, CLOCK) if text.startswith(each)), "citizen>")
        line = Line(who, text.removeprefix(who).strip())
        yield line
        try:
            yield from self._followed(self._rehearsal.answer(line))
        except (ValueError, OverflowError):
            yield Line(WRONG, UNCLEAR)

    def _followed(self, said: Iterable[Line]) -> Iterator[Line]:
        """Yield lines, and those that come when the backend has taken what the dialog sent."""
        yield from said
        for event in [self._outcome(effect) for effect in self._rehearsal.effects]:
            if event is not None:
                yield from self._followed(self._rehearsal.take(event))

    def _outcome(self, effect: object) -> Event | None:
        match effect:
            case File(key=key):
                self._filed += 1
                return Filed(key, f"R-{self._filed}", str(_FIRST + self._filed - 1), "submitted")
            case Attach(key=key):
                self._attached += 1
                return Attached(key, f"A-{self._attached}")
            case Follow(key=key):
                return Followed(key, "code")
            case Find(key=key):
                return Followed(key, "number")
        return None
