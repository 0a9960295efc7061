"""What an administrator can change in a locale file, one thing at a time."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

from tomlkit.exceptions import TOMLKitError

from bot.studio.splicing import Source, Value
from bot.studio.statements import Key
from conversations.checking.needs import NEEDS
from conversations.commands import OBEY

BLANK: Final = "Teks tidak boleh kosong."
STRANGE: Final = "Bagian atau teks itu tidak dikenal bot."
BY_HAND: Final = "Berkas ini ditulis dengan cara yang tidak dapat diubah di sini; ubah pada teks sumbernya."
UNREADABLE: Final = "Ada huruf yang tidak dapat disimpan; ketik ulang teksnya."

Data: TypeAlias = dict[str, Any]


class Unfit(ValueError):
    """An edit that cannot be made; the message is a sentence for the administrator."""


@dataclass(frozen=True, slots=True)
class SetText:
    """Give a text of a section, such as `retry.unknown`, another wording, on one channel or (empty) on all.

    None takes it away, so that the general text, or the Indonesian one, is used instead.
    """

    section: str
    name: str
    channel: str
    text: str | None


@dataclass(frozen=True, slots=True)
class SetLabel:
    """Call an option by another name."""

    section: str
    option: str
    label: str


@dataclass(frozen=True, slots=True)
class SetKeywords:
    """Give an option other words that mean it."""

    section: str
    option: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetWords:
    """Give a list of words other words; in the section `words` these are control words."""

    section: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveOption:
    """Show an option one place earlier (-1) or later (1)."""

    section: str
    option: str
    by: Literal[-1, 1]


Edit: TypeAlias = SetText | SetLabel | SetKeywords | SetWords | MoveOption


@lru_cache(maxsize=8)
def loaded(source: str) -> Data:
    """Return the data of a TOML source, to be read only; raises tomllib.TOMLDecodeError."""
    return tomllib.loads(source)


def edited(source: str, edit: Edit) -> str:
    """Return a TOML source with one thing changed; every other character is as it was.

    Raises Unfit where that cannot be done, or the change would make the file unreadable.
    """
    try:
        return _edited(source, edit)
    except (TOMLKitError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise Unfit(BY_HAND) from error


def lacks(source: str, edit: SetLabel | SetKeywords) -> bool:
    """Tell whether a TOML source does not have the option that an edit is about."""
    return _at(loaded(source), (edit.section, "options", edit.option)) is None


def _edited(source: str, edit: Edit) -> str:
    match edit:
        case MoveOption():
            return _moved(source, edit)
        case SetText(text=None):
            return _dropped(source, _path(edit))
        case SetText(name=name, text=text):
            if name.partition(".")[0] in {"options", "words"}:
                raise Unfit(STRANGE)
            return _put(source, _path(edit), _plain(text or ""))
        case SetLabel(label=label) if lacks(source, edit):
            return _put(source, _path(edit)[:-1], {"label": _plain(label)})
        case SetLabel(label=label):
            return _put(source, _path(edit), _plain(label))
        case SetKeywords() | SetWords():
            words = edit.words
            kept = dict.fromkeys(_plain(word) for word in words if word.strip())
            return _put(source, _path(edit), tuple(kept))


def _path(edit: SetText | SetLabel | SetKeywords | SetWords) -> Key:
    match edit:
        case SetText(section, name, channel):
            return (section, *([channel] if channel else []), *name.split("."))
        case SetLabel(section, option):
            return (section, "options", option, "label")
        case SetKeywords(section, option):
            return (section, "options", option, "keywords")
        case SetWords("words", name):
            return ("words", name)
        case SetWords(section, name):
            return (section, "words", name)


def _plain(text: str) -> str:
    """Return what was typed as it is stored: forms end lines with CR LF, what stands around a text is dropped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise Unfit(BLANK)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Unfit(UNREADABLE)
    return text


def _put(source: str, path: Key, value: Value) -> str:
    before = loaded(source)
    there = _at(before, path)
    stored = list(value) if isinstance(value, tuple) else value
    if not _known(path) if there is None else _other_kind(there, stored):
        raise Unfit(STRANGE)
    if _same(there, stored):
        return source
    return _checked(Source(source).put(path, value), _with(before, path, lambda _: stored))


def _dropped(source: str, path: Key) -> str:
    before = loaded(source)
    value = _at(before, path)
    if value is None:
        return source
    unknown = isinstance(value, list) or path[1:2] == ("options",)
    if not isinstance(value, str) and (not unknown or len(path) <= len(("", "options")) or _known(path)):
        raise Unfit(STRANGE)
    return _checked(Source(source).drop(path), _with(before, path, lambda _: None))


def _moved(source: str, edit: MoveOption) -> str:
    path: Key = (edit.section, "options")
    options = _at(loaded(source), path) or {}
    order = list(options)
    if edit.option not in order:
        raise Unfit(STRANGE)
    place = order.index(edit.option)
    other = place + edit.by
    if not 0 <= other < len(order):
        return source
    whole = Source(source)
    first, second = (whole.statement((*path, order[each])) for each in sorted((place, other)))
    if first is None or second is None or len(first.path) != len(second.path) or first == second:
        raise Unfit(BY_HAND)
    order[place], order[other] = order[other], order[place]
    text = _checked(whole.swap(first, second), loaded(source))
    if list(_at(loaded(text), path) or {}) != order:
        raise Unfit(BY_HAND)
    return text


def _known(path: Key) -> bool:
    """Tell whether the bot can ask for a path that the file does not have yet."""
    section, *rest = path
    if section == "words":
        return rest[0] in OBEY
    key = ".".join(rest[:2] if rest[0] == "options" else rest)
    return section in NEEDS and key in NEEDS[section].keys()  # noqa: SIM118 - it is no dictionary


def _other_kind(there: object, value: object) -> bool:
    """Tell whether a table stands where a value should, a list where a text should, or the other way round."""
    return isinstance(there, dict) or (isinstance(there, str | list) and type(there) is not type(value))


def _checked(text: str, expected: Data) -> str:
    """Return the text if it says what is expected and nothing else."""
    if not _same(_whole(loaded(text)), _whole(expected)):
        raise Unfit(BY_HAND)
    return text


def _at(data: object, path: Key) -> Any:  # noqa: ANN401 - whatever stands there
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _with(data: Data, path: Key, change: Callable[[object], object]) -> Data:
    """Return data with one value changed; nothing given is written to."""
    key, *rest = path
    inside = data.get(key)
    if rest and inside is not None and not isinstance(inside, dict):
        raise Unfit(BY_HAND)
    changed = _with(inside or {}, tuple(rest), change) if rest else change(inside)
    return {**data, key: changed}


def _whole(data: Data) -> Data:
    """Return data without empty tables and without what was taken away."""
    kept = {key: _whole(value) if isinstance(value, dict) else value for key, value in data.items()}
    return {key: value for key, value in kept.items() if value is not None and value != {}}


def _same(one: object, other: object) -> bool:
    """Tell whether two values are the same, but for what stands around a text."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return one == other
