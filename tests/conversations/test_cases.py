"""Case events in any order, files that come late, and numbers that are owed."""

import pytest

from conversations.channel import SMS, WHATSAPP, Channel
from conversations.effects import Attach, Effect, File, Reply, Say
from conversations.events import Attached, CaseMoved, Event, Filed, Lapsed, Said, SentMedia
from conversations.flow import begin, step
from conversations.rehearsal import PROMPT
from conversations.session import Session
from conversations.turn import Turn
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, SCRIPTS

STORY = ("LAPOR jalan berlubang besar depan SD 2", "Jl Kaliurang Sleman", "kemarin")


def played(*events: Event, channel: Channel = SMS, session: Session | None = None) -> tuple[Session, list[Effect]]:
    """Take events one after the other; return the session and every effect."""
    session, effects = session or begin(), []
    for number, event in enumerate(events, len(session.cases) * 100):
        fresh = f"00000000-0000-4000-8000-{number:012d}"
        session, more = step(
            session,
            event,
            Turn(NOW, channel, SCRIPTS, "id", KNOWLEDGE, LANGUAGES.polyglot(), fresh, "BCDF-GHJK", service=PROMPT),
        )
        effects += more
    return session, effects


def filed() -> Session:
    session, effects = played(*map(Said, (*STORY, "1", "1")))
    (report,) = (effect for effect in effects if isinstance(effect, File))
    session, _ = played(Filed(report.key, "R1", "9165816"), session=session)
    return session


def moved(
    sequence: int, status: str = "verified", type_: str = "status_changed", text: str | None = None
) -> CaseMoved:
    return CaseMoved(type_, "R1", status, sequence, message=text)  # type: ignore[arg-type]


def told(effects: list[Effect]) -> list[str]:
    return [f"{effect.section}.{effect.text}" for effect in effects if isinstance(effect, Say)]


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([moved(1), moved(1)], ["news.verified"]),
        ([moved(2, "in_progress"), moved(1, "verified")], ["news.in_progress"]),
        (
            [moved(3, "in_progress"), moved(1, "verified", "agency_message", "halo"), moved(1)],
            ["news.in_progress", "news.agency_message"],
        ),
        ([moved(1, "in_progress", text="besok")], ["news.in_progress"]),
        ([moved(1, "closed"), moved(1, "closed")], ["verdict.ask"]),
    ],
    ids=["repeated", "status out of order", "message out of order", "with a message", "closed"],
)
def test_every_event_is_told_once_and_no_status_goes_back(events: list[CaseMoved], said: list[str]) -> None:
    _, effects = played(*events, session=filed())
    assert told(effects) == said


def test_an_event_of_a_report_that_was_erased_is_still_told() -> None:
    _, effects = played(moved(1))
    assert told(effects) == ["news.verified"]


def test_the_tracking_id_is_told_once_whichever_way_it_comes_first() -> None:
    session, effects = played(*map(Said, (*STORY, "1", "1")))
    key = next(effect.key for effect in effects if isinstance(effect, File))
    assigned = CaseMoved("tracking_id_assigned", "R1", "submitted", 1, tracking_id="9165816")
    session, effects = played(Filed(key, "R1"), assigned, Filed(key, "R1", "9165816"), session=session)
    assert told(effects) == ["filed.ask"]


def test_an_answer_without_the_word_balas_goes_to_the_agency_that_asked() -> None:
    session = filed()
    session, effects = played(*map(Said, (*STORY, "1", "1")), session=session)
    second = next(effect.key for effect in effects if isinstance(effect, File))
    events = (Filed(second, "R2", "9165817"), moved(1, type_="agency_question", text="Di mana?"))
    session, _ = played(*events, session=session)
    answer = "di depan sekolah dasar negeri dua pak"
    _, effects = played(Said("menu"), Said(answer), Said("1"), session=session)
    replies = [effect for effect in effects if isinstance(effect, Reply)]
    assert [(reply.report_id, reply.body) for reply in replies] == [("R1", answer)]


def with_photo() -> tuple[Session, list[Effect]]:
    events = (*map(Said, STORY), SentMedia("photo", "ref"), Said("1"), Said("1"))
    return played(*events, channel=WHATSAPP)


def test_a_report_waits_two_seconds_for_its_files() -> None:
    session, effects = with_photo()
    assert [type(effect) for effect in effects if isinstance(effect, Attach | File)] == [Attach]
    _, effects = played(Lapsed(session.due), session=session)
    assert [effect.attachments for effect in effects if isinstance(effect, File)] == [()]


def test_a_file_that_is_there_in_time_is_in_the_report() -> None:
    session, effects = with_photo()
    key = next(effect.key for effect in effects if isinstance(effect, Attach))
    _, effects = played(Attached(key, "A1"), session=session)
    assert [effect.attachments for effect in effects if isinstance(effect, File)] == [("A1",)]


@pytest.mark.parametrize("attached_first", [True, False])
def test_a_file_that_comes_late_is_sent_after_the_report_once(attached_first: bool) -> None:  # noqa: FBT001
    session, effects = with_photo()
    attach = next(effect.key for effect in effects if isinstance(effect, Attach))
    session, effects = played(Lapsed(session.due), session=session)
    report = next(effect.key for effect in effects if isinstance(effect, File))
    outcomes = [Attached(attach, "A1"), Filed(report, "R1", "9165816")]
    session, effects = played(*(outcomes if attached_first else outcomes[::-1]), session=session)
    assert [effect.attachments for effect in effects if isinstance(effect, Reply)] == [("A1",)]
    assert session.sending == ()


def test_a_number_that_is_owed_is_told_when_the_deadline_has_come_and_only_once() -> None:
    session, _ = played(*map(Said, (*STORY, "1", "1")))
    session, first = played(Lapsed(session.due), session=session)
    _, second = played(Lapsed(session.due), session=session)
    assert (told(first), told(second)) == (["queued.ask"], [])
