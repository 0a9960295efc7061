"""The grammar of when: patterns over kinds of words (daywords), each with its reckoning."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from conversations.answers import dayreckon
from conversations.answers.dayreckon import Phrase, Reckoned
from conversations.answers.daywords import KINDS, Word

Reckon: TypeAlias = Callable[[Phrase, date], Reckoned]


class Rule(NamedTuple):
    """A pattern and what it comes to; `alone` holds only where the whole message is about the day."""

    pattern: str
    reckon: Reckon
    alone: bool = False


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

# What may stand before and after. Patterns are tried from the top; of those that fit, the first one is meant.
_BEFORE: Final = f"(since|for|about|link|{_TIME} {_PART}?){{0,3}} (?!link|other)"
_AFTER: Final = f"((about|link){{0,2}} {_TIME}|{_PART}|earlier|zone){{0,4}}"

# fmt: off
RULES: Final = (
    # dates
    Rule(f"{_STREET} {_ON} number (sep|dot) number (sep|dot) (number|yyyy)", dayreckon.numeric),
    Rule("yyyy sep number sep number",                                       dayreckon.iso),
    Rule(f"{_STREET} {_ON} {_DATE} link? month? named {_YEAR}?",              dayreckon.named_day),
    Rule(f"{_STREET} (?<!number) named number (ordinal|th)? yyyy?",          dayreckon.named_day),
    Rule(f"{_ON} number month number {_YEAR}?",                               dayreckon.numeric, alone=True),
    Rule(f"dated number month number {_YEAR}?",                               dayreckon.numeric),
    Rule("number number yyyy",                                               dayreckon.numeric, alone=True),
    Rule("dated number sep number",                                          dayreckon.numeric),
    Rule(f"day? {_DAY} number sep number",                                   dayreckon.numeric),
    Rule(f"{_STREET} number sep number (?!sep|dot|{_UNIT})",                 dayreckon.numeric, alone=True),
    Rule(f"(day? {_DAY})? dated number {_AGO}? (month ({_AGO}|this))?",                     dayreckon.monthly),
    # parts of a period
    Rule(f"(early|middle|late) month? named {_YEAR}?",                        dayreckon.part_of_month),
    Rule("(early|middle|late) year yyyy",                                    dayreckon.part_of_year),
    Rule(f"(early|middle|late) link{{0,2}} last? {_UNIT} ({_AGO}|this)?",    dayreckon.part_of_period),
    # months and years
    Rule(f"(?<!number) (month? named {_YEAR}|month named|last named|named {_AGO})", dayreckon.month),
    Rule("since month? named",                                               dayreckon.month),
    Rule("(?<!number) named",                                                dayreckon.month, alone=True),
    Rule(f"month number {_YEAR}?",                                            dayreckon.month_number, alone=True),
    Rule("since year? yyyy",                                                 dayreckon.year),
    Rule("year? yyyy",                                                       dayreckon.year, alone=True),
    # feasts
    Rule("night year new",                                                   dayreckon.new_year_eve),
    Rule("year new",                                                         dayreckon.new_year),
    Rule(f"feast {_AGO}",                                                    dayreckon.feast),
    Rule("day? feast",                                                       dayreckon.feast, alone=True),
    Rule(f"season (season|other){{0,2}} (year {_AGO}|{_AGO})",               dayreckon.sometime),
    Rule("season (season|other)?",                                           dayreckon.sometime, alone=True),
    # what has not come
    Rule(f"tomorrow {_PART}?|overmorrow (?!yesterday)|({_UNIT}|{_DAY}) after (day? {_DAY})?|next ({_UNIT}|{_DAY})",
                                                                             dayreckon.future),
    # days of the week
    Rule(f"day? {_DAY} yang? {_COUNT}? {_WEEK} {_AGO}",                      dayreckon.weekday_of_week),
    Rule(f"{_WEEK} {_AGO} day? {_DAY}",                                      dayreckon.weekday_of_week),
    Rule(f"night day? {_DAY} {_AGO}?",                                       dayreckon.eve),
    Rule(f"(?<!weekday also) day {_DAY} {_RANGE} {_PAST}?|weekday {_PAST}|last weekday",
                                                                             dayreckon.weekday),
    Rule(f"{_STREET} (?<!day) {_DAY} {_PART}",                               dayreckon.weekday),
    Rule(f"{_STREET} (?<!until|day) weekday {_RANGE}",                                 dayreckon.weekday, alone=True),
    # so long ago
    Rule(f"{_SPAN} ({_AGO}|this|lately)",                                    dayreckon.ago),
    Rule(f"(since|for|about) {_SPAN}",                                       dayreckon.ago),
    Rule(_SPAN,                                                              dayreckon.ago, alone=True),
    Rule(f"few {_UNIT} ({_AGO}|this|lately)|many {_UNIT}",                   dayreckon.sometime),
    Rule(f"({_COUNT}|half)? (hour|minute) {_AGO}|onehour {_AGO}",            dayreckon.today),
    Rule(f"{_UNIT} {_AGO}|last {_UNIT}",                                     dayreckon.last),
    Rule("day this|this day",                                                dayreckon.today),
    Rule(f"{_UNIT} this|this {_UNIT}",                                       dayreckon.present, alone=True),
    # yesterday and today
    Rule("yesterday (overmorrow|before)|overmorrow yesterday|day before yesterday", dayreckon.two_days_ago),
    Rule(f"{_PART} {_AGO}|yesterday|slept|earlier night|night earlier|last night"
         "|since night (?!until)",                                           dayreckon.yesterday),
    Rule(f"earlier {_PART}?|{_PART} earlier|{_PART} this|this {_PART}"
         "|since part (?!until)",                                            dayreckon.today),
    Rule("just now?|new only|today",                                               dayreckon.today),
    Rule(f"now|{_TIME} {_PART}?|number dot number (zone|{_PART})|number (hour|minute)|onehour|(?<=link) this",
                                                                                           dayreckon.today, alone=True),
    Rule(f"{_STREET} minggu",                                                dayreckon.weekday, alone=True),
    # time and again
    Rule(f"each ({_UNIT}|{_DAY}|{_PART}|other)|few {_UNIT}|new new this|{_ONE} times",
                                                                             dayreckon.sometime, alone=True),
    Rule("(since|for) (long|before)|^(long|before)$",                        dayreckon.sometime, alone=True),
    Rule("until (now|day this|yesterday)",                                   dayreckon.sometime, alone=True),
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
    """Return all patterns as one, over letters that stand for kinds."""
    branches = (
        f"(?P<r{index}>{_spelled(rule.pattern)})" for index, rule in enumerate(RULES) if alone or not rule.alone
    )
    return re.compile(f"{_spelled(f'(?<!each|until|since|for|about|link) {_BEFORE}')}(?:{'|'.join(branches)}){_spelled(_AFTER)}")


def _spelled(pattern: str) -> str:
    """Return a pattern with a letter for each kind; a kind that is none raises KeyError."""
    spelled = re.sub(r"[a-z]+", lambda found: _LETTERS[found[0]], pattern).replace(" ", "")
    return re.sub(r"\((?!\?)", "(?:", spelled)


_ANYWHERE: Final = _compiled(alone=False)
_ALONE: Final = _compiled(alone=True)
