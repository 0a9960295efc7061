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


class Told(Rule):
    """A rule that holds only inside a story."""


class Slight(Told):
    """A rule that counts only in a story that names no other day."""


class Found(NamedTuple):
    """A stretch of a text that tells when: where it stands, what it comes to and whether it counts little."""

    start: int
    end: int
    on: Reckoned
    slight: bool


_COUNT: Final = "(number ((sep|comma)? number)? (teen|tens number?)?)"
_UNIT: Final = "(day|minggu|week|month|year|th)"
_WEEK: Final = "(minggu|week)"
_ONE: Final = "(oneday|oneweek|onemonth|oneyear)"
_SPAN: Final = f"(({_COUNT} {_UNIT}|{_ONE}|number? half {_UNIT}) (?!times|beside|again))"
_BRIEF: Final = f"(?!oneyear|({_COUNT}|number? half) (year|th)) {_SPAN}"
_AGO: Final = "(yang? (ago (?!traffic)|yesterday))"
_PAST: Final = f"({_AGO}|this|earlier)"
_SINCE: Final = "(since|from)"
_DAY: Final = "(weekday|minggu)"
_ON: Final = f"(day? {_DAY})? dated?"
_SEP: Final = "(sep|slash)"
_DATE: Final = f"number (({_SEP}|comma|until) number)? (ordinal|th)?"
_YEAR: Final = f"(year {_AGO}|year? yyyy)"
_STREET: Final = "(?<!place)"
_HOUSE: Final = "(?<!place)(?<!place other)(?<!place other other)(?<!number other)"
_PART: Final = "(part|isuk|night|bengi|dawn day)"
_TIME: Final = f"(hour {_COUNT} (dot number)?)"
_NOW: Final = "(now|day? this|yesterday|today|moment)"
_RANGE: Final = f"(?!until (?!{_NOW})|to|custom|also? day? (weekday|minggu)|other other day? weekday)"

# What tells that a span has lasted until today though no word says so.
_LASTING: Final = "((?<=stuck)|(?<=stuck other)|(?<=not other))"

# A date that may be to come, what may stand between it and a word that says so, and what says that it is not.
_COMING: Final = f"({_ON} {_DATE} month? named|dated number ({_SEP} number|month number)?|number slash number)"
_SOON: Final = "(will|coming|tomorrow)"
_GAP: Final = "(other|link|moment|from|place|stuck|work)"
_GONE: Final = f"({_PAST}|number|{_SEP}|month|named|year|yyyy|also)"

# What may stand before and after, and what may not stand before.
_BEFORE: Final = (
    "(?<!each|until|since|from|for|about|link|moment)(?<!until with)"
    f" (since|from|for|about|link|moment|{_TIME} {_PART}?){{0,3}}"
    " (?!link|other|not|stuck|please|term|place)"
)
_AFTER: Final = f"((about|link|moment){{0,2}} {_TIME}|{_PART}|earlier|zone){{0,4}}"

