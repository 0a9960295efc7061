"""How many citizens reached, left or failed at each state of the dialog: numbers of a day, of nobody in particular.

Each process counts in memory and adds its counts to Redis every few seconds and when it ends, so that a turn
stays at two commands. What is kept of a day is one hash of numbers by channel, language and state, all of them from
closed sets. A process that is killed outright loses the counts of its last five seconds; where Redis did not say
whether it took them, they can be added twice.
"""

import atexit
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from multiprocessing.util import Finalize
from typing import Final, Literal, TypeAlias

import msgspec
import redis
import structlog

from bot import keys
from bot.line import Line
from bot.lua import Script
from conversations.complaint import COMPLAINT, REPORT
from conversations.session import Session
from conversations.states import Wait
from conversations.turn import Turn

EVERY: Final = 5.0
"""Seconds from one writing to the next."""

PAUSE: Final = 60.0
"""Seconds without a try after one that failed: no citizen waits for statistics again and again."""

KEPT_SECONDS: Final = 400 * 86400

ADD: Final = Script("""
for i = 2, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1
""")

WAITS: Final = frozenset(state.name for state in COMPLAINT if isinstance(state, Wait))

Fate: TypeAlias = Literal["reached", "onward", "failed"]
Place: TypeAlias = tuple[str, str, str, Fate]
"""What a number is of: channel, language, state and what happened there."""

log = structlog.get_logger()


def moves(before: Session | None, after: Session) -> Iterator[tuple[str, Fate]]:
    """Yield what a turn counts for: states reached, gone on from, or failed at; `before` is None for a newcomer.

    Who turns from a report to something else, such as the menu, has not gone on, and who comes back to it has not
    reached it anew.
    """
    if before is None or (before.state != after.state and not _back(before, after)):
        yield after.state, "reached"
    if before is not None and before.state != after.state and not _aside(before.state, after.state):
        yield before.state, "onward"
    if after.misses > (before.misses if before else 0):
        yield after.state, "failed"


def _aside(before: str, after: str) -> bool:
    """Tell whether a way between two states leads out of a report that is not sent."""
    return before in REPORT and after not in REPORT and after not in WAITS


def _back(before: Session, after: Session) -> bool:
    """Tell whether a citizen comes back to the same report."""
    if before.draft is None or before.state in REPORT or after.state not in REPORT:
        return False
    return after.draft is not None and after.draft.id == before.draft.id


class Funnel:
    """Counts the turns of this process; `clock` returns seconds that only grow."""

    def __init__(self, line: Line, clock: Callable[[], float] = time.monotonic) -> None:
        self._line = line
        self._clock = clock
        self._due = clock() + EVERY
        self._lock = threading.Lock()
        self._counts: Counter[tuple[date, Place]] = Counter()

    def count(self, turn: Turn, before: Session | None, after: Session) -> None:
        """Count a turn that is stored, and write what was counted if it is time; `turn.now` says of which day."""
        day, channel, locale = turn.now.date(), turn.channel.name, turn.script(after).code
        with self._lock:
            for state, fate in moves(before, after):
                self._counts[day, (channel, locale, state, fate)] += 1
            due = self._clock() >= self._due
            if due:
                self._due = self._clock() + EVERY
        if due:
            self.flush()

    def flush(self) -> None:
        """Write what was counted; what Redis does not take is kept for the next time."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        days: defaultdict[date, list[str | int]] = defaultdict(list)
        for (day, place), number in counts.items():
            days[day] += (" ".join(place), number)
        for day, fields in days.items():
            try:
                ADD.call(self._line, (keys.funnel(day),), KEPT_SECONDS, *fields)
            except redis.RedisError as error:
                self._keep({known: number for known, number in counts.items() if known[0] == day}, error)

    def _keep(self, counts: Mapping[tuple[date, Place], int], error: redis.RedisError) -> None:
        log.warning("funnel_not_written", error=type(error).__name__)
        with self._lock:
            self._counts.update(counts)
            self._due = self._clock() + PAUSE


def at_the_end(work: Callable[[], None]) -> None:
    """Have something done when this process ends by itself or is asked to.

    Granian forks its processes with multiprocessing, whose children run no atexit functions in Python 3.11.
    """
    atexit.register(work)
    Finalize(None, work, exitpriority=0)


class Row(msgspec.Struct, frozen=True):
    """What happened at a state: turns that reached it, went on from it, and were not understood there.

    `left` are those that did not go on, None where nobody has to.
    """

    state: str
    reached: int
    onward: int
    failed: int
    left: int | None


class Counts(msgspec.Struct, frozen=True):
    """The numbers of some days."""

    found: Mapping[Place, int]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the codes of the languages that there are numbers of."""
        return tuple(sorted({locale for _, locale, _, _ in self.found}))

    def rows(self, channel: str = "", locale: str = "") -> tuple[Row, ...]:
        """Return the numbers of every state in the order of the dialog, of one channel and language or of all."""
        total: Counter[tuple[str, str]] = Counter()
        for (its_channel, its_locale, state, fate), number in self.found.items():
            if channel in {"", its_channel} and locale in {"", its_locale}:
                total[state, fate] += number
        return tuple(_row(state.name, total) for state in COMPLAINT)


def _row(state: str, total: Counter[tuple[str, str]]) -> Row:
    reached, onward, failed = (total[state, fate] for fate in ("reached", "onward", "failed"))
    return Row(state, reached, onward, failed, max(reached - onward, 0) if state in REPORT else None)


def read(line: Line, first: date, last: date) -> Counts:
    """Return the numbers of the days from `first` to `last`, both included; raises redis.RedisError."""
    total: defaultdict[bytes, int] = defaultdict(int)
    for number in range((last - first).days + 1):
        reply = line.do("HGETALL", keys.funnel(first + timedelta(days=number)))
        for field, count in zip(reply[::2], reply[1::2], strict=True):
            total[field] += int(count)
    return Counts({msgspec.convert(field.decode().split(), Place): number for field, number in total.items()})


def table(rows: tuple[Row, ...]) -> str:
    """Return the numbers for a terminal, without the states that nobody came to."""
    lines = [f"{'state':<10}{'reached':>9}{'onward':>9}{'left':>9}{'failed':>9}"]
    lines += [
        f"{row.state:<10}{row.reached:>9}{row.onward:>9}{'-' if row.left is None else row.left:>9}{row.failed:>9}"
        for row in rows
        if row.reached or row.onward or row.failed
    ]
    return "\n".join(lines)
