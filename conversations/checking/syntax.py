"""Reading the TOML of a locale file, and saying in plain words where it cannot be read."""

import re
import tomllib
from typing import Any, Final, TypeAlias

from conversations.checking.findings import Fault
from conversations.checking.lines import lone_quote, never_closed, opening, place_at

Place: TypeAlias = tuple[int, int]

_PLACE: Final = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_NOT_UTF8: Final = re.compile("[\ud800-\udfff]")
_TITLE: Final = re.compile(r"\s*\[[A-Za-z0-9_.-]+\]\s*")
_WORDS: Final = frozenset("\"'")  # with what a further word of a list begins
_CURLY: Final = tuple("“”„‟‘’‚‛«»″′`´")  # noqa: RUF001 - what word processors make of quotes

# How the standard library's messages begin (CPython 3.11-3.14), and the rule that each breaks.
_MESSAGES: Final = (
    ("Illegal character '\\n'", "open"),
    ("Unterminated string", "open"),
    ('Expected "\'"', "open"),
    ("Found invalid character '\\n'", "open"),
    ("Expected newline or end of document after a statement", "after"),
    ("Expected '='", "equals"),
    ("Invalid value", "quotes"),
    ("Cannot overwrite a value", "twice"),
    ("Cannot declare", "twice"),
    ("Cannot mutate", "twice"),
    ("Cannot redefine", "twice"),
    ("Duplicate inline table key", "twice"),
    ("Unclosed array", "array"),
    ("Unclosed inline table", "table"),
    ("Unescaped", "backslash"),
    ("Expected ']'", "header"),
)


def read(source: str) -> dict[str, Any] | Fault:
    """Return the data of a TOML text, or why it cannot be read.

    Bytes that were no UTF-8 must stand in the text as lone surrogates, as the `surrogateescape` handler makes them.
    """
    foreign = _NOT_UTF8.search(source)
    if foreign:
        return Fault("encoding", place=place_at(source, foreign.start()))
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        return _explained(str(error), source)


def _explained(message: str, source: str) -> Fault:
    found = _PLACE.fullmatch(message)
    lines = source.split("\n")
    place = (int(found[2]), int(found[3])) if found and found[2] else (len(lines), len(lines[-1]))
    opened = never_closed(source)
    if opened and opened <= place:
        return Fault("unclosed", place=opened)
    rule = next((rule for start, rule in _MESSAGES if message.startswith(start)), "toml")
    if rule == "open":
        place = min(lone_quote(source) or place, place)
        line = lines[place[0] - 1].rstrip()
        place = (place[0], len(line)) if line.endswith(_CURLY) else place
    character = lines[place[0] - 1][place[1] - 1 : place[1]]
    if character in _CURLY:
        rule = "curly"
    rule, place = _never_ended(rule, place, character, source)
    return Fault(rule, facts={"column": str(place[1]), "character": character}, place=place)


def _never_ended(rule: str, place: Place, character: str, source: str) -> tuple[str, Place]:
    """Tell a list or a table that is never closed, and where it opens, from one that lacks a comma."""
    lines = source.split("\n")
    title = rule == "quotes" and _TITLE.fullmatch(lines[place[0] - 1])  # read as a list within the list
    more = character in _WORDS if rule == "array" else character.strip()
    if not title and (rule not in {"array", "table"} or more):
        return rule, place
    before = sum(len(line) + 1 for line in lines[: place[0] - 1]) + place[1] - 1
    return "table_open" if rule == "table" else "array_open", opening(source, before)
