"""`lapor-bot translations`: a language out to translators, in again, and what has changed since."""

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec

from bot.scripts import FILE, read_folder
from bot.studio.keeping import locked, save
from bot.translations import sources as notes
from bot.translations.changes import changes_of
from bot.translations.handing import Batch, Form, Unreadable
from bot.translations.keys import asked_of, texts_of
from bot.translations.taking import noted, sound, take
from bot.translations.telling import changes_told, sentence, taken_told
from bot.translations.units import units_of
from conversations.checking import BASE
from conversations.checking.locale import open_locale
from conversations.script import Script

BOM: Final = b"\xef\xbb\xbf"

DRAFTS: Final = ".studio"
"""Where the studio has its lock, beside the locale files that both write."""


def export(folder: Path, code: str, form: Form, file: Path | None) -> int:
    """Write a language, also one that is to be begun, to `file`, else to the standard output; return 0.

    Raises OSError, and Unreadable where the locale files have errors.
    """
    _usable(code)
    sources = read_folder(folder)
    base = sound(BASE, sources, "id")
    units = units_of(base, _script(code, sources), sources[BASE], notes.read(folder, code), _languages(sources))
    data = form.write(Batch(base.code, code, units))
    if file:
        file.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
    return 0


def take_in(folder: Path, form: Form, data: bytes, lang: str, *, as_json: bool) -> int:
    """Take what came back into its locale file and print what became of it; return 1 where a text was refused.

    The file is written as a whole or not at all. Raises OSError and Unreadable.
    """
    back = form.read(data)
    _usable(back.code)
    path = folder / f"{back.code}.toml"
    with locked(folder / DRAFTS):
        before = path.read_bytes() if path.exists() else b""
        sources = {**read_folder(folder), **({path.name: _text(before)} if before else {})}
        taken = take(sources, back, lang)
        if taken.text != _text(before):
            save(path, (BOM if before.startswith(BOM) else b"") + taken.text.encode())
        made = notes.read(folder, back.code)
        after = noted(made, back, taken)
        if after != made:
            notes.write(folder, back.code, after)
    _show(replace(taken, text=""), taken_told(taken, lang), as_json=as_json)
    return int(bool(taken.refused))


def changes(folder: Path, code: str, lang: str, *, as_json: bool) -> int:
    """Print what has changed in the base since a translation was made from it; return 0.

    Raises OSError and Unreadable.
    """
    base, texts = _pair(folder, code)
    found = changes_of(base, texts, notes.read(folder, code))
    _show(found, changes_told(found, lang), as_json=as_json)
    return 0


def accept(folder: Path, code: str, lang: str) -> int:
    """Note down that every translation fits the base as it is today; return 0.

    Raises OSError and Unreadable.
    """
    notes.write(folder, code, notes.made_of(*_pair(folder, code)))
    print(sentence(lang, "accepted", file=f"{code}.toml"))
    return 0


def _pair(folder: Path, code: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of the base and those of a translation."""
    _usable(code)
    sources = read_folder(folder)
    return asked_of(sound(BASE, sources, "id")), texts_of(sound(f"{code}.toml", sources, "id"))


def _script(code: str, sources: Mapping[str, str]) -> Script:
    """Return a language; one that has no file yet has no words."""
    file = f"{code}.toml"
    return sound(file, sources, "id") if file in sources else Script(code, "", {}, {})


def _languages(sources: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the languages that are offered."""
    opened = (open_locale(file, text) for file, text in sources.items())
    return {each.script.code: each.script.name for each in opened if each.script and each.offered}


def _usable(code: str) -> None:
    if not FILE.fullmatch(f"{code}.toml"):
        raise Unreadable("no_code", code=code)
    if f"{code}.toml" == BASE:
        raise Unreadable("is_base", file=BASE)


def _text(data: bytes) -> str:
    return data.removeprefix(BOM).decode(errors="surrogateescape")


def _show(found: object, text: str, *, as_json: bool) -> None:
    print(json.dumps(msgspec.to_builtins(found), ensure_ascii=False) if as_json else text)
