"""What the tests of the workshop share: a folder of locale files and a clock that goes on by a minute a look."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from bot.studio.edits import SetText
from bot.studio.workshop import Workshop
from bot.variables import LOCALES

START: Final = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
RATED: Final = re.compile(r'(?m)^(\[rated\]\nask = )"(.*)"$')


def minutes() -> Callable[[], datetime]:
    """Return a clock that is a minute later at every look."""
    passed = count()
    return lambda: START + timedelta(minutes=next(passed))


def folder_at(path: Path) -> Path:
    """Return a copy of the shipped folder."""
    return Path(shutil.copytree(LOCALES, path, ignore=shutil.ignore_patterns(".*")))


def workshop_at(folder: Path) -> Workshop:
    """Return a workshop for a folder."""
    return Workshop(folder, "id", clock=minutes())


def source(folder: Path, code: str = "id") -> str:
    """Return the text of a locale file as it is."""
    return (folder / f"{code}.toml").read_bytes().decode(errors="surrogateescape")


def rated(text: str, channel: str = "") -> SetText:
    """Return an edit of the text of [rated]."""
    return SetText("rated", "ask", channel, text)


def saying(text: str) -> str:
    """Return the shipped base file with a text for [rated]."""
    return RATED.sub(rf'\1"{text}"', (LOCALES / "id.toml").read_text(encoding="utf-8"))


USUAL: Final = (RATED.search((LOCALES / "id.toml").read_text(encoding="utf-8")) or [""] * 3)[2]
"""The shipped text of [rated]."""
