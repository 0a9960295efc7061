"""What a check found: a line of the doctor's report."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from bot.config import Settings

Level: TypeAlias = Literal["ok", "warning", "fault"]

OFF: Final = "off, for its variables are not set"


class Finding(msgspec.Struct, frozen=True):
    """What was found of one thing and, where it is not well, how to mend it; never a secret."""

    check: str
    level: Level
    found: str
    mend: str = ""


Check: TypeAlias = Callable[[Settings], Awaitable[Sequence[Finding]]]


def ok(check: str, found: str) -> Finding:
    """Say that a thing is well."""
    return Finding(check, "ok", found)


def warning(check: str, found: str, mend: str = "") -> Finding:
    """Say that a thing works and should be looked at."""
    return Finding(check, "warning", found, mend)


def fault(check: str, found: str, mend: str) -> Finding:
    """Say that a thing does not work."""
    return Finding(check, "fault", found, mend)
