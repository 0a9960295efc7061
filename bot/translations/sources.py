"""Which text of the base each text of a translation was made from: `.sources/LANG.json` beside the locale files.

It is a file of its own because a comment for each text would double every locale file, and stand in the way of
those who edit it. It keeps the whole source, not its hash, so that the old wording can be shown beside the new one.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from bot.studio.keeping import save

FOLDER: Final = ".sources"
LETTERS: Final = 12


class Made(msgspec.Struct, frozen=True):
    """The `source` that a translation was made from; the `mark` tells whether it is still that translation."""

    source: str
    mark: str


def path_of(folder: Path, code: str) -> Path:
    """Return where the sources of a language are kept."""
    return folder / FOLDER / f"{code}.json"


def read(folder: Path, code: str) -> dict[str, Made]:
    """Return what is known of a language, by key; nothing where it was never noted down.

    Raises OSError, and msgspec.DecodeError where the file is not what was written.
    """
    try:
        return msgspec.json.decode(path_of(folder, code).read_bytes(), type=dict[str, Made])
    except FileNotFoundError:
        return {}


def write(folder: Path, code: str, made: Mapping[str, Made]) -> None:
    """Keep what is known of a language, one text to a line. Raises OSError."""
    path = path_of(folder, code)
    path.parent.mkdir(exist_ok=True)
    plain = msgspec.to_builtins(dict(sorted(made.items())))
    save(path, (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode())


def mark_of(text: str) -> str:
    """Return what tells a translation from another one."""
    return sha256(text.encode()).hexdigest()[:LETTERS]


def outdated(key: str, source: str, target: str, made: Mapping[str, Made]) -> bool:
    """Tell whether the base has changed since a translation was made.

    One that was edited since it was noted down counts as made from the base of today.
    """
    known = made.get(key)
    return known is not None and known.mark == mark_of(target) and known.source != source


def made_of(base: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, Made]:
    """Return what is to be noted down of a translation that fits its base as it is."""
    return {key: Made(base[key], mark_of(text)) for key, text in texts.items() if key in base}
