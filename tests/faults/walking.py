"""Every step of a report, one after the other: each message of a process before and after the other side has it.

What a process does while nothing happens is learnt first; what is left are its effects and the looks that led to
them. The walk strikes at the first such moment of one report, at the second of the next, until a report is done
before its turn comes.
"""

import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from tests.faults.framing import arguments
from tests.faults.people import Reporter
from tests.faults.processes import Program, RedisProgram
from tests.faults.proxy import Fate, Moment, Outcome, Rule
from tests.faults.town import Site, Town

IDLE: Final = 5.0
"""Seconds of learning: a start takes one or two of them, and what is done by itself is done every second."""

PATIENCE: Final = 8.0
"""Seconds for which a walk stands still for one report; then it goes on, and the report too."""

FROZEN: Final = 6.0
"""Seconds for which a process is frozen: three times a lease."""

_NAMES: Final = re.compile(rb"[0-9a-f]{8}-[0-9a-f-]+|[0-9A-Za-z_-]{16,}|\d+")

Act = Callable[[Site, Moment], Outcome]


def kind(moment: Moment) -> str:
    """Return what sort of step a moment is: its command or address without names and numbers, and its answer's."""
    if moment.request.startswith(b"*"):
        name, *rest = arguments(moment.request)
        words = [name.upper(), rest[0][:8] if name.upper() == b"EVALSHA" else _NAMES.sub(b"#", b"".join(rest[:1]))]
    else:
        words = [_NAMES.sub(b"#", word.partition(b"?")[0]) for word in moment.request.split(maxsplit=2)[:2]]
    short = moment.reply if len(moment.reply) < 16 else b"..."
    said = re.sub(rb"\d{2,}", b"#", short).split(b"\r\n")[0] if moment.side == "after" else b""
    parts = (moment.side.encode(), *words, said)
    return " ".join(b" ".join(parts).decode(errors="replace").split())


def learn(sites: Sequence[Site]) -> set[str]:
    """Watch processes start and have nothing to do, and return what they do."""
    kinds: set[str] = set()

    def note(moment: Moment) -> Outcome:
        kinds.add(kind(moment))
        return Fate.PASS

    for site in sites:
        site.watch(note)
        site.program.again()
    time.sleep(IDLE)
    for site in sites:
        site.unwatch(note)
    return kinds


@dataclass
class Strike:
    """Does `act` at moment `number` (from 0) of those that are not idle, and notes which it `struck`.

    What `act` returns decides about the message.
    """

    idle: set[str]
    number: int
    act: Act
    struck: str = ""
    _seen: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, site: Site, moment: Moment) -> Outcome:
        """Count a moment of a site, and strike at the one that is meant."""
        what = kind(moment)
        if what in self.idle:
            return Fate.PASS
        with self._lock:
            self._seen += 1
            if self._seen != self.number + 1:
                return Fate.PASS
            self.struck = what
        return self.act(site, moment)


def killing(program: Program | RedisProgram | None = None) -> Act:
    """Kill a program, or the one whose moment it is, and start it anew; what it was about to send has not left."""

    def kill(site: Site, moment: Moment) -> Outcome:
        (program or site.program).again()
        return Fate.CUT if moment.side == "before" else Fate.PASS

    return kill


def freezing(site: Site, _moment: Moment) -> Outcome:
    """Freeze the process whose moment it is, and wake it when others have long taken over its work."""
    site.program.send(signal.SIGSTOP)
    threading.Timer(FROZEN, site.program.send, (signal.SIGCONT,)).start()
    return Fate.PASS


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a walk: where it struck, and whose report it was."""

    struck: str
    reporter: Reporter


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk through reports by a route: `act` befalls one of `sites` at every `stride`-th moment from `first`."""

    town: Town
    idle: set[str]
    sites: Sequence[Site]
    act: Act
    route: str
    first: int = 0
    stride: int = 1
    limit: int = 1000

    def steps(self) -> Iterator[Step]:
        """Walk, `limit` steps at most; the last report of all, which met no strike, is no step."""
        for number in range(self.first, self.first + self.limit * self.stride, self.stride):
            strike = Strike(self.idle, number, self.act)
            reporter = self._report(strike)
            if not strike.struck:
                return
            yield Step(strike.struck, reporter)

    def _report(self, strike: Strike) -> Reporter:
        """Let somebody report and be struck; who waits longer than the walk goes on alone."""
        reporter = self.town.reporter(self.route, 100.0)
        rules: list[tuple[Site, Rule]] = [(site, partial(strike.take, site)) for site in self.sites]
        for site, rule in rules:
            site.watch(rule)
        reporter.begin(100.0).join(PATIENCE)
        for site, rule in rules:
            site.unwatch(rule)
        return reporter
