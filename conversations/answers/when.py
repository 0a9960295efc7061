"""What a phrase about a day comes to, reckoned from today."""

from datetime import date, timedelta
from typing import Final, TypeAlias

from conversations.answers import past
from conversations.answers.past import Unit
from conversations.answers.phrase import SUNDAY, Phrase
from conversations.answers.problem import Problem

Reckoned: TypeAlias = date | Problem | None
"""A date; None for a time without one, such as a feast that moves; or why it is no day for a report."""

FUTURE: Final = Problem("future")
UNKNOWN: Final = Problem("unknown")

_SATURDAY: Final = 5
_LAST_MONTH: Final = 12
_ALWAYS: Final = (24, 7)  # around the clock
_HALF_YEAR: Final = timedelta(days=183)
_HALF_MONTH: Final = timedelta(days=15)
_HALF: Final[dict[Unit, tuple[int, Unit]]] = {
    "day": (0, "day"),
    "week": (3, "day"),
    "month": (15, "day"),
    "year": (6, "month"),
}


def _past(day: date | None, today: date) -> Reckoned:
    """Return a day that must exist and must have come."""
    if day is None:
        return UNKNOWN
    return FUTURE if day > today else day


def numeric(phrase: Phrase, today: date) -> Reckoned:
    """Reckon 17/8, 17-8-2026 or 17.8.26; the month may stand first where it cannot be the day."""
    day, month, *years = phrase.numbers
    if month > _LAST_MONTH:
        day, month = month, day
    year = phrase.value("yyyy") or (years[0] if years else 0)
    return _dated(year, month, day, today)


def slashed(phrase: Phrase, today: date) -> Reckoned:
    """Reckon 20/11 where only its figures tell it from a part, a house or RT and RW: the day is above 12."""
    day, _ = phrase.numbers
    return numeric(phrase, today) if day > _LAST_MONTH and phrase.numbers != _ALWAYS else UNKNOWN


def iso(phrase: Phrase, today: date) -> Reckoned:
    """Reckon 2026-08-17."""
    month, day = phrase.numbers
    return _dated(_year(phrase, today), month, day, today)


def named_day(phrase: Phrase, today: date) -> Reckoned:
    """Reckon 17 agustus, with or without its year."""
    return _dated(_year(phrase, today), phrase.value("named"), phrase.numbers[0], today)


def _year(phrase: Phrase, today: date) -> int:
    """Return the year that is named, by number or as the last one; 0 if none is."""
    last_year = today.year - 1 if phrase.has("year") and phrase.gone else 0
    return phrase.value("yyyy") or last_year


def _dated(year: int, month: int, day: int, today: date) -> Reckoned:
    return _past(past.exact(year, month, day) if year else past.yearly(today, month, day), today)


def monthly(phrase: Phrase, today: date) -> Reckoned:
    """Reckon tanggal 17: of the month named by its distance, else the latest."""
    if not phrase.has("month"):
        return _past(past.monthly(today, phrase.count), today)
    first = past.start(today, 0 if phrase.has("this") else 1, "month")
    return _past(first and past.exact(first.year, first.month, phrase.numbers[0]), today)


def month(phrase: Phrase, today: date) -> Reckoned:
    """Reckon the first day of a month."""
    return _dated(_year(phrase, today), phrase.value("named"), 1, today)


def month_number(phrase: Phrase, today: date) -> Reckoned:
    """Reckon the first day of bulan 8."""
    return _dated(_year(phrase, today), phrase.numbers[0], 1, today)


def year(phrase: Phrase, today: date) -> Reckoned:
    """Reckon the first day of a year."""
    return _dated(_year(phrase, today), 1, 1, today)


def part_of_month(phrase: Phrase, today: date) -> Reckoned:
    """Reckon awal, pertengahan or akhir of a month that is named."""
    first = month(phrase, today)
    if not isinstance(first, date):
        return first
    day = _part(phrase, first, "month", today)
    if day is None and not _year(phrase, today):
        day = _part(phrase, first.replace(year=first.year - 1), "month", today)
    return day or FUTURE


def part_of_year(phrase: Phrase, today: date) -> Reckoned:
    """Reckon awal, pertengahan or akhir of a year."""
    first = year(phrase, today)
    return (_part(phrase, first, "year", today) or FUTURE) if isinstance(first, date) else first


