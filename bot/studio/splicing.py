"""Changing one value of a TOML source; every other character stays as it is."""

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

import tomlkit
from tomlkit.items import InlineTable

from bot.studio.lists import quoted, relisted
from bot.studio.statements import Heading, Key, Statement, dotted, layout, line_end, line_start
from conversations.channel import CHANNELS

Value: TypeAlias = str | tuple[str, ...] | Mapping[str, str]
"""A text, a list of words, or an inline table of texts."""

_CLOSING: Final = re.compile(r",?([ \t\r\n]*)\}$")


class Source:
    """A TOML source in pieces; it must be TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.line_break = "\r\n" if "\r\n" in text else "\n"
        found = tuple(layout(text))
        self.statements = tuple(each for each in found if isinstance(each, Statement))
        self.headings = tuple(each for each in found if isinstance(each, Heading))

    def statement(self, path: Key) -> Statement | None:
        """Return the statement that holds a path, itself or in an inline table."""
        return next((each for each in self.statements if path[: len(each.path)] == each.path), None)

    def put(self, path: Key, value: Value) -> str:
        """Return the source with a value at a path, in the place and the manner of the one before."""
        held = self.statement(path)
        if held is None:
            return self._added(path, value)
        text = self.text[held.value : held.end]
        if held.path != path:
            text = _inlined(text, path[len(held.path) :], value, self.line_break)
        else:
            text = written(value, text, self.line_break)
        return self.text[: held.value] + text + self.text[held.end :]

    def drop(self, path: Key) -> str:
        """Return the source without a path, and without the heading where nothing else stands under it."""
        held = self.statement(path)
        if held is None:
            return self.text
        if held.path != path:
            text = _cut(self.text[held.value : held.end], path[len(held.path) :])
            return self.text[: held.value] + text + self.text[held.end :]
        start, end = line_start(self.text, held.start), line_end(self.text, held.end)
        return self._without_empty(held.heading, start, end)

    def swap(self, first: Statement, second: Statement) -> str:
        """Return the source with two statements in each other's place, comments above and beside them included."""
        (a, b), (c, d) = self._block(first), self._block(second)
        text = self.text
        return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]

    def _block(self, statement: Statement) -> tuple[int, int]:
        """Return a statement's lines with the comments right above it, but for those right under the heading."""
        start, end = line_start(self.text, statement.start), line_end(self.text, statement.end)
        top = start
        while (above := line_start(self.text, top - 1)) < top and self.text[above:top].lstrip().startswith("#"):
            top = above
        titled = any(line_end(self.text, heading.start) == top for heading in self.headings)
        return (start if titled else top), end

    def _without_empty(self, path: Key, start: int, end: int) -> str:
        heading = next((each for each in self.headings if each.path == path), None)
        text = self.text[:start] + self.text[end:]
        if heading is None:
            return text
        after = next((each.start for each in self.headings if each.start > heading.start), len(self.text))
        if text[heading.end : after - (end - start)].strip():
            return text
        return text[: heading.start] + text[after - (end - start) :]

    def _added(self, path: Key, value: Value) -> str:
        """Put a statement in where its like stand, under a new heading where there is none."""
        sibling = self._sibling(path)
        if sibling:
            return self._line(line_end(self.text, sibling.end), path[len(sibling.heading) :], value)
        owner = path[:2] if path[1:2] and path[1] in CHANNELS else path[:1]
        heading = next((each for each in self.headings if each.path == owner), None)
        if heading:
            return self._line(self._end_of(heading), path[len(owner) :], value)
        at = max((self._end_of(each) for each in self.headings if each.path[0] == path[0]), default=len(self.text))
        return Source(self._opened(at, f"[{dotted(owner)}]")).put(path, value)

    def _sibling(self, path: Key) -> Statement | None:
        """Return the last statement that has all of a path but its last part, if that is more than a heading's."""
        like = [each for each in self.statements if len(each.path) >= len(path) > len(each.heading) + 1]
        found = [each for each in like if each.path[: len(path) - 1] == path[:-1]]
        return found[-1] if found else None

    def _end_of(self, heading: Heading) -> int:
        """Return where the line behind the last statement under a heading begins."""
        after = next((each.start for each in self.headings if each.start > heading.start), len(self.text))
        ends = [each.end for each in self.statements if heading.start < each.start < after]
        return line_end(self.text, max(ends, default=heading.end))

    def _line(self, at: int, name: Key, value: Value) -> str:
        line = f"{dotted(name)} = {written(value, '', self.line_break)}{self.line_break}"
        return self._ended(at) + line + self.text[at:]

    def _opened(self, at: int, title: str) -> str:
        gap = self.line_break if self.text[:at].strip() else ""
        return f"{self._ended(at)}{gap}{title}{self.line_break}{self.text[at:]}"

    def _ended(self, at: int) -> str:
        """Return the source up to an offset, its last line ended."""
        before = self.text[:at]
        return before if not before or before.endswith("\n") else before + self.line_break


def written(value: Value, like: str, line_break: str) -> str:
    """Write a value as TOML, in the manner of the text of another: with as many quotes, on as many lines."""
    if isinstance(value, str):
        return _quoted(value, like, line_break)
    if isinstance(value, tuple):
        return relisted(like if like.startswith("[") else "[]", value)
    return "{ " + ", ".join(f"{name} = {quoted(text)}" for name, text in value.items()) + " }"


def _quoted(text: str, like: str, line_break: str) -> str:
    if like.startswith('"""'):
        lead = line_break if like[3:].startswith(("\n", "\r\n")) else ""
        trail = line_break if lead and like[:-3].endswith("\n") else ""
        body = tomlkit.string(text, multiline=True).as_string()[3:-3].replace("\n", line_break)
        return f'"""{lead}{body}{trail}"""'
    if like.startswith("'") and not like.startswith("'''") and text.isprintable() and "'" not in text:
        return f"'{text}'"
    return quoted(text)


def _inlined(table: str, keys: Key, value: Value, line_break: str) -> str:
    """Put a value into the text of an inline table."""
    document = tomlkit.parse(f"x = {table}")
    inside = document["x"]
    for key in keys[:-1]:
        inside = inside[key]  # what is no table has no such place
    if not isinstance(inside, InlineTable):
        raise KeyError(keys[0])
    before = inside[keys[-1]].as_string() if keys[-1] in inside else ""
    after = written(value, before, line_break)
    if not before and len(keys) == 1 and len(inside):
        return _CLOSING.sub(lambda end: f", {dotted(keys)} = {after}{end[1]}}}", table)
    inside[keys[-1]] = tomlkit.value(after)
    return document.as_string().removeprefix("x = ")


def _cut(table: str, keys: Key) -> str:
    """Take a value out of the text of an inline table."""
    document = tomlkit.parse(f"x = {table}")
    inside = document["x"]
    for key in keys[:-1]:
        inside = inside[key]  # what is no table has no such place
    if isinstance(inside, InlineTable) and keys[-1] in inside:
        del inside[keys[-1]]
    return document.as_string().removeprefix("x = ")
