"""One line of the table: a fault, what was promised, what was counted, and whose report was not as promised."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tests.faults.counts import GOOD, Counts, total
from tests.faults.people import Reporter
from tests.faults.town import Town

HEAD = "| fault | reports | expected | counted |\n|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Case:
    """A report under a fault: `what` says where it struck; `twice` more repetitions are allowed than `expected`."""

    what: str
    reporter: Reporter
    expected: Counts = GOOD
    twice: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """What came of reports under one fault; `broken` tells of each that was not as promised."""

    name: str
    reports: int
    expected: Counts
    counted: Counts
    twice: int
    broken: tuple[str, ...] = ()

    @property
    def judged(self) -> Counts:
        """Return what was counted, without the repetitions that are allowed."""
        allowed = self.expected.twice <= self.counted.twice <= self.expected.twice + self.twice
        return replace(self.counted, twice=self.expected.twice) if allowed else self.counted

    @property
    def good(self) -> bool:
        """Tell whether all is as promised."""
        return self.reports > 0 and self.judged == self.expected and not self.broken

    def __str__(self) -> str:
        bound = f" (at most {self.twice})" if self.twice else ""
        return f"| {self.name} | {self.reports} | {self.expected}{bound} | {self.counted} |"


def row(town: Town, name: str, cases: Iterable[Case]) -> Row:
    """Count what came of reports that have ended."""
    found = [(case, town.counts(case.reporter)) for case in cases]
    return Row(
        name,
        len(found),
        total(case.expected for case, _ in found),
        total(counted for _, counted in found),
        sum(case.twice for case, _ in found),
        tuple(
            f"{case.what}: {counted}: {case.reporter.screen}"
            for case, counted in found
            if not counted.within(case.expected, case.twice)
        ),
    )
