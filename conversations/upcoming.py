"""What comes next in a case, and by when: as words that stand in many texts."""

from datetime import date
from typing import Final

from conversations.channel import Channel
from conversations.script import Script, fill
from conversations.session import Case
from conversations.turn import Turn

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

UNDATED: Final = ("postponed", "out_of_authority", "archived", "solved")
"""The steps of which nobody can say when they end."""
DATED: Final = (
    "submitted",
    "verified",
    "in_progress",
    "answered_by_reporter",
    "closed",
    "verdict",
    "question",
    "reply",
)
"""The steps that may have a date; their texts have a second form, with `_by` behind the name."""
STEPS: Final = (*UNDATED, *(name for step in DATED for name in (step, f"{step}_by")))

OVER: Final = frozenset({"closed", "archived", "out_of_authority", "postponed"})
"""The states of a case in which no agency waits for an answer."""


def step_of(case: Case) -> str:
    """Return what a case waits for."""
    if case.question and case.status not in OVER:
        return "question"
    if case.status == "closed" and case.solved:
        return "solved"
    return "answered_by_reporter" if case.answered else case.status


def due_on(case: Case, turn: Turn) -> date | None:
    """Return by when the step is due that a case waits for; None where nobody can say, or the day is past."""
    service = turn.service
    since = case.since or turn.today
    match step_of(case):
        case "submitted":
            due = turn.ahead(since, service.verify_days)
        case "verified" | "answered_by_reporter":
            due = turn.ahead(since, service.answer_days)
        case "question" | "closed":
            due = case.closes_on or turn.ahead(since, service.silent_days)
        case "in_progress" if case.closes_on:
            due = case.closes_on
        case _:
            return None
    return due if due >= turn.today else None


def next_of(case: Case, turn: Turn, script: Script, step: str = "") -> str:
    """Return what comes next and by when, in words; `step` says it in other words than the case's step has."""
    name, due = step or step_of(case), due_on(case, turn)
    text = script.text("next", f"{name}_by" if due and name in DATED else name, turn.channel.name)
    return fill(text, {"by": dated(due, turn, script)}) if due else text


def dated(day: date, turn: Turn, script: Script) -> str:
    """Return a day as it is told: Senin 30 November, by SMS 30-11; with the year where that is another."""
    return shown(day, script, turn.channel, year=day.year != turn.today.year)


def shown(day: date, script: Script, channel: Channel, *, year: bool) -> str:
    """Return a day in the words of one language and in the room of one channel."""
    if channel.name == "sms":
        return f"{day:%d-%m-%Y}" if year else f"{day:%d-%m}"
    names = (
        script.text("dates", WEEKDAYS[day.weekday()]),
        str(day.day),
        script.text("dates", MONTHS[day.month - 1]),
    )
    return " ".join((*names, str(day.year)) if year else names)
