"""Reading is measured on what citizens write: what must never happen does not, and what was reached is kept."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.eval.__main__ import run
from tests.eval.cases import faults, load
from tests.eval.figures import share
from tests.eval.judging import Judged
from tests.stage import NOW

CASES = load()
REGIONS = Path(__file__).parent.parent / "bot" / "data" / "regions.csv"

# What was reached, in percent, over all cases: raise these as reading gets better.
LEAST_RIGHT = {"region": 97.0, "day": 98.0}
MOST_WRONG = {"region": 0.5, "day": 0.5}


@pytest.fixture(scope="module")
def judged() -> Sequence[Judged]:
    """Play every case once."""
    return run(CASES)


def failed(judged: Sequence[Judged], field: str) -> Iterator[str]:
    """Yield the texts of the cases that failed in a field."""
    return (each.case.text for each in judged if field in each.marks and each.marks[field].verdict != "right")


def test_the_cases_are_many_and_sound() -> None:
    with REGIONS.open(encoding="utf-8", newline="") as file:
        codes = frozenset(row["code"] for row in csv.DictReader(file))
    guided = [case for case in CASES if case.kind == "guided"]
    assert (len(CASES) - len(guided) >= 420, len(guided) >= 60, faults(CASES, codes, NOW.date())) == (
        True,
        True,
        [],
    )


def test_no_story_is_lost_or_cut(judged: Sequence[Judged]) -> None:
    assert list(failed(judged, "story")) == []


def test_no_story_is_taken_for_a_command(judged: Sequence[Judged]) -> None:
    assert list(failed(judged, "command")) == []


@pytest.mark.parametrize("field", LEAST_RIGHT)
def test_a_field_is_read_as_well_as_was_reached(judged: Sequence[Judged], field: str) -> None:
    right, wrong = share(field, "right")(judged), share(field, "wrong")(judged)
    assert right is not None
    assert wrong is not None
    assert (right >= LEAST_RIGHT[field], wrong <= MOST_WRONG[field]) == (True, True), (right, wrong)
