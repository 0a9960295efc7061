"""Where the statements of a TOML source stand, so that one value can be changed and nothing around it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import tomlkit

Key: TypeAlias = tuple[str, ...]

_PART: Final = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_NAME: Final = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_PARTS: Final = re.compile(_PART)
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_STRING: Final = r'"""(?:\\.|[^\\])*?"{3,5}' + r"|'''.*?'{3,5}" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'"
_GAP: Final = re.compile(r"(?:\s|#[^\n]*)*")
_HEADING: Final = re.compile(rf"\[{{1,2}}[ \t]*({_NAME})[ \t]*\]{{1,2}}")
_KEY: Final = re.compile(rf"({_NAME})[ \t]*=[ \t]*")
_PIECE: Final = re.compile(
    rf"(?P<string>{_STRING})|(?P<open>[\[{{])|(?P<close>[\]}}])|(?P<comment>\#[^\n]*)|(?P<end>\r?\n)|."
    r"(?:[^\s\"'\[\]{}#,]*)",
    re.DOTALL,
)
TOKEN: Final = re.compile(rf"(?P<string>{_STRING})|(?P<comment>\#[^\n]*)|(?P<comma>,)", re.DOTALL)
"""What a list of words is made of, besides spaces and line ends."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A name and its value: `path` with that of its heading; `start`, `value` and `end` are offsets in characters.

    `end` is behind the value; a comment on the same line is not part of it.
    """

    path: Key
    heading: Key
    start: int
    value: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A title in brackets: `start` is where it stands, `end` behind it."""

    path: Key
    start: int
    end: int


def layout(source: str) -> Iterator[Statement | Heading]:
    """Yield the headings and statements of a source that is known to be TOML, in order."""
    at = _gap(source, 0)
    heading: Key = ()
    while at < len(source):
        if found := _HEADING.match(source, at):
            heading = _split(found[1])
            yield Heading(heading, at, found.end())
            at = found.end()
        elif found := _KEY.match(source, at):
            end = _value_end(source, found.end())
            yield Statement((*heading, *_split(found[1])), heading, at, found.end(), end)
            at = end
        else:
            return
        at = _gap(source, at)


def line_start(source: str, at: int) -> int:
    """Return where the line of an offset begins."""
    return source.rfind("\n", 0, at) + 1


def line_end(source: str, at: int) -> int:
    """Return where the line after that of an offset begins; where there is none, the length of the source."""
    found = source.find("\n", at)
    return found + 1 if found >= 0 else len(source)


def dotted(path: Key) -> str:
    """Write a path as a name, with quotes around the parts that need them."""
    return ".".join(part if _BARE.fullmatch(part) else tomlkit.string(part).as_string() for part in path)


def _gap(source: str, at: int) -> int:
    found = _GAP.match(source, at)
    return found.end() if found else at


def _value_end(source: str, at: int) -> int:
    depth, end = 0, at
    for piece in _PIECE.finditer(source, at):
        depth += (piece.lastgroup == "open") - (piece.lastgroup == "close")
        if depth == 0 and piece.lastgroup in {"end", "comment"}:
            break
        if not piece[0].isspace():
            end = piece.end()
    return end


def _split(name: str) -> Key:
    return tuple(part if _BARE.fullmatch(part) else next(iter(tomllib.loads(f"{part}=0"))) for part in _parts(name))


def _parts(name: str) -> list[str]:
    return _PARTS.findall(name)