# Tried from the top at each word; the first that fits is meant.
# fmt: off
RULES: Final = (
    # what has not come, and what is no event
    Rule(when.future,          f"(will|tomorrow) {_GAP}{{0,3}} {_COMING} (?!{_GONE})"),
    Rule(when.future,          f"(will|tomorrow) {_GAP}{{0,3}} month? named (?!{_GONE})"),
    Rule(when.future,          f"(will|tomorrow) (other|stuck)? (link|moment|from)? day? weekday (?!{_GONE})"),
    Rule(when.future,          f"({_COMING}|month? named|day? {_DAY}) yang? {_SOON}"),
    Told(when.coming,          f"({_COMING}|month named) (other|for){{1,3}} will"),
    Told(when.coming,          f"(?<=from) ({_COMING}|month? named) (?!{_GONE})"),
    Rule(when.future,          f"{_SPAN} to after|({_COUNT} {_UNIT}|{_ONE}) again"),
    Told(when.unknown,         f"{_SPAN} (link|moment)? work"),
    Told(when.unknown,         f"work (link|other|place|this){{0,4}} for about? {_SPAN}"),
    # dates
    Rule(when.numeric,         f"{_STREET} {_ON} number ({_SEP}|dot) number ({_SEP}|dot) (number|yyyy)"),
    Rule(when.iso,             f"yyyy {_SEP} number {_SEP} number"),
    Rule(when.named_day,       f"{_STREET} {_ON} {_DATE} link? month? named {_YEAR}?"),
    Rule(when.named_day,       f"{_STREET} (?<!number) named number (ordinal|th)? yyyy?"),
    Alone(when.numeric,        f"{_ON} number month number {_YEAR}?"),
    Rule(when.numeric,         f"dated number month number {_YEAR}?"),
    Alone(when.numeric,        "number number yyyy"),
    Rule(when.numeric,         f"dated number {_SEP} number"),
    Rule(when.numeric,         f"day? {_DAY} number {_SEP} number"),
    Alone(when.numeric,        f"{_STREET} number {_SEP} number (?!{_SEP}|dot|{_UNIT})"),
    Rule(when.numeric,         f"(?<=since|from|moment) number slash number (?!{_SEP}|dot|measure|{_UNIT})"),
    Told(when.numeric,         f"{_STREET} number slash number (?=about? hour|{_PART})"),
    Told(when.slashed,         f"{_HOUSE} number slash number (?!{_SEP}|dot|measure|{_UNIT})"),
    Rule(when.monthly,         f"(day? {_DAY})? dated number {_AGO}? (month ({_AGO}|this))?"),
    # parts of a period
    Rule(when.part_of_month,   f"(early|middle|late) month? named {_YEAR}?"),
    Rule(when.part_of_year,    "(early|middle|late) year yyyy"),
    Rule(when.part_of_period,  f"(early|middle|late) (link|moment){{0,2}} last? {_UNIT} ({_AGO}|this)?"),
    # months and years
    Rule(when.month,           f"(?<!number) (month? named {_YEAR}|month named|last named|named {_AGO})"),
    Rule(when.month,           f"{_SINCE} month? named"),
    Alone(when.month,          "(?<!number) named"),
    Alone(when.month_number,   f"month number {_YEAR}?"),
    Rule(when.year,            f"{_SINCE} year? yyyy"),
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
    Rule(when.future,          f"({_UNIT}|day? {_DAY}) (after|coming) (day? {_DAY})?|next ({_UNIT}|{_DAY})"),
    # days of the week
    Rule(when.weekday_of_week, f"day? {_DAY} yang? {_COUNT}? {_WEEK} {_AGO}"),
    Rule(when.weekday_of_week, f"{_WEEK} {_AGO} day? {_DAY}"),
    Rule(when.eve,             f"night day? {_DAY} {_AGO}?"),
    Rule(when.weekday,         f"(?<!weekday also) day {_DAY} {_RANGE} {_PAST}?|weekday {_PAST}|last weekday"),
    Rule(when.weekday,         f"{_STREET} (?<!day|number) {_DAY} {_PART}"),
    Rule(when.weekday,         f"{_SINCE} (weekday|minggu (?!{_PAST}|other)) {_RANGE}"),
    Alone(when.weekday,        f"{_STREET} (?<!until|day) weekday {_RANGE}"),
    # so long ago
    Rule(when.ago,             f"{_SPAN} ({_AGO}|this|lately)"),
    Rule(when.ago,             f"({_SINCE}|for|about|new only?) {_SPAN}"),
    Told(when.ago,             f"{_LASTING} {_SPAN} (?!to)"),
    Told(when.ago,             f"(?<=other)(?<!term other) {_BRIEF} (?=please|$)"),
    Alone(when.ago,            _SPAN),
    Rule(when.sometime,        f"few {_UNIT} ({_AGO}|this|lately)|many {_UNIT}"),
    Rule(when.today,           f"(?<!stuck|number|tens|teen) ({_COUNT}|half)? (hour|minute) yang? ago"),
    Rule(when.today,           f"onehour {_AGO}"),
    Rule(when.last,            f"{_UNIT} {_AGO}|last {_UNIT}"),
    Rule(when.today,           "day this|this day"),
    Alone(when.present,        f"{_UNIT} this|this {_UNIT}"),
    # yesterday and today
    Rule(when.two_days_ago,    "yesterday (overmorrow|before)|overmorrow yesterday|day before yesterday"),
    Rule(when.yesterday,       f"{_PART} {_AGO}|yesterday"),
    Rule(when.yesterday,       "slept|(earlier|last) night|night earlier|(earlier|mau) bengi|bengi (earlier|mau)"),
    Rule(when.yesterday,       f"{_SINCE} night (?!until)"),
    Rule(when.today,           f"earlier {_PART}?|{_PART} (earlier|this)|this {_PART}|{_SINCE} part (?!until)"),
    Rule(when.today,           "just now?|new only|today|mau isuk|isuk mau"),
    Alone(when.today,          "now|moment this|(?<=moment) this|number (hour|minute)|onehour"),
    Alone(when.today,          f"{_TIME} {_PART}?|number dot number (zone|{_PART})"),
    Alone(when.weekday,        f"{_STREET} minggu"),
    Slight(when.today,         "(?<!place|since|from|era|term|yang) now|moment this"),
    # time and again
    Alone(when.sometime,       f"each ({_UNIT}|{_DAY}|{_PART}|other)|few {_UNIT}|new new this|{_ONE} times"),
    Alone(when.sometime,       f"({_SINCE}|for) (long|before)|^(long|before)$"),
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
        rule = RULES[int(name[1:])]
        on = rule.reckon(phrase, today)
        yield Found(words[found.start()].start, words[found.end() - 1].end, on, isinstance(rule, Slight))


def _compiled(*, alone: bool) -> re.Pattern[str]:
    """Return all patterns as one, over letters that stand for kinds; each is a group named for its place."""
    branches = "|".join(
        f"(?P<r{place}>{_spelled(rule.pattern)})"
        for place, rule in enumerate(RULES)
        if not isinstance(rule, Told if alone else Alone)
    )
    return re.compile(f"{_spelled(_BEFORE)}(?:{branches}){_spelled(_AFTER)}")


def _spelled(pattern: str) -> str:
    """Return a pattern with a letter for each kind; a kind that is none raises KeyError."""
    spelled = re.sub(r"[a-z]+", lambda found: _LETTERS[found[0]], pattern).replace(" ", "")
    return re.sub(r"\((?!\?)", "(?:", spelled)


_ANYWHERE: Final = _compiled(alone=False)
_ALONE: Final = _compiled(alone=True)
