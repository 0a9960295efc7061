"""On which line of a TOML source a key stands; the standard library's reader does not tell."""

import re
from typing import Final, TypeAlias

Key: TypeAlias = tuple[str, ...]

_NAME: Final = r"[A-Za-z0-9_-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_-]+)*"
_TOKEN: Final = re.compile(
    rf"""
    \#[^\n]*
    | (?P<multi> \"{{3}} (?: \\. | [^\\] )*? (?: \"{{3,5}} | \Z ) | '{{3}} .*? (?: '{{3,5}} | \Z ) )
    | "(?: \\. | [^"\\\n] )*" | '[^'\n]*'
    | ^[ \t]* \[{{1,2}} [ \t]* (?P<header> {_NAME} ) [ \t]* \]
    | ^[ \t]* (?P<key> {_NAME} ) [ \t]* =
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_LOST: Final = re.compile(rf"^[ \t]*(?:\[{{1,2}}{_NAME}\]+[ \t]*$|{_NAME}[ \t]*=[ \t]*[\"'{{\[])", re.MULTILINE)


class Lines:
    """Where the keys of a source stand."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._spans: dict[Key, tuple[int, int]] = {}
        header: Key = ()
        at: Key = ()
        for found in _TOKEN.finditer(source):
            if found["header"]:
                header = at = _parts(found["header"])
            elif found["key"]:
                at = (*header, *_parts(found["key"]))
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            self._spans[at] = (self._spans.get(at, (start, 0))[0], found.end())

    def line(self, key: Key, mark: str = "") -> int:
        """Return the line, from 1, of `mark` in a key's value; of the key, or of what holds it, without one."""
        while key and key not in self._spans:
            key = key[:-1]
        start, end = self._spans.get(key, (0, 0))
        marked = self._source.find(mark, start, end) if mark else start
        return line_at(self._source, marked if marked >= 0 else start)


def line_at(source: str, offset: int) -> int:
    """Return the line, from 1, of a character."""
    return source.count("\n", 0, offset) + 1


def never_closed(source: str) -> int | None:
    """Return the line of the first triple quote that has no end, or whose end is the beginning of a later text."""
    for found in _TOKEN.finditer(source):
        text = found["multi"]
        if text and (not text.endswith(text[:3]) or len(text) < len('""""""') or _LOST.search(text)):
            return line_at(source, found.start())
    return None


def _parts(name: str) -> Key:
    return tuple(part.strip() for part in name.split("."))
