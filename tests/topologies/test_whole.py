"""The whole product on a cluster and under sentinels: a master dies while reports are sent."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot import keys
from tests.stranger import town as towns
from tests.stranger.carriers import until
from tests.stranger.citizens import ROUTES, Citizen, at_once, numbers_in
from tests.stranger.town import Town
from tests.topologies.servers import Topology

KEY = keys.outbox(2)
OF_EACH = 3
"""So many citizens of each route that those whose data is on the lost master are among them."""


class Awaited(Citizen):
    """A citizen whose provider delivers a message again and again until it is taken."""

    refused = 0

    def write(self, text: str, **more: object) -> httpx.Response:
        """Send a new message; what rides in the response comes on the screen."""
        self.written += 1
        message, taken = self.fresh(), httpx.Response(500)

        def is_taken() -> bool:
            nonlocal taken
            taken = self.deliver(text, message, **more)
            self.refused += taken.is_error
            return taken.is_success

        until(is_taken, f"{self.address} is not heard", 20)
        return self.show(taken)

    def hear(self, before: int, seconds: float = 20.0) -> str:
        """Return the message that comes after so many; it takes longer while a master is replaced."""
        return super().hear(before, seconds)

    def confirm(self) -> None:
        """Send the report that is ready."""
        self.write("kirim")

    def told(self, town: Town) -> int:
        """Return how often the tracking id of the only report was told."""
        return numbers_in(self.screen).count(town.office.report(self.address)["tracking_id"])

    def knows(self, town: Town) -> bool:
        """Tell whether the report is filed and its tracking id told."""
        return bool(town.office.filed(self.address) and self.told(town))


@pytest.fixture
def town(topology: Topology, tmp_path: Path) -> Iterator[Town]:
    """Yield a town that lives on a topology."""
    folder = tmp_path / "town"
    folder.mkdir()
    with towns.town(f"{topology.url}?replicas=1", folder) as town:
        yield town


def test_each_report_is_filed_once_and_told_once_while_a_master_is_lost(topology: Topology, town: Town) -> None:
    town.programs.start("worker")  # a second one
    ready, late = ([Awaited(route, town.hooks, town.screens) for route in ROUTES * OF_EACH] for _ in range(2))
    at_once(*(citizen.prepare for citizen in ready))
    lost = topology.master(KEY)
    at_once(lost.kill, *(citizen.confirm for citizen in ready), *(citizen.prepare for citizen in late))
    until(lambda: topology.master(KEY) is not lost and topology.settled(), "nobody stands in")
    at_once(*(citizen.confirm for citizen in late))
    everybody = [*ready, *late]
    until(lambda: all(citizen.knows(town) for citizen in everybody), "not all were told", 20)
    counted = {
        citizen.address: (len(town.office.filed(citizen.address)), citizen.told(town)) for citizen in everybody
    }
    felt = any(citizen.refused for citizen in everybody)
    assert (counted, town.office.breaches, felt) == (dict.fromkeys(counted, (1, 1)), [], True)
