"""Numbers that give a person away: NIK or KK, and telephone numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["identity", "phone"]


class Span(NamedTuple):
    """A stretch of a text, `text[start:end]`, and what it is."""

    start: int
    end: int
    kind: Kind


class _Group(NamedTuple):
    """Digits that stand together; `joint` is what stands between them and the group before."""

    digits: str
    start: int
    end: int
    joint: str


_DIGITS: Final = re.compile(r"\d+", re.ASCII)
_JOINT: Final = re.compile(r"[ \t]{0,2}|[ \t]?[.-][ \t]?|\)[ \t-]?")
_MONEY_BEFORE: Final = re.compile(r"(?:\brp|\bidr)[. \t]*\Z", re.IGNORECASE)
_MONEY_AFTER: Final = re.compile(r"[ \t]*(?:,-|rupiah\b|rb\b|ribu\b|jt\b|juta\b)", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"(?:\A|[^a-z])(?:hp|wa|tlp|telp|telpon|telepon|no|nomor|nope|call|sms|cp)\Z", re.IGNORECASE
)
_LOOK_BACK: Final = 12  # characters before a number that may say what it is

# Kemendagri: a NIK is province (11-96), regency, district, day of birth (women +40), month, year, serial number.
_IDENTITY: Final = 16
_NIK: Final = re.compile(
    r"(?:1[1-9]|[2-8]\d|9[1-6])\d{4}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{6}"
)
_FOURS: Final = (4, 4, 4, 4)
_SHORTEST_GROUP: Final = 2

# Kominfo's numbering plan: mobiles are 08 and eight to ten more digits, landlines an area code and five to eight.
_MOBILE: Final = re.compile(r"08\d{8,12}|628\d{7,11}|6208\d{8,11}")
_LANDLINE: Final = re.compile(r"0[2-79]\d{7,10}|62[2-79]\d{7,10}")
_FOREIGN: Final = re.compile(r"\d{9,15}")
_COUNTRY: Final = "62"
_PREFIXES: Final = ("0", _COUNTRY)
_CODE: Final = 3
_FEWEST: Final = 10
_FULL: Final = 13
_MOST_KEPT: Final = 4
_LONG: Final = 12


def personal(text: str) -> tuple[Span, ...]:
    """Return the 16-digit numbers (NIK, KK, cards) and telephone numbers of a text, in order.

    The digits may stand in groups. Sums of money, dates, ticket numbers and the numbers of streets are none.
    """
    return tuple(span for run in _runs(text) for span in _spans(text, run))


def masked(text: str, spans: Iterable[Span]) -> str:
    """Return a text with asterisks for the digits of `spans`, but their first three or four and last two."""
    parts = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], _hidden(text[span.start : span.end])]
        at = span.end
    return "".join([*parts, text[at:]])


def _runs(text: str) -> Iterator[list[_Group]]:
    """Yield the groups of digits that could be one number."""
    run: list[_Group] = []
    for found in _DIGITS.finditer(text):
        joint = text[run[-1].end : found.start()] if run else ""
        if run and not _JOINT.fullmatch(joint):
            yield run
            run = []
        run.append(_Group(found[0], *found.span(), joint if run else ""))
    if run:
        yield run


def _spans(text: str, run: Sequence[_Group]) -> Iterator[Span]:
    at = 0
    while at < len(run):
        kind: Kind = "identity"
        ahead = run[at : at + _IDENTITY]
        taken = _identity(ahead)
        if not taken:
            kind, taken = "phone", _phone(text, ahead)
        span = Span(_opened(text, run[at].start), run[at + max(taken, 1) - 1].end, kind)
        if taken and not _is_money(text, span):
            yield span
        at += max(taken, 1)


def _is_money(text: str, span: Span) -> bool:
    before = text[max(span.start - _LOOK_BACK, 0) : span.start]
    return bool(_MONEY_BEFORE.search(before) or _MONEY_AFTER.match(text, span.end))


def _opened(text: str, start: int) -> int:
    """Return where a number begins whose first digit is at `start`: before its plus sign and bracket."""
    while start and text[start - 1] in "(+":
        start -= 1
    return start


def _identity(run: Sequence[_Group]) -> int:
    """Return how many of the groups are a number of sixteen digits: in one, in fours, or with a date of birth."""
    if len(run[0].digits) < _SHORTEST_GROUP:
        return 0
    sums = list(accumulate(len(group.digits) for group in run))
    if _IDENTITY not in sums:
        return 0
    count = sums.index(_IDENTITY) + 1
    sizes = tuple(len(group.digits) for group in run[:count])
    digits = "".join(group.digits for group in run[:count])
    likely = count == 1 or sizes == _FOURS or (min(sizes) >= _SHORTEST_GROUP and _NIK.fullmatch(digits))
    return count if likely else 0


def _phone(text: str, run: Sequence[_Group]) -> int:
    """Return how many of the groups are a telephone number."""
    before = text[max(run[0].start - _LOOK_BACK, 0) : run[0].start]
    plus = before.endswith("+")
    if not (plus or run[0].digits.startswith(_PREFIXES)) or (before[-1:].isalpha() and not _LABEL.search(before)):
        return 0
    digits = ""
    count = 0
    for group in run:
        if len(digits) >= _FEWEST and not _goes_on(group, run[:count], len(digits)):
            break
        digits += group.digits
        count += 1
    foreign = plus and _FOREIGN.fullmatch(digits)
    known = _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)
    return count if foreign or (known and _is_code(run[:count])) else 0


def _is_code(run: Sequence[_Group]) -> bool:
    """Tell whether a number begins with a code, as a date such as 08-12-2026 does not."""
    first = run[0].digits
    return len(first) >= _CODE or first == _COUNTRY or {len(group.digits) for group in run} == {len(first)}


def _goes_on(group: _Group, before: Sequence[_Group], length: int) -> bool:
    """Tell whether a group still belongs to a number that is long enough without it: by looking like the others."""
    last = before[-1]
    alike = group.joint == last.joint and len(group.digits) in {len(each.digits) for each in before[1:]}
    return len(before) > 1 and alike and length + len(group.digits) <= _FULL


def _hidden(number: str) -> str:
    digits = sum(map(str.isdecimal, number))
    kept = _MOST_KEPT if digits >= _LONG else _MOST_KEPT - 1
    hidden = []
    seen = 0
    for character in number:
        seen += character.isdecimal()
        secret = character.isdecimal() and kept < seen <= digits - 2
        hidden.append("*" if secret else character)
    return "".join(hidden)
