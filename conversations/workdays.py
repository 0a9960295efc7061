"""Working days: those from Monday to Friday that are no holiday."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, TypeAlias

Holidays: TypeAlias = Callable[[int], frozenset[date]]
"""Return the days of a year on which offices are shut."""

SATURDAY: Final = 5


def working(day: date, holidays: Holidays) -> bool:
    """Tell whether offices are open on a day."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def ahead(day: date, count: int, holidays: Holidays) -> date:
    """Return the working day that is so many after a day; before it where `count` is negative."""
    one = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += one
        while not working(day, holidays):
            day += one
    return day
