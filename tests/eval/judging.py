"""What was filed against what was said: right, missing, or wrong, which is worse."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from conversations.effects import Place
from tests.eval.cases import Case, several
from tests.eval.playing import Played, holds
from tests.stage import SCRIPTS

Verdict: TypeAlias = Literal["right", "missing", "wrong"]

NUMBERS: Final = re.compile(r"\b(112|110|119)\b")
MASKED: Final = re.compile(r"[\d*]+")
FREE: Final = frozenset({"privacy", "review", "evidence"})
"""What may be asked where a message said everything."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How one thing was read, and in words what was expected and what came."""

    verdict: Verdict
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.verdict}; expected {self.expected or 'none'}, got {self.got or 'none'}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A case, how it went, and a mark for each thing that it measures."""

    case: Case
    played: Played
    marks: Mapping[str, Mark]

    @property
    def fully(self) -> bool:
        """Tell whether a message that said everything was read fully: nothing asked again, and all of it right."""
        read = [mark for name, mark in self.marks.items() if name in {"story", "region", "day"}]
        asked = set(self.played.asked) - FREE
        return not asked and all(mark.verdict == "right" for mark in read)


def judge(case: Case, played: Played) -> Judged:
    """Mark all that a case measures."""
    return Judged(case, played, dict(_marks(case, played)))


def _marks(case: Case, played: Played) -> Iterator[tuple[str, Mark]]:
    if not case.filed:
        yield "not a report", _unfiled(case, played)
        return
    yield "story", _story(case, played)
    yield "command", _taken(case, played)
    if case.personal:
        yield "personal", _masked(case, played)
    yield (
        _name(case, "region", _region_group(case)),
        _region_of(case, played.report.place if played.report else None),
    )
    if case.kind != "guided" and not _region_group(case):
        yield "region at once", _region_of(case, played.first.draft.place if played.first.draft else None)
    yield _name(case, "day", _day_group(case)), _day(case, played)
    if case.category:
        yield "category", _category(case, played)
    yield from _remarks(case, played)


def _name(case: Case, field: str, group: str) -> str:
    guided = "guided " if case.kind == "guided" else ""
    return f"{guided}{field} {group}".strip()


def _region_group(case: Case) -> str:
    if not case.regions:
        return "none"
    return "below" if case.below else "ambiguous" if case.ambiguous else ""


def _day_group(case: Case) -> str:
    if not case.days:
        return "none"
    return "unclear" if case.day_optional else ""


def _unfiled(case: Case, played: Played) -> Mark:
    """Mark a greeting, a command or nothing of use: an answer comes, no report begins, a command is obeyed."""
    draft = played.first.draft
    began = draft.story if draft else ""
    state = played.first.state if case.state else ""
    right = played.answer and not began and state == case.state
    return Mark("right" if right else "wrong", f"{case.kind} {case.state}".strip(), began or state or "no answer")


def _story(case: Case, played: Played) -> Mark:
    if played.report is None:
        return Mark("missing", "a report", f"asked {' '.join(played.asked)}")
    body = _unmasked(played.report.body, case)
    lost = next((piece for piece in played.told if _unmasked(piece, case) not in body), None)
    return Mark("wrong" if lost else "right", lost or "", played.report.body)


def _unmasked(text: str, case: Case) -> str:
    """Return a text in which it makes no difference whether the numbers are masked."""
    return MASKED.sub("#", text) if case.personal else text


def _taken(case: Case, played: Played) -> Mark:
    kept = case.kind == "guided" or holds(played.first, case.words)
    return Mark("right" if kept else "wrong", "story", played.first.state)


def _masked(case: Case, played: Played) -> Mark:
    body = played.report.body if played.report else ""
    bare = [number for number in case.personal if number in body]
    return Mark("missing" if bare else "right", "masked", " ".join(bare))


def _region_of(case: Case, place: Place | None) -> Mark:
    got = place.region_code if place else ""
    above = any(code.startswith(f"{got}.") for code in case.regions)  # the province alone
    if got in case.regions or got == "" == "".join(case.regions):
        verdict: Verdict = "right"
    else:
        verdict = "missing" if got == "" or above else "wrong"
    return Mark(verdict, " ".join(sorted(case.regions)), got)


def _day(case: Case, played: Played) -> Mark:
    got = played.report.occurred_on if played.report else None
    if got is None:
        return Mark("right" if case.day_optional else "missing", " ".join(several(case.day)), "")
    fits = any(first <= got <= last for first, last in case.days)
    return Mark("right" if fits else "wrong", " ".join(several(case.day)), str(got))


def _category(case: Case, played: Played) -> Mark:
    code = played.report.category if played.report else ""
    known = f"{code} {SCRIPTS['id'].label('category', code)}".replace("-", " ").lower() if code else ""
    fits = any(name in known for name in several(case.category))
    verdict: Verdict = "right" if fits else "wrong" if code else "missing"
    return Mark(verdict, " ".join(several(case.category)), known)


def _remarks(case: Case, played: Played) -> Iterator[tuple[str, Mark]]:
    got = " ".join(played.remarks & {"emergency", "elsewhere"})
    urgent = "emergency" in got and bool(NUMBERS.search(played.answer))
    if case.emergency:
        yield "emergency", Mark("right" if urgent else "missing", "112, 110 or 119", got)
    elif case.outside:
        yield "outside", Mark("right" if got else "missing", "where to go", got)
    elif not case.may_warn:
        yield "no remark", Mark("wrong" if got else "right", "", got)
