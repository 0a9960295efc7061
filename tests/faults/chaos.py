"""Many citizens on all channels, while processes are killed at random; then it is quiet, and all is counted."""

import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.people import ROUTES, Reporter
from tests.faults.rows import Case, Row, row
from tests.faults.town import Town, town

PATIENCE = 150.0
"""Seconds for which a citizen waits for an answer or the tracking id: a message in doubt waits a minute."""


@dataclass(frozen=True, slots=True)
class Chaos:
    """`citizens` report within `seconds`, while every few seconds a process is killed, frozen or cut off."""

    citizens: int
    seconds: float
    seed: int = 1708

    def run(self, folder: Path) -> Row:
        """Let it come over a town with two workers, and count."""
        with town(folder, workers=2, WEB_CONCURRENCY="2") as here:
            over = threading.Event()
            harm = threading.Thread(target=self._harm, args=(here, over))
            people = [here.reporter(ROUTES[number % len(ROUTES)], PATIENCE) for number in range(self.citizens)]
            harm.start()
            for one in people:
                one.begin(PATIENCE)
                time.sleep(self.seconds / self.citizens)
            over.set()
            harm.join()
            self._quiet(here, people)
            cases = [Case(one.citizen.route, one, twice=one.citizen.route == "telegram") for one in people]
            return row(here, f"{self.citizens} citizens, processes killed for {self.seconds:g} s", cases)

    def _harm(self, here: Town, over: threading.Event) -> None:
        chance = random.Random(self.seed)  # noqa: S311 - spreads kills, guards nothing
        kills = 0
        while not over.wait(chance.uniform(1.0, 4.0)):
            name, act = chance.choice(_harms(here))
            act()
            kills += 1
            _say(f"{name} ({kills})")

    def _quiet(self, here: Town, people: list[Reporter]) -> None:
        for number, one in enumerate(people):
            one.finish()
            if number % 100 == 0:
                _say(f"{number} of {len(people)} are done")
        time.sleep(5.0)
        _say(f"the desk has {sum(len(here.filed(one)) for one in people)} reports")


def _harms(here: Town) -> list[tuple[str, Callable[[], object]]]:
    """Return what can be done to a town, by name."""
    programs = [("web", here.web.program), ("desk", here.desk), ("Redis", here.redis)]
    programs += [(f"worker {number}", site.program) for number, site in enumerate(here.workers, 1)]
    return [(f"{name} killed", program.again) for name, program in programs]


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)
