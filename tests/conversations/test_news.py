"""News is told once, together, in the morning; what cannot wait does not."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace
from test_cases import filed, moved, told

from conversations.channel import SMS
from conversations.effects import Effect, Remind
from conversations.events import CaseMoved, Event, Lapsed, Said
from conversations.flow import step
from conversations.session import Session
from conversations.turn import Turn
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, SCRIPTS

EVENING = NOW.replace(hour=22)


def after(session: Session, now: datetime, *events: Event) -> tuple[Session, list[Effect]]:
    """Take events at one time, with the usual service."""
    effects: list[Effect] = []
    for number, event in enumerate(events):
        turn = Turn(now, SMS, SCRIPTS, "id", KNOWLEDGE, LANGUAGES.polyglot(), f"fresh-{number}", "BCDF-GHJK")
        session, more = step(session, event, turn)
        effects += more
    return session, effects


def when(session: Session) -> datetime:
    """Return the deadline of news."""
    return datetime.fromtimestamp(session.wakes / 1000, NOW.tzinfo)


def at(sequence: int, type_: str, status: str, **more: object) -> CaseMoved:
    return replace(moved(sequence, status, type_), **more)


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([at(1, "status_changed", "verified"), at(2, "status_changed", "verified")], ["news.verified"]),
        (
            [at(1, "agency_message", "verified", message="a"), at(2, "agency_message", "verified", message="a")],
            ["news.agency_message"],
        ),
        ([moved(1), at(2, "agency_message", "verified", message="a")], ["news.verified"]),
        ([at(2, "status_changed", "in_progress"), at(1, "status_changed", "verified")], ["news.in_progress"]),
        (
            [at(1, "status_changed", "verified"), at(2, "agency_question", "verified", message="a")],
            ["news.verified", "question.ask"],
        ),
        ([at(1, "status_changed", "submitted")], []),
        ([at(1, "status_changed", "closed"), at(2, "status_changed", "in_progress")], ["news.reopened"]),
        ([at(1, "agency_question", "verified", message="a"), at(2, "status_changed", "closed")], ["verdict.ask"]),
    ],
    ids=["status again", "message again", "status and message", "overtaken", "status and question", "known",
         "reopened", "question withdrawn"],
)  # fmt: skip
def test_what_comes_within_a_minute_is_told_once_and_together(events: list[CaseMoved], said: list[str]) -> None:
    session, early = after(filed(), NOW, *events)
    _, late = after(session, NOW + timedelta(seconds=61), Lapsed(session.wakes))
    assert (told(early), told(late)) == ([], said)


@pytest.mark.parametrize(
    ("region", "hour", "held"),
    [
        ("34.04", 22, True), ("34.04", 20, False), ("34.04", 6, True), ("34.04", 7, False),
        ("51.03", 20, True), ("51.03", 6, False), ("91.71", 19, True), ("91.71", 5, False), ("", 22, True),
    ],
)  # fmt: skip
def test_the_night_is_that_of_the_reports_province(region: str, hour: int, held: bool) -> None:  # noqa: FBT001
    session = filed()
    session = replace(session.with_case(replace(session.cases[0], region=region)), heard=0)
    now = NOW.replace(hour=hour)
    session, _ = after(session, now, moved(1))
    _, effects = after(session, now + timedelta(seconds=61), Lapsed(session.wakes))
    assert (told(effects) == []) is held


def test_the_morning_comes_within_ten_minutes_of_seven() -> None:
    session, _ = after(replace(filed(), heard=0), EVENING, moved(1))
    session, effects = after(session, EVENING + timedelta(seconds=61), Lapsed(session.wakes))
    seven = (EVENING + timedelta(days=1)).replace(hour=7)
    assert seven <= when(session) < seven + timedelta(minutes=10)
    assert [type(effect) for effect in effects] == [Remind]


def test_what_closes_today_does_not_wait_for_the_morning() -> None:
    closing = at(1, "closing_soon", "in_progress", closes_on=EVENING.date())
    session, _ = after(replace(filed(), heard=0), EVENING, closing)
    _, effects = after(session, EVENING + timedelta(seconds=61), Lapsed(session.wakes))
    assert told(effects) == ["news.closing_soon"]


def test_whoever_asks_for_status_at_night_is_answered_and_told_nothing_twice() -> None:
    session, _ = after(filed(), EVENING, moved(1))
    session, asked = after(session, EVENING + timedelta(minutes=30), Said("STATUS"))
    _, later = after(session, EVENING + timedelta(hours=12), Lapsed(session.wakes))
    assert (told(asked), told(later)) == (["case.ask"], [])


def test_news_that_waits_is_no_news_after_berhenti() -> None:
    session, _ = after(filed(), EVENING, moved(1))
    session, effects = after(session, EVENING + timedelta(minutes=30), Said("BERHENTI"))
    _, later = after(session, EVENING + timedelta(hours=12), Lapsed(1))
    assert (told(effects), told(later), session.cases[0].missed) == (["notes.left"], [], True)
