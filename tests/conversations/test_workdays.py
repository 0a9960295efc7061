"""Working days by Indonesia's calendar: weekends, holidays and cuti bersama are none."""

from datetime import date

import pytest

from bot.offdays import offdays
from conversations.workdays import ahead, working


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2026, 11, 24), 3, date(2026, 11, 27)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 3, 17), 3, date(2026, 3, 27)),
        (date(2026, 3, 21), 1, date(2026, 3, 25)),
        (date(2026, 12, 23), 1, date(2026, 12, 28)),
        (date(2026, 12, 30), 3, date(2027, 1, 6)),
        (date(2026, 8, 14), 1, date(2026, 8, 18)),
        (date(2026, 3, 25), -1, date(2026, 3, 17)),
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
    ids=[
        "an ordinary week", "over a weekend", "over Nyepi and Lebaran", "from Lebaran itself", "over Christmas",
        "over New Year and Isra Mikraj", "over Independence Day", "backwards over Lebaran", "none",
    ],
)  # fmt: skip
def test_so_many_working_days_after_a_day_come_out_as_on_a_calendar(day: date, count: int, then: date) -> None:
    assert ahead(day, count, offdays) == then


def test_the_days_of_cuti_bersama_are_no_working_days() -> None:
    """Lebaran of 2026: the decree of three ministers adds 20, 23 and 24 March."""
    days = [date(2026, 3, number) for number in range(16, 28)]
    assert [day.day for day in days if working(day, offdays)] == [16, 17, 25, 26, 27]
