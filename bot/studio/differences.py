"""What changed between two states of a locale file."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.studio.edits import loaded
from bot.studio.statements import Key
from conversations.channel import CHANNELS

Leaf: TypeAlias = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One text, label or list of words that changed; None where there was, or is, none.

    `name` is as in the file (`retry.unknown`, `options.send.label`); a list is its words with commas between.
    """

    section: str
    name: str
    channel: str
    before: str | None
    after: str | None


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return what changed, in the order of the later state; nothing where one of them is not TOML."""
    try:
        old, new = leaves(before), leaves(after)
    except tomllib.TOMLDecodeError:
        return ()
    return tuple(_change(path, old.get(path), new.get(path)) for path in differing(old, new))


def differing(old: Mapping[Key, Leaf], new: Mapping[Key, Leaf]) -> Iterator[Key]:
    """Yield the paths at which two states differ, those that are gone last."""
    yield from (path for path, leaf in new.items() if old.get(path) != leaf)
    yield from (path for path in old if path not in new)


def leaves(source: str) -> dict[Key, Leaf]:
    """Return every text and list of a source by its path, and the order of the options of each section.

    Raises tomllib.TOMLDecodeError.
    """
    return dict(_leaves(loaded(source), ()))


def unified(before: str, after: str, file: str) -> str:
    """Return what changed, line by line, as `diff -u` writes it."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), file, file, lineterm="")
    return "\n".join(lines)


def _leaves(data: Mapping[str, object], at: Key) -> Iterator[tuple[Key, Leaf]]:
    for key, value in data.items():
        path = (*at, key)
        if isinstance(value, dict):
            if path[1:] == ("options",):
                yield path, tuple(value)
            yield from _leaves(value, path)
        elif isinstance(value, list):
            yield path, tuple(map(str, value))
        else:
            yield path, value.strip() if isinstance(value, str) else str(value).casefold()


def _change(path: Key, before: Leaf | None, after: Leaf | None) -> Change:
    section, *rest = path
    channel = rest.pop(0) if len(rest) > 1 and rest[0] in CHANNELS else ""
    return Change(section, ".".join(rest), channel, _said(before), _said(after))


def _said(leaf: Leaf | None) -> str | None:
    return ", ".join(leaf) if isinstance(leaf, tuple) else leaf
