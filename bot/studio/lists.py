"""Lists of words in a TOML source: words come and go, comments and lines stay as they are."""

import re
import tomllib
from difflib import SequenceMatcher
from typing import Final

import tomlkit

from bot.studio.statements import TOKEN, line_end, line_start

_AFTER: Final = re.compile(r"[ \t]*,[ \t]*")
_COMMA: Final = re.compile(r"(?:\s|#[^\n]*\n)*?,")
_LINE: Final = re.compile(r"[^\r\n]*")
_ALONE: Final = re.compile(r"\n([ \t]*)$")


def relisted(listed: str, words: tuple[str, ...]) -> str:
    """Return the text of a list, such as `["a", "b"]`, with other words; what stays keeps its place."""
    old = tomllib.loads(f"x = {listed}")["x"]
    changes = SequenceMatcher(None, old, words, autojunk=False).get_opcodes()
    for _, low, high, first, last in reversed(changes):
        if list(words[first:last]) != old[low:high]:
            listed = _changed(listed, low, high, words[first:last])
    return listed


def quoted(word: str) -> str:
    """Write a word in quotes."""
    return tomlkit.string(word).as_string()


def _changed(listed: str, low: int, high: int, words: tuple[str, ...]) -> str:
    """Put words in the place of those from `low` to `high`."""
    same = min(high - low, len(words))
    for place in reversed(range(low + same, high)):
        listed = _without(listed, place)
    if words[same:]:
        listed = _with(listed, low + same, words[same:])
    for place in reversed(range(low, low + same)):
        start, end = _spans(listed)[place]
        listed = listed[:start] + quoted(words[place - low]) + listed[end:]
    return listed


def _spans(listed: str) -> list[tuple[int, int]]:
    return [found.span() for found in TOKEN.finditer(listed) if found.lastgroup == "string"]


def _without(listed: str, place: int) -> str:
    """Take a word out, with its comma, and with its line where nothing else stands on it."""
    spans = _spans(listed)
    start, end = spans[place]
    if after := _AFTER.match(listed, end):
        end = after.end()
    elif far := _COMMA.match(listed, end):
        listed = listed[: far.end() - 1] + listed[far.end() :]
    elif place and (before := _COMMA.match(listed, spans[place - 1][1])):
        listed = listed[: before.end() - 1] + listed[before.end() :]
        start, end = start - 1, end - 1
        start -= len(listed[:start]) - len(listed[:start].rstrip(" \t"))
    listed = listed[:start] + listed[end:]
    first, last = line_start(listed, start), line_end(listed, start)
    blank = first > 0 and last < len(listed) and not listed[first:last].strip()
    return listed[:first] + listed[last:] if blank else listed


def _with(listed: str, place: int, words: tuple[str, ...]) -> str:
    """Put words in before a place, each on its own line where the others are."""
    spans = _spans(listed)
    written = [quoted(word) for word in words]
    if not spans:
        return f"[{', '.join(written)}{listed[1:]}"
    start, end = spans[min(place, len(spans) - 1)]
    alone = _ALONE.search(listed, 0, start) if _is_alone(listed, spans) else None
    joint = f",{_line_break(listed)}{alone[1]}" if alone else ", "
    if place < len(spans):
        return listed[:start] + "".join(word + joint for word in written) + listed[start:]
    return _behind(listed, end, joint, written)


def _behind(listed: str, end: int, joint: str, written: list[str]) -> str:
    """Put words behind the last one; a comment on its line stays with it."""
    comma = _COMMA.match(listed, end)
    if joint == ", " or (comma and "\n" in comma[0]):
        return listed[:end] + ", " + ", ".join(written) + listed[end:]
    if not comma:
        listed = f"{listed[:end]},{listed[end:]}"
    line = end + len(_LINE.match(listed, end)[0])  # type: ignore[index]  # it matches anything
    return listed[:line] + joint[1:] + joint.join(written) + ("," if comma else "") + listed[line:]


def _is_alone(listed: str, spans: list[tuple[int, int]]) -> bool:
    """Tell whether every word stands on a line of its own."""
    lines = [listed.count("\n", 0, start) for start, _ in spans]
    return lines[0] > 0 and len(set(lines)) == len(lines) and listed.count("\n") > lines[-1]


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
