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

    def place(self, key: Key, mark: str = "") -> tuple[int, int]:
        """Return line and column, from 1, of `mark` in a key's value; of the key, or what holds it, without one."""
        while key and key not in self._spans:
            key = key[:-1]
        start, end = self._spans.get(key, (0, 0))
        marked = self._source.find(mark, start, end) if mark else start
        return place_at(self._source, marked if marked >= 0 else start)


def place_at(source: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, both from 1, of a character."""
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


def never_closed(source: str) -> tuple[int, int] | None:
    """Return the place of the first triple quote that has no end, or whose end is the beginning of a later text."""
    for found in _TOKEN.finditer(source):
        text = found["multi"]
        if text and (not text.endswith(text[:3]) or len(text) < len('""""""') or _LOST.search(text)):
            return place_at(source, found.start())
    return None


def lone_quote(source: str) -> tuple[int, int] | None:
    """Return the place of the first single quote that begins a text of one line and has no end there."""
    end = 0
    for found in _TOKEN.finditer(source):
        at = source.find("'", end, found.start())
        if at >= 0:
            return place_at(source, at)
        end = found.end()
    return None


def opening(source: str, offset: int) -> tuple[int, int]:
    """Return the place of the key that a character belongs to."""
    keys = [found for found in _TOKEN.finditer(source, 0, offset) if found["key"]]
    return place_at(source, keys[-1].start("key")) if keys else place_at(source, offset)


def _parts(name: str) -> Key:
    return tuple(part.strip() for part in name.split("."))
