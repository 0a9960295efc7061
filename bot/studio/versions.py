"""What the workshop tells: languages, published texts and drafts, and why something is not published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.studio.differences import Change
from conversations.checking import check_file
from conversations.checking.locale import open_locale

BOM: Final = b"\xef\xbb\xbf"


class NoLanguage(LookupError):
    """There is no locale file for that language."""


class Unchanged(Exception):
    """There is nothing to publish."""


class Clash(Exception):
    """Somebody published meanwhile: `by` whom (empty if not known), `at` what time, and what `changes`."""

    def __init__(self, by: str, at: datetime, changes: tuple[Change, ...]) -> None:
        super().__init__(f"published by {by or 'somebody'} at {at:%Y-%m-%d %H:%M}")
        self.by = by
        self.at = at
        self.changes = changes


@dataclass(frozen=True, slots=True)
class Language:
    """A locale file as it is published: whether it is `reviewed`, and how many errors and warnings it has."""

    code: str
    name: str
    file: str
    reviewed: bool
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Version:
    """A published text; `mark` is a short hash of the file's bytes."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An administrator's text of a language; `base` is the mark of the version that it was begun from.

    `changed` says that it differs from that version, `behind` that somebody published meanwhile.
    """

    code: str
    who: str
    text: str
    base: str
    changed: bool
    behind: bool


def language_of(file: str, sources: Mapping[str, str]) -> Language:
    """Return what is to be known of one of the locale files, given by name."""
    code = file.removesuffix(".toml")
    locale = open_locale(file, sources[file])
    levels = [finding.level for finding in check_file(file, sources)]
    name = locale.script.name if locale.script else code
    reviewed = locale.script is not None and locale.offered
    return Language(code, name, file, reviewed, levels.count("error"), levels.count("warning"))


def text_of(data: bytes) -> str:
    """Return the text of a file; a byte that is no UTF-8 is written as no TOML has it, to be seen and mended."""
    return data.removeprefix(BOM).decode(errors="backslashreplace")


def plain_lines(text: str) -> str:
    """Return a text with line ends as Python reads them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
