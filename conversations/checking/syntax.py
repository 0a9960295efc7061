"""Reading the TOML of a locale file, and saying in plain words where it cannot be read."""

import re
import tomllib
from typing import Any, Final

from conversations.checking.findings import Fault
from conversations.checking.lines import never_closed

_PLACE: Final = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_NOT_UTF8: Final = re.compile("[\ud800-\udfff]")
_CURLY: Final = "“”„‟‘’‚‛«»″′`´"  # noqa: RUF001 - what word processors make of quotes

# How the standard library's messages begin (CPython 3.11-3.14), and the rule that each breaks.
_MESSAGES: Final = (
    ("Illegal character '\\n'", "open"),
    ("Unterminated string", "open"),
    ('Expected "\'"', "open"),
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
        return Fault("encoding", line=source.count("\n", 0, foreign.start()) + 1)
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        return _explained(str(error), source)


def _explained(message: str, source: str) -> Fault:
    found = _PLACE.fullmatch(message)
    lines = source.split("\n")
    line, column = (int(found[2]), int(found[3])) if found and found[2] else (len(lines), len(lines[-1]))
    opened = never_closed(source)
    if opened and opened <= line:
        return Fault("unclosed", line=opened)
    character = lines[line - 1][column - 1 : column]
    rule = next((rule for start, rule in _MESSAGES if message.startswith(start)), "toml")
    if character and character in _CURLY:
        rule = "curly"
    return Fault(rule, facts={"column": str(column), "character": character}, line=line)
