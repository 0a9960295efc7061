"""Days reckoned back from today, never past it."""

import calendar
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

Unit: TypeAlias = Literal["day", "week", "month", "year"]

_EARLIEST: Final = 1945  # nobody reports what happened before the republic
_YEARS_BACK: Final = 8  # from one 29 February to the next, across a century
_MONTHS: Final = 12
_CENTURY: Final = 100


def back(today: date, count: int, unit: Unit) -> date | None:
    """Return the day so many days, weeks, months or years ago; None before 1945."""
    match unit:
        case "day" | "week":
            return today - timedelta(days=count * 7 if unit == "week" else count)
        case "month" | "year":
            months = today.year * _MONTHS + today.month - 1 - count * (_MONTHS if unit == "year" else 1)
            year, month = divmod(months, _MONTHS)
            return date(year, month + 1, min(today.day, _length(year, month + 1))) if year >= _EARLIEST else None


def start(today: date, count: int, unit: Unit) -> date | None:
    """Return the first day of the week, month or year so many of them ago; 0 for the present one."""
    day = back(today, count, unit)
    match unit:
        case "week" if day:
            return monday(day)
        case "month" if day:
            return day.replace(day=1)
        case "year" if day:
            return day.replace(month=1, day=1)
        case _:
            return day


def middle(first: date, unit: Unit) -> date:
    """Return the middle of the week, month or year that begins with `first`."""
    match unit:
        case "year":
            return first.replace(month=7)
        case "month":
            return first.replace(day=15)
        case _:
            return first + timedelta(days=3)


def end(first: date, unit: Unit) -> date:
    """Return the last day of the week, month or year that begins with `first`."""
    match unit:
        case "year":
            return first.replace(month=12, day=31)
        case "month":
            return first.replace(day=_length(first.year, first.month))
        case _:
            return first + timedelta(days=6)


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weekday(today: date, day: int) -> date:
    """Return the latest such weekday (0 is Monday), today included."""
    return today - timedelta(days=(today.weekday() - day) % 7)


def yearly(today: date, month: int, day: int) -> date | None:
    """Return the latest such day of the year, today included; None if there is none."""
    for year in range(today.year, today.year - _YEARS_BACK - 1, -1):
        found = exact(year, month, day)
        if found and found <= today:
            return found
    return None


def monthly(today: date, day: int) -> date | None:
    """Return the latest such day of a month, today included; None if there is none."""
    for count in range(3):
        first = start(today, count, "month")
        found = exact(first.year, first.month, day) if first else None
        if found and found <= today:
            return found
    return None


def exact(year: int, month: int, day: int) -> date | None:
    """Return the date, two-digit years being of this century; None if there is none or before 1945."""
    year = year + 2000 if year < _CENTURY else year
    if year < _EARLIEST or not 1 <= month <= _MONTHS:
        return None
    return date(year, month, day) if 1 <= day <= _length(year, month) else None


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
