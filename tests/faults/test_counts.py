"""What is counted is what came of a report, and what was not as promised is told."""

import pytest

from tests.faults.counts import GOOD, Counts
from tests.faults.rows import Row

BOUNDED = Row("a fault", 2, Counts(2, 2), Counts(2, 2, twice=1), twice=1)


@pytest.mark.parametrize(
    ("counted", "good"),
    [
        (Counts(1, 1), True),
        (Counts(1, 1, twice=1), True),
        (Counts(1, 1, twice=2), False),
        (Counts(2, 1), False),
        (Counts(1, 0), False),
        (Counts(1, 1, lost=1), False),
        (Counts(1, 1, silent=1), False),
    ],
)
def test_only_repetitions_are_allowed_and_only_so_many(counted: Counts, *, good: bool) -> None:
    row = Row("a fault", 1, GOOD, counted, twice=1)
    assert (counted.within(GOOD, 1), row.good) == (good, good)


def test_a_row_without_reports_shows_nothing() -> None:
    assert not Row("a fault", 0, Counts(), Counts(), twice=0).good


def test_a_row_is_a_line_of_the_table() -> None:
    assert str(BOUNDED) == "| a fault | 2 | 2, 2, 0, 0, 0 (at most 1) | 2, 2, 0, 0, 1 |"
