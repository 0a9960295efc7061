"""Every step of a report, one after the other: each message of a process before and after the other side has it.

What a process does while nothing happens is learnt first; what is left are its effects and the looks that led to
them. The walk strikes at the first such moment of one report, at the second of the next, until a report is done
before its turn comes.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tests.faults.counts import Counts
from tests.faults.framing import arguments
from tests.faults.people import Reporter
from tests.faults.processes import Program, RedisProgram
from tests.faults.proxy import Fate, Moment, Outcome
from tests.faults.town import Site, Town

IDLE: Final = 4.0
"""Seconds of learning: a start takes one or two of them, and what is done by itself is done every second."""

PATIENCE: Final = 8.0
"""Seconds for which a walk stands still for one report; then it goes on, and the report too."""

_NAMES: Final = re.compile(rb"[0-9a-f]{8}-[0-9a-f-]+|[0-9A-Za-z_-]{16,}|\d+")


def kind(moment: Moment) -> str:
    """Return what sort of step a moment is: its command or address without names and numbers, and its answer's."""
    if moment.request.startswith(b"*"):
        name, *rest = arguments(moment.request)
        words = [name.upper(), rest[0][:8] if name.upper() == b"EVALSHA" else _NAMES.sub(b"#", b"".join(rest[:1]))]
    else:
        words = [_NAMES.sub(b"#", word.partition(b"?")[0]) for word in moment.request.split(maxsplit=2)[:2]]
    short = moment.reply if len(moment.reply) < 16 else b"..."
    said = re.sub(rb"\d{2,}", b"#", short).split(b"\r\n")[0] if moment.side == "after" else b""
    return " ".join(part.decode(errors="replace") for part in (moment.side.encode(), *words, said)).strip()


class Idle:
    """A rule that learns what is done while nothing happens."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()

    def __call__(self, moment: Moment) -> Outcome:
        """Learn."""
        self.kinds.add(kind(moment))
        return Fate.PASS


def learn(site: Site) -> set[str]:
    """Watch a process start and have nothing to do, and return what it does."""
    idle = Idle()
    for line in site.lines.values():
        line.rules.append(idle)
    site.program.again()
    time.sleep(IDLE)
    for line in site.lines.values():
        line.rules.remove(idle)
    return idle.kinds


@dataclass
class Strike:
    """A rule that does `act` at moment `number` (from 0) of those that are not idle, and notes which it `struck`.

    What `act` returns decides about the message.
    """

    idle: set[str]
    number: int
    act: Callable[[Moment], Outcome]
    struck: str = ""
    _seen: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, moment: Moment) -> Outcome:
        """Count a moment, and strike at the one that is meant."""
        what = kind(moment)
        if what in self.idle or moment.request.startswith((b"GET /webhooks", b"*1\r\n")):
            return Fate.PASS
        with self._lock:
            self._seen += 1
            mine = self._seen == self.number + 1
        if not mine:
            return Fate.PASS
        self.struck = what
        return self.act(moment)


def killing(program: Program | RedisProgram) -> Callable[[Moment], Outcome]:
    """Kill a program without warning and start it anew; what it was about to send has not left it."""

    def kill(moment: Moment) -> Outcome:
        program.again()
        return Fate.CUT if moment.side == "before" else Fate.PASS

    return kill


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a walk: where it struck, and whose report it was."""

    struck: str
    reporter: Reporter


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk through the reports of a route: `act` befalls `site` at every `stride`-th moment from `first` on."""

    town: Town
    site: Site
    act: Callable[[Moment], Outcome]
    route: str
    first: int = 0
    stride: int = 1

    def steps(self) -> Iterator[Step]:
        """Walk; the last report of all, which met no strike, is no step."""
        idle = learn(self.site)
        number, struck = self.first, "something"
        while struck:
            reporter = self.town.reporter(self.route, 100.0)
            struck = self._step(Strike(idle, number, self.act), reporter)
            if struck:
                yield Step(struck, reporter)
            number += self.stride

    def _step(self, strike: Strike, reporter: Reporter) -> str:
        for line in self.site.lines.values():
            line.rules.append(strike)
        reporter.begin(100.0).join(PATIENCE)
        for line in self.site.lines.values():
            line.rules.remove(strike)
        return strike.struck


def settle(town: Town, steps: list[Step], pause: float = 1.5) -> dict[str, Counts]:
    """Wait until all reports of a walk are done and nothing more comes; return what came of each, by its step."""
    for step in steps:
        step.reporter.finish()
    time.sleep(pause)
    return {f"{number}: {step.struck}": town.counts(step.reporter) for number, step in enumerate(steps)}
