"""The recorded conversations of the source tree, and whether the words in use still hold them."""

import os
from collections.abc import Mapping
from datetime import datetime
from errno import ENOTDIR
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot import knowledge
from conversations.checking import Finding, load_all
from conversations.checking.transcripts import outdated
from conversations.script import Script
from conversations.tongues import Polyglot

RECORDED: Final = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
"""When every recorded conversation takes place."""


class Given:
    """The languages of locale files that are in no use yet."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._scripts, known = load_all(sources)
        self._polyglot = Polyglot(known)

    def current(self) -> Mapping[str, Script]:
        """Return those that citizens may choose, by code."""
        return self._scripts

    def polyglot(self) -> Polyglot:
        """Return the words of all."""
        return self._polyglot


def read(folder: Path) -> dict[str, str]:
    """Return the text of every recorded conversation under a folder by its name, such as `id/sms-lurus.chat`.

    Raises OSError.
    """
    if not folder.is_dir():
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder))
    paths = sorted(folder.rglob("*.chat"))
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8", errors="replace") for path in paths
    }


def broken(folder: Path, sources: Mapping[str, str], lang: str = "id") -> tuple[Finding, ...]:
    """Return a warning for each recorded conversation that locale files no longer hold.

    Raises BrokenScripts where they have an error, and OSError.
    """
    return tuple(outdated(read(folder), Given(sources), knowledge.load(), RECORDED, lang))
