"""A language as translators see it: text beside text, with what they must know of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.translations.keys import asked_of, general, listed, spare, texts_of
from bot.translations.room import choice_room, sms_room
from bot.translations.sources import Made, outdated
from conversations.checking.lines import Lines
from conversations.script import PLACEHOLDER, Script

State: TypeAlias = Literal["new", "changed", "done"]

KEEP: Final = "Isian, tulis persis seperti ini: {names}"
WORDS: Final = "Kata-kata yang diketik warga, dipisah koma. Banyaknya boleh berbeda."
SPARE: Final = "Boleh dikosongkan."
CHOICE: Final = "Paling banyak {room} huruf."
ROOM: Final = "Dikirim lewat SMS: paling banyak {room} huruf selain isian, tanpa emoji dan tanda kutip melengkung."
OLDER: Final = "Teks asalnya sudah berubah. Dahulu: {before}"

_COMMENT: Final = re.compile(r"\s*#(?!:)\s?(.*)")


@dataclass(frozen=True, slots=True)
class Unit:
    """One text to translate: `source` is in the language of the base, `target` in the other, empty where it lacks.

    `notes` are sentences for the translator; `room` is the most letters of a target, 0 where any number is right.
    `before` is the source that the target was made from, where that has changed.
    """

    key: str
    source: str
    target: str = ""
    state: State = "new"
    notes: tuple[str, ...] = ()
    room: int = 0
    before: str = ""


def units_of(
    base: Script, script: Script, source: str, made: Mapping[str, Made], languages: Mapping[str, str]
) -> tuple[Unit, ...]:
    """Return the texts of the base, and those that only the translation has, such as one for SMS alone.

    `source` is the file of the base, whose comments become notes; `made` is what the translation was made from;
    `languages` are the names of all by their codes, which one menu shows.
    """
    texts, targets = asked_of(base), texts_of(script)
    own = {key: texts[general(key)] for key in targets if key not in texts and general(key) in texts}
    comments = Comments(source)
    whole = script.over(base)
    return tuple(
        _unit(key, text, targets, made, (*comments.of(key), *_notes(key, text, targets, whole, languages)))
        for key, text in {**texts, **own}.items()
    )


class Comments:
    """The comments of a TOML source, by the key that they stand above."""

    def __init__(self, source: str) -> None:
        self._lines = source.split("\n")
        self._places = Lines(source)

    def of(self, key: str) -> tuple[str, ...]:
        """Return the comment of a key, that of its section before it."""
        parts = tuple(key.split("."))
        places = dict.fromkeys((self._places.place(parts[:1])[0], self._places.place(parts)[0]))
        return tuple(filter(None, map(self._above, places)))

    def _above(self, line: int) -> str:
        found: list[str] = []
        for text in reversed(self._lines[: line - 1]):
            comment = _COMMENT.fullmatch(text)
            if not comment:
                break
            found.insert(0, comment[1].strip())
        return " ".join(found)


def _unit(
    key: str, source: str, targets: Mapping[str, str], made: Mapping[str, Made], notes: tuple[str, ...]
) -> Unit:
    target = targets.get(key, "")
    room = choice_room(key)
    if not target:
        return Unit(key, source, notes=notes, room=room)
    if not outdated(key, source, target, made):
        return Unit(key, source, target, "done", notes, room)
    before = made[key].source
    return Unit(key, source, target, "changed", (*notes, OLDER.format(before=before)), room, before)


def _notes(
    key: str, source: str, targets: Mapping[str, str], whole: Script, languages: Mapping[str, str]
) -> tuple[str, ...]:
    names = " ".join(dict.fromkeys(found[0] for found in PLACEHOLDER.finditer(source)))
    room, choice = sms_room(key, source, whole, languages), choice_room(key)
    return (
        *([WORDS] if listed(key) else []),
        *([SPARE] if spare(key, targets) else []),
        *([KEEP.format(names=names)] if names else []),
        *([CHOICE.format(room=choice)] if choice else []),
        *([ROOM.format(room=room)] if room else []),
    )