def part_of_period(phrase: Phrase, today: date) -> Reckoned:
    """Reckon awal, pertengahan or akhir of the present or the last week, month or year."""
    counts = (1,) if phrase.gone else (0,) if phrase.has("this") else (0, 1)
    for count in counts:
        first = past.start(today, count, phrase.unit)
        day = first and _part(phrase, first, phrase.unit, today)
        if day:
            return day
    return FUTURE


def _part(phrase: Phrase, first: date, unit: Unit, today: date) -> date | None:
    """Return the beginning, middle or end of a period; None if that has not come."""
    if phrase.has("early"):
        day = first
    elif phrase.has("middle"):
        day = past.middle(first, unit)
    else:
        day = past.end(first, unit)
        day -= timedelta(days=SUNDAY - _SATURDAY if unit == "week" else 0)  # akhir pekan begins on Saturday
    return day if day <= today else None


def new_year(_phrase: Phrase, today: date) -> Reckoned:
    """Reckon tahun baru."""
    return past.yearly(today, 1, 1)


def new_year_eve(_phrase: Phrase, today: date) -> Reckoned:
    """Reckon malam tahun baru."""
    return past.yearly(today, 12, 31)


def feast(phrase: Phrase, today: date) -> Reckoned:
    """Reckon a feast that stands still."""
    month_of, day = divmod(phrase.value("feast"), 100)
    return past.yearly(today, month_of, day)


def weekday(phrase: Phrase, today: date) -> Reckoned:
    """Reckon the latest such day of the week; senin kemarin is not today, senin ini is of this week."""
    if phrase.has("this"):
        return _past(past.monday(today) + timedelta(days=phrase.weekday), today)
    return past.weekday(today - timedelta(days=phrase.gone), phrase.weekday)


def weekday_of_week(phrase: Phrase, today: date) -> Reckoned:
    """Reckon senin minggu lalu."""
    return past.monday(today) + timedelta(days=phrase.weekday - 7 * phrase.count)


def eve(phrase: Phrase, today: date) -> Reckoned:
    """Reckon malam minggu: the evening before."""
    return past.weekday(today, (phrase.weekday - 1) % 7)


def ago(phrase: Phrase, today: date) -> Reckoned:
    """Reckon so many days, weeks, months or years back."""
    if phrase.has("half"):
        today = past.back(today, *_HALF[phrase.unit]) or today
        if not phrase.numbers:
            return today
    return past.back(today, phrase.count, phrase.unit)


def last(phrase: Phrase, today: date) -> Reckoned:
    """Reckon one week, month or year back."""
    return past.back(today, 1, phrase.unit)


def present(phrase: Phrase, today: date) -> Reckoned:
    """Reckon the first day of this week, month or year, or today."""
    return past.start(today, 0, phrase.unit)


def today(_phrase: Phrase, today: date) -> Reckoned:
    """Reckon hari ini."""
    return today


def yesterday(_phrase: Phrase, today: date) -> Reckoned:
    """Reckon kemarin."""
    return past.back(today, 1, "day")


def two_days_ago(_phrase: Phrase, today: date) -> Reckoned:
    """Reckon kemarin dulu."""
    return past.back(today, 2, "day")


def coming(phrase: Phrase, today: date) -> Reckoned:
    """Reckon the nearer of the last and the next day of a name; the next has not come."""
    if phrase.has("named"):
        on, half = (named_day if phrase.numbers else month)(phrase, today), _HALF_YEAR
    elif len(phrase.numbers) > 1:
        on, half = numeric(phrase, today), _HALF_YEAR
    else:
        on, half = monthly(phrase, today), _HALF_MONTH
    return FUTURE if isinstance(on, date) and today - on > half else on


def unknown(_phrase: Phrase, _today: date) -> Reckoned:
    """Say that it tells of no event, such as how long somebody has been at work."""
    return UNKNOWN


def future(_phrase: Phrase, _today: date) -> Reckoned:
    """Say that it has not come."""
    return FUTURE


def sometime(_phrase: Phrase, _today: date) -> Reckoned:
    """Say that no calendar tells the date."""
    return None
