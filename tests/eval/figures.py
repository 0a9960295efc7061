"""The figures: each a row with what the cases to tune on and the held-out ones give, beside the target."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.eval.judging import Judged, Verdict
from tests.eval.playing import Played

Value: TypeAlias = Callable[[Sequence[Judged]], float | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, how it is counted, its unit, and the least or most that it should be."""

    name: str
    value: Value
    unit: str = "%"
    least: float | None = None
    most: float | None = None

    def kept(self, judged: Sequence[Judged]) -> bool:
        """Tell whether the target is kept; where there is nothing to count, it is."""
        value = self.value(judged)
        below = value is not None and self.least is not None and value < self.least
        above = value is not None and self.most is not None and value > self.most
        return not (below or above)

    @property
    def target(self) -> str:
        """Return the target in words."""
        if self.least is not None:
            return f">= {self.least:g}{self.unit}"
        return f"<= {self.most:g}{self.unit}" if self.most is not None else ""


def share(field: str, verdict: Verdict) -> Value:
    """Return how often a field has this verdict, in percent of the cases that measure it."""

    def percent(judged: Sequence[Judged]) -> float | None:
        marks = [each.marks[field].verdict for each in judged if field in each.marks]
        return 100 * marks.count(verdict) / len(marks) if marks else None

    return percent


def count(field: str, *verdicts: Verdict) -> Value:
    """Return how many cases have one of these verdicts for a field."""
    return lambda judged: sum(each.marks[field].verdict in verdicts for each in judged if field in each.marks)


def fully(judged: Sequence[Judged]) -> float | None:
    """Return how many of the messages that say everything were read fully, in percent."""
    whole = [each.fully for each in judged if each.case.complete]
    return 100 * sum(whole) / len(whole) if whole else None


def over(
    chosen: Callable[[Judged], bool], number: Callable[[Played], int], of: Callable[[list[int]], float]
) -> Value:
    """Return the median or the most of a number of the chosen cases that were filed."""

    def figure(judged: Sequence[Judged]) -> float | None:
        numbers = [number(each.played) for each in judged if chosen(each) and each.played.report]
        return of(numbers) if numbers else None

    return figure


def whole(judged: Judged) -> bool:
    """Tell whether the first message says everything."""
    return judged.case.complete


def whole_sms(judged: Judged) -> bool:
    """Tell whether one SMS says everything."""
    return whole(judged) and judged.case.channel == "sms"


def understood(judged: Judged) -> bool:
    """Tell whether the first message says everything and was read fully."""
    return whole(judged) and judged.fully


def understood_sms(judged: Judged) -> bool:
    """Tell whether one SMS says everything and was read fully."""
    return whole_sms(judged) and judged.fully


def guided(judged: Judged) -> bool:
    """Tell whether the citizen is led through the questions."""
    return judged.case.kind == "guided"


def messages(played: Played) -> int:
    """Return how many messages the citizen sent."""
    return played.messages


def segments(played: Played) -> int:
    """Return how many SMS the bot sent."""
    return played.segments


def read(field: str, *, least: float | None = None, most: float | None = None) -> Iterable[Figure]:
    """Return the three figures of a field."""
    yield Figure(f"{field}: right", share(field, "right"), least=least)
    yield Figure(f"{field}: missing", share(field, "missing"))
    yield Figure(f"{field}: wrong", share(field, "wrong"), most=most)


FIGURES: Final = (
    Figure("one message read fully", fully),
    *read("region at once"),
    *read("region", least=97, most=1),
    *read("region below"),
    *read("region ambiguous"),
    Figure("region none: wrong", share("region none", "wrong")),
    *read("day", least=97, most=1),
    Figure("day unclear: wrong", share("day unclear", "wrong")),
    Figure("day none: wrong", share("day none", "wrong")),
    *read("guided region"),
    *read("guided region ambiguous"),
    *read("guided day"),
    *read("category"),
    Figure("personal: right", share("personal", "right")),
    Figure("emergency: right", share("emergency", "right")),
    Figure("outside: right", share("outside", "right")),
    Figure("no remark: wrong", share("no remark", "wrong")),
    Figure("not a report: wrong", share("not a report", "wrong")),
    Figure("stories taken for commands", count("command", "wrong"), "", most=0),
    Figure("stories lost or cut", count("story", "missing", "wrong"), "", most=0),
    Figure("one message: messages, median", over(whole, messages, statistics.median), "", most=2),
    Figure("one message: messages, most", over(whole, messages, max), ""),
    Figure("one SMS: segments, median", over(whole_sms, segments, statistics.median), "", most=3),
    Figure("one SMS: segments, most", over(whole_sms, segments, max), ""),
    Figure("read fully: messages, most", over(understood, messages, max), "", most=2),
    Figure("read fully: SMS segments, most", over(understood_sms, segments, max), "", most=3),
    Figure("guided: messages, median", over(guided, messages, statistics.median), ""),
    Figure("guided: messages, most", over(guided, lambda played: played.telling, max), "", most=7),
    Figure("guided: with the menu before, most", over(guided, messages, max), ""),
)
