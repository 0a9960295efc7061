"""How citizens write, and what should be understood of it: the cases that reading is measured on.

The words of the files are explained in `cases/README.md`.
"""

import re
import tomllib
import zlib
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import msgspec

FOLDER: Final = Path(__file__).parent / "cases"
AMBIGUOUS: Final = "ambiguous"
NONE: Final = "none"
OPENING: Final = re.compile(r"\A(?:lapor|pengaduan)\b[\s:,.#!-]*", re.IGNORECASE)

Kind: TypeAlias = Literal["report", "question", "guided", "greeting", "junk", "control"]
Phone: TypeAlias = Literal["sms", "whatsapp", "telegram"]
FILED: Final[frozenset[Kind]] = frozenset({"report", "question", "guided"})


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """One first message, what should be read from it, and what else the citizen knows."""

    file: str
    text: str
    channel: Phone
    kind: Kind = "report"
    region: str | tuple[str, ...] = ()
    meant: str = ""
    meant_name: str = ""
    below: bool = False
    day: str | tuple[str, ...] = ()
    category: str | tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    emergency: bool = False
    outside: bool = False
    may_warn: bool = False
    vague: bool = False
    state: str = ""
    menu: str = ""
    story: str = ""
    place: str = ""
    when: str = ""
    more: str = ""

    @property
    def held_out(self) -> bool:
        """Tell whether this case is of the third that nobody may tune on."""
        return zlib.crc32(self.text.encode()) % 3 == 0

    @property
    def filed(self) -> bool:
        """Tell whether a report should come of it."""
        return self.kind in FILED

    @property
    def words(self) -> str:
        """Return what must be filed word for word: the story without an opening LAPOR."""
        return self.story or OPENING.sub("", self.text.strip(), count=1)

    @cached_property
    def regions(self) -> frozenset[str]:
        """Return the codes that are right; none where no region is named."""
        named = several(self.region)
        return frozenset({*named, self.meant} - {AMBIGUOUS, ""}) if named else frozenset()

    @property
    def ambiguous(self) -> bool:
        """Tell whether asking which region is meant is right."""
        return AMBIGUOUS in several(self.region)

    @cached_property
    def days(self) -> tuple[tuple[date, date], ...]:
        """Return the spans of days that are right, first and last day of each; none where no day is said."""
        return tuple(map(span, (each for each in several(self.day) if each != NONE)))

    @property
    def day_optional(self) -> bool:
        """Tell whether reading no day is right too."""
        return NONE in several(self.day) or not self.day

    @property
    def complete(self) -> bool:
        """Tell whether the first message says what, where and when, and nothing has to be asked."""
        read = self.regions and self.days and not self.day_optional
        asked = self.ambiguous or self.below or self.vague or self.personal or self.outside
        return self.kind in {"report", "question"} and bool(read) and not asked


def several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return one value or several as several."""
    return (value,) if isinstance(value, str) else value


def span(text: str) -> tuple[date, date]:
    """Read `2026-11-23` or `2026-11-15..2026-11-22`.

    Raises ValueError.
    """
    first, _, last = text.partition("..")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def load(folder: Path = FOLDER) -> tuple[Case, ...]:
    """Return every case of a folder.

    Raises msgspec.ValidationError and tomllib.TOMLDecodeError where a file cannot be understood.
    """
    return tuple(case for path in sorted(folder.glob("*.toml")) for case in _file(path))


def _file(path: Path) -> list[Case]:
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    cases = data.pop("case")
    return [msgspec.convert({**data, **case, "file": path.stem}, Case) for case in cases]


def faults(cases: tuple[Case, ...], codes: frozenset[str], today: date) -> list[str]:
    """Say what is wrong with cases: unknown codes, days to come, the same text twice, choices without an answer."""
    texts = [case.text for case in cases if case.kind != "guided"]
    twice = [f"twice: {text}" for text in set(texts) if texts.count(text) > 1]
    return [*twice, *(f"{fault}: {case.text}" for case in cases for fault in _faults(case, codes, today))]


def _faults(case: Case, codes: frozenset[str], today: date) -> list[str]:
    unread = [number for number in case.personal if number not in case.text]
    later = [last for _, last in case.days if last > today + timedelta(days=6)]  # the end of a span such as a week
    return [
        *(f"unknown code {code}" for code in case.regions - codes),
        *(f"not in the text: {number}" for number in unread),
        *(f"not yet: {day}" for day in later),
        *(["a choice without an answer"] if case.ambiguous and not (case.meant and case.meant_name) else []),
    ]
