"""Under every fault a report is filed once, its number told once, nothing is lost, nobody is left in silence."""

from concurrent.futures import Future

import pytest

from tests.faults.outages import outages
from tests.faults.parts import AWAY, TOURS
from tests.faults.rows import Row
from tests.faults.scenarios import SCENARIOS

NAMES = [
    *[("single", scenario.name) for scenario in SCENARIOS],
    *[("outages", outage.name) for outage in outages(AWAY) if outage.short],
    *[("walks", tour.name) for tour in TOURS],
]


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("part", "name"), NAMES)
def test_what_is_promised_holds_under_a_fault(
    played: "dict[str, Future[dict[str, Row]]]", part: str, name: str
) -> None:
    row = played[part].result()[name]
    assert (row.judged, row.broken, row.good) == (row.expected, (), True)
