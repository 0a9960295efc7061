"""The parts of the suite, each in a town of its own; every part gives rows of the table."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults import outages
from tests.faults.people import ROUTES, Reporter
from tests.faults.rows import Case, Row, row
from tests.faults.scenarios import SCENARIOS, Scenario
from tests.faults.town import Site, Town, town
from tests.faults.walking import Act, Walk, freezing, killing

SETTLE: Final = 2.0
"""Seconds after the last report: what comes twice comes within, but for news in doubt."""

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
        cases = {scenario: [(each, here.reporter(each)) for each in scenario.routes] for scenario in SCENARIOS}
        done = [pool.submit(scenario.play, here, one) for scenario, people in cases.items() for _, one in people]
        for each in done:
            each.result()
        settle(here, seconds)
        for scenario, people in cases.items():
            yield row(here, scenario.name, [_case(scenario, route, one) for route, one in people])


def _case(scenario: Scenario, route: str, reporter: Reporter) -> Case:
    return Case(route, reporter, scenario.expected, scenario.twice.get(route, 0))


@dataclass(frozen=True, slots=True)
class Tour:
    """Walks by routes: `who` picks whose moments count, `act` befalls them."""

    name: str
    who: Callable[[Town], Sequence[Site]]
    act: Callable[[Town], Act]
    routes: tuple[str, ...] = ROUTES
    doubt: bool = True


def _web(town: Town) -> Sequence[Site]:
    return [town.web]


def _workers(town: Town) -> Sequence[Site]:
    return town.workers


TOURS: Final = (
    Tour("web killed at every step", _web, lambda _: killing(), doubt=False),
    Tour("worker killed at every step", _workers, lambda _: killing()),
    Tour("worker frozen at every step, woken after others took over", _workers, lambda _: freezing),
    Tour("Redis killed at every step of web", _web, lambda town: killing(town.redis), doubt=False),
    Tour("Redis killed at every step of worker", _workers, lambda town: killing(town.redis)),
    Tour("case desk killed at every step of worker", _workers, lambda town: killing(town.desk), doubt=False),
)


def walked(tour: Tour, here: Town, route: str, steps: tuple[int, int, int] = (0, 1, 1000)) -> list[Case]:
    """Walk a tour by one route; `steps` are the first moment, the stride and how many at most."""
    allowed = int(tour.doubt and route == "telegram")
    walk = Walk(here, tour.who(here), tour.act(here), route, *steps)
    return [Case(f"{route}, {step.struck}", step.reporter, twice=allowed) for step in walk.steps()]


def touring(folder: Path, tours: Sequence[Tour], seconds: float, steps: tuple[int, int, int]) -> Iterator[Row]:
    """Walk tours by all routes, one after the other, in one town with two workers."""
    with town(folder, workers=2) as here:
        cases = {
            tour.name: [case for route in tour.routes for case in walked(tour, here, route, steps)]
            for tour in tours
        }
        settle(here, seconds)
        for name, found in cases.items():
            yield row(here, name, found)


def suffering(folder: Path, away: float, seconds: float) -> Iterator[Row]:
    """Let outages come, Redis being out of reach for `away` seconds."""
    with town(folder, workers=2) as here:
        suffered = list(outages.suffered(here, outages.outages(away)))
        settle(here, seconds)
        yield from outages.rows(here, suffered)
