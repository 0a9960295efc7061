"""The code that lets a second phone follow a report."""

import re
import unicodedata
from datetime import date
from typing import ClassVar, Final

from conversations.answers.problem import Problem

_BEFORE: Final = re.compile(r"\s*(?:(?:ikuti|kode|kodenya|code|follow)\b[\s:]*)*", re.IGNORECASE)
_JOINTS: Final = re.compile(r"[\s.,-]+")
_CODE: Final = re.compile(r"[0-9]{8}", re.ASCII)
_MOST: Final = 60  # characters; a code stands nearly alone


class Code:
    """Reads a code of eight digits, with or without spaces in it."""

    problems: ClassVar = ("unknown",)

    def __call__(self, text: str, _today: date, /) -> str | Problem:
        """Return the digits, or say that they are no code."""
        plain = unicodedata.normalize("NFKC", text[:_MOST]).replace("\u2013", "-")
        digits = _JOINTS.sub("", plain[_BEFORE.match(plain).end() :])  # type: ignore[union-attr]  # matches nothing too
        return digits if _CODE.fullmatch(digits) else Problem("unknown")
