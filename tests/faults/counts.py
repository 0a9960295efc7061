"""What is counted after a fault: reports, numbers, answers, silences and repetitions."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of reports: how many were filed, how many tracking ids told, how many typed answers lost.

    `silent` messages got no answer, `twice` messages came more than once.
    """

    filed: int = 0
    told: int = 0
    lost: int = 0
    silent: int = 0
    twice: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        return ", ".join(map(str, astuple(self)))

    def within(self, expected: "Counts", twice: int) -> bool:
        """Tell whether this is what was expected, or more repetitions, by no more than `twice`."""
        rest = Counts(self.filed, self.told, self.lost, self.silent, expected.twice)
        return rest == expected and expected.twice <= self.twice <= expected.twice + twice


GOOD = Counts(filed=1, told=1)
"""What is promised for one report, whatever happens."""


def total(counts: Iterable[Counts]) -> Counts:
    """Add counts up."""
    return sum(counts, Counts())


class Filed(NamedTuple):
    """A report as the desk keeps it."""

    tracking_id: str
    content: dict[str, Any]


def filed(database: Path) -> dict[str, list[Filed]]:
    """Read the desk's file: the reports of each address, in the order in which they were filed."""
    found: dict[str, list[Filed]] = {}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)) as desk:
        for tracking_id, content in desk.execute("SELECT tracking_id, content FROM reports ORDER BY number"):
            report = json.loads(content)
            found.setdefault(report["reporter"]["address"], []).append(Filed(tracking_id or "", report))
    return found
