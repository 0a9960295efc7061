"""The grammar of when: patterns over kinds of words (daywords), each with its reckoning."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from conversations.answers import when
from conversations.answers.daywords import KINDS, Word
from conversations.answers.phrase import Phrase
from conversations.answers.when import Reckoned

Reckon: TypeAlias = Callable[[Phrase, date], Reckoned]


class Rule(NamedTuple):
    """What a pattern comes to."""

    reckon: Reckon
    pattern: str


class Alone(Rule):
    """A rule that holds only where the whole message is about the day, as an answer is."""


class Found(NamedTuple):
    """A stretch of a text that tells when: where it stands and what it comes to."""

    start: int
    end: int
    on: Reckoned


_COUNT: Final = "(number ((sep|comma)? number)? (teen|tens number?)?)"
_UNIT: Final = "(day|minggu|week|month|year|th)"
_WEEK: Final = "(minggu|week)"
_ONE: Final = "(oneday|oneweek|onemonth|oneyear)"
_SPAN: Final = f"(({_COUNT} {_UNIT}|{_ONE}|number? half {_UNIT}) (?!times|beside))"
_AGO: Final = "(yang? (ago (?!traffic)|yesterday))"
_PAST: Final = f"({_AGO}|this|earlier)"
_DAY: Final = "(weekday|minggu)"
_ON: Final = f"(day? {_DAY})? dated?"
_DATE: Final = "number ((sep|comma|until) number)? (ordinal|th)?"
_YEAR: Final = f"(year {_AGO}|year? yyyy)"
_STREET: Final = "(?<!place)"
_PART: Final = "(part|night|dawn day)"
_TIME: Final = f"(hour {_COUNT} (dot number)?)"
_RANGE: Final = "(?!until|also? day? (weekday|minggu))"

# What may stand before and after, and what may not stand before.
_BEFORE: Final = (
    f"(?<!each|until|since|for|about|link) (since|for|about|link|{_TIME} {_PART}?){{0,3}} (?!link|other)"
)
_AFTER: Final = f"((about|link){{0,2}} {_TIME}|{_PART}|earlier|zone){{0,4}}"

# Tried from the top at each word; the first that fits is meant.
# fmt: off
RULES: Final = (
    # dates
    Rule(when.numeric,         f"{_STREET} {_ON} number (sep|dot) number (sep|dot) (number|yyyy)"),
    Rule(when.iso,             "yyyy sep number sep number"),
    Rule(when.named_day,       f"{_STREET} {_ON} {_DATE} link? month? named {_YEAR}?"),
    Rule(when.named_day,       f"{_STREET} (?<!number) named number (ordinal|th)? yyyy?"),
    Alone(when.numeric,        f"{_ON} number month number {_YEAR}?"),
    Rule(when.numeric,         f"dated number month number {_YEAR}?"),
    Alone(when.numeric,        "number number yyyy"),
    Rule(when.numeric,         "dated number sep number"),
    Rule(when.numeric,         f"day? {_DAY} number sep number"),
    Alone(when.numeric,        f"{_STREET} number sep number (?!sep|dot|{_UNIT})"),
    Rule(when.monthly,         f"(day? {_DAY})? dated number {_AGO}? (month ({_AGO}|this))?"),
    # parts of a period
    Rule(when.part_of_month,   f"(early|middle|late) month? named {_YEAR}?"),
    Rule(when.part_of_year,    "(early|middle|late) year yyyy"),
    Rule(when.part_of_period,  f"(early|middle|late) link{{0,2}} last? {_UNIT} ({_AGO}|this)?"),
    # months and years
    Rule(when.month,           f"(?<!number) (month? named {_YEAR}|month named|last named|named {_AGO})"),
    Rule(when.month,           "since month? named"),
    Alone(when.month,          "(?<!number) named"),
    Alone(when.month_number,   f"month number {_YEAR}?"),
    Rule(when.year,            "since year? yyyy"),
    Alone(when.year,           "year? yyyy"),
    # feasts
    Rule(when.new_year_eve,    "night year new"),
    Rule(when.new_year,        "year new"),
    Rule(when.feast,           f"feast {_AGO}"),
    Alone(when.feast,          "day? feast"),
    Rule(when.sometime,        f"season (season|other){{0,2}} (year {_AGO}|{_AGO})"),
    Alone(when.sometime,       "season (season|other)?"),
    # what has not come
    Rule(when.future,          f"tomorrow {_PART}?|overmorrow (?!yesterday)"),
    Rule(when.future,          f"({_UNIT}|{_DAY}) after (day? {_DAY})?|next ({_UNIT}|{_DAY})"),
    # days of the week
    Rule(when.weekday_of_week, f"day? {_DAY} yang? {_COUNT}? {_WEEK} {_AGO}"),
    Rule(when.weekday_of_week, f"{_WEEK} {_AGO} day? {_DAY}"),
    Rule(when.eve,             f"night day? {_DAY} {_AGO}?"),
    Rule(when.weekday,         f"(?<!weekday also) day {_DAY} {_RANGE} {_PAST}?|weekday {_PAST}|last weekday"),
    Rule(when.weekday,         f"{_STREET} (?<!day) {_DAY} {_PART}"),
    Alone(when.weekday,        f"{_STREET} (?<!until|day) weekday {_RANGE}"),
    # so long ago
    Rule(when.ago,             f"{_SPAN} ({_AGO}|this|lately)"),
    Rule(when.ago,             f"(since|for|about) {_SPAN}"),
    Alone(when.ago,            _SPAN),
    Rule(when.sometime,        f"few {_UNIT} ({_AGO}|this|lately)|many {_UNIT}"),
    Rule(when.today,           f"({_COUNT}|half)? (hour|minute) {_AGO}|onehour {_AGO}"),
    Rule(when.last,            f"{_UNIT} {_AGO}|last {_UNIT}"),
    Rule(when.today,           "day this|this day"),
    Alone(when.present,        f"{_UNIT} this|this {_UNIT}"),
    # yesterday and today
    Rule(when.two_days_ago,    "yesterday (overmorrow|before)|overmorrow yesterday|day before yesterday"),
    Rule(when.yesterday,       f"{_PART} {_AGO}|yesterday"),
    Rule(when.yesterday,       "slept|earlier night|night earlier|last night|since night (?!until)"),
    Rule(when.today,           f"earlier {_PART}?|{_PART} earlier|{_PART} this|this {_PART}|since part (?!until)"),
    Rule(when.today,           "just now?|new only|today"),
    Alone(when.today,          "now|(?<=link) this|number (hour|minute)|onehour"),
    Alone(when.today,          f"{_TIME} {_PART}?|number dot number (zone|{_PART})"),
    Alone(when.weekday,        f"{_STREET} minggu"),
    # time and again
    Alone(when.sometime,       f"each ({_UNIT}|{_DAY}|{_PART}|other)|few {_UNIT}|new new this|{_ONE} times"),
    Alone(when.sometime,       "(since|for) (long|before)|^(long|before)$"),
    Alone(when.sometime,       "until (now|day this|yesterday)"),
)
# fmt: on

_LETTERS: Final = {kind: chr(0x100 + index) for index, kind in enumerate(KINDS)}


def find(words: list[Word], today: date, *, alone: bool) -> Iterator[Found]:
    """Yield what tells when, from left to right, with the places in the text."""
    letters = "".join(_LETTERS[word.kind] for word in words)
    pattern = _ALONE if alone else _ANYWHERE
    for found in pattern.finditer(letters):
        name = found.lastgroup or ""
        phrase = Phrase(tuple(words[slice(*found.span(name))]))
        on = RULES[int(name[1:])].reckon(phrase, today)
        yield Found(words[found.start()].start, words[found.end() - 1].end, on)


def _compiled(*, alone: bool) -> re.Pattern[str]:
    """Return all patterns as one, over letters that stand for kinds; each is a group named for its place."""
    branches = "|".join(
        f"(?P<r{place}>{_spelled(rule.pattern)})"
        for place, rule in enumerate(RULES)
        if alone or not isinstance(rule, Alone)
    )
    return re.compile(f"{_spelled(_BEFORE)}(?:{branches}){_spelled(_AFTER)}")


def _spelled(pattern: str) -> str:
    """Return a pattern with a letter for each kind; a kind that is none raises KeyError."""
    spelled = re.sub(r"[a-z]+", lambda found: _LETTERS[found[0]], pattern).replace(" ", "")
    return re.sub(r"\((?!\?)", "(?:", spelled)


_ANYWHERE: Final = _compiled(alone=False)
_ALONE: Final = _compiled(alone=True)
