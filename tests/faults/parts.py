"""The parts of the suite, each in a town of its own; every part gives rows of the table."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import redis

from bot import redis_server
from tests.faults import dialogs, outages
from tests.faults.counts import total
from tests.faults.people import ROUTES, Reporter
from tests.faults.rows import Case, Row, row
from tests.faults.scenarios import SCENARIOS, Scenario
from tests.faults.town import Site, Town, town
from tests.faults.walking import Act, Walk, freezing, killing, learn

Steps = tuple[int, int, int]

ALL: Final[Steps] = (0, 1, 1000)

SETTLE: Final = 2.0
"""Seconds after the last report: what comes twice comes within, but for news in doubt."""

AWAY: Final = 3.0
"""Seconds for which Redis is out of reach in the short form."""

DOUBT: Final = 75.0
"""Seconds after which no news is in doubt any more: a gateway's delivery report is waited for a minute."""


def settle(town: Town, seconds: float) -> None:
    """Wait until everybody is done and nothing more comes."""
    for reporter in town.people:
        reporter.finish()
    time.sleep(seconds)


def single(folder: Path, seconds: float = SETTLE) -> Iterator[Row]:
    """Let faults befall single reports, all at the same time, with two workers on one outbox."""
    with town(folder, workers=2) as here, ThreadPoolExecutor(64) as pool:
        cases = [(scenario, [here.reporter(route) for route in scenario.routes]) for scenario in SCENARIOS]
        done = [pool.submit(scenario.play, here, one) for scenario, people in cases for one in people]
        for each in done:
            each.result()
        settle(here, seconds)
        for scenario, people in cases:
            yield row(here, scenario.name, [_case(scenario, one) for one in people])


def _case(scenario: Scenario, reporter: Reporter) -> Case:
    route = reporter.citizen.route
    return Case(route, reporter, scenario.expected, scenario.twice.get(route, 0))


@dataclass(frozen=True, slots=True)
class Tour:
    """Walks by all routes: `who` picks whose moments count, `act` befalls them.

    In `short` a few steps are walked, by the routes in it: the first moment, the stride, and how many. Those in
    which a gateway keeps a message in doubt for a minute are left to the long form. With `doubt`, Telegram may be
    told the news twice.
    """

    name: str
    who: Callable[[Town], Sequence[Site]]
    act: Callable[[Town], Act]
    short: Mapping[str, Steps]
    doubt: bool = True

    def walk(self, here: Town, idle: set[str], route: str, steps: Steps = ALL) -> list[Case]:
        """Walk by one route."""
        allowed = int(self.doubt and route == "telegram")
        walk = Walk(here, idle, self.who(here), self.act(here), route, *steps)
        return [Case(f"{route}, {step.struck}", step.reporter, twice=allowed) for step in walk.steps()]


def _web(town: Town) -> Sequence[Site]:
    return [town.web]


def _workers(town: Town) -> Sequence[Site]:
    return town.workers


TOURS: Final = (
    Tour("web killed at every step", _web, lambda _: killing(), {"gateway": (3, 6, 4)}, doubt=False),
    Tour(
        "worker killed at every step", _workers, lambda _: killing(), {"telegram": (1, 3, 3), "whatsapp": (3, 4, 3)}
    ),
    Tour(
        "worker frozen at every step, and woken",
        _workers,
        lambda _: freezing,
        {"gateway": (1, 1, 1), "whatsapp": (1, 4, 2)},
    ),
    Tour(
        "Redis killed at every step of web",
        _web,
        lambda town: killing(town.redis),
        {"telegram": (3, 7, 3)},
        doubt=False,
    ),
    Tour(
        "Redis killed at every step of worker", _workers, lambda town: killing(town.redis), {"whatsapp": (2, 5, 3)}
    ),
    Tour(
        "case desk killed at every step of worker",
        _workers,
        lambda town: killing(town.desk),
        {"telegram": (1, 4, 2)},
        doubt=False,
    ),
)


def touring(folder: Path, tours: Sequence[Tour], seconds: float, *, short: bool) -> Iterator[Row]:
    """Walk tours, one after the other, in one town with two workers."""
    with town(folder, workers=2) as here:
        idle = learn([here.web, *here.workers])
        cases = []
        for tour in tours:
            planned = tour.short if short else dict.fromkeys(ROUTES, ALL)
            cases.append([case for route, steps in planned.items() for case in tour.walk(here, idle, route, steps)])
        settle(here, seconds)
        for tour, found in zip(tours, cases, strict=True):
            yield row(here, tour.name, found)


def suffering(folder: Path, away: float, seconds: float, *, short: bool) -> Iterator[Row]:
    """Let outages come, Redis being out of reach for `away` seconds; in `short`, half of them."""
    planned = [each for each in outages.outages(away) if each.short or not short]
    with town(folder, workers=2) as here:
        suffered = list(outages.suffered(here, planned))
        settle(here, seconds)
        yield from outages.rows(here, suffered)


def talking(folder: Path, examples: int) -> Iterator[Row]:
    """Let the clock jump, and walk random dialogs under random faults, in one process on a real Redis."""
    with redis_server.launch(folder) as server, redis.Redis.from_url(server.url) as client:
        for name, acts in dialogs.MOVED.items():
            yield _row(name, [dialogs.reported(client, server.url, *acts)])
        yield _row(f"{examples} random dialogs under random faults", dialogs.walk(client, server.url, examples))


def _row(name: str, ended: list[dialogs.Ended]) -> Row:
    expected = total(each.expected for each in ended)
    counted = total(each.counted for each in ended)
    return Row(name, expected.filed, expected, counted, sum(each.doubts for each in ended))
