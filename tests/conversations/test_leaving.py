"""Who blocked us hears nothing, and what is owed on coming back; who wrote BERHENTI hears no news until MULAI."""

import pytest
from msgspec.structs import replace
from test_cases import filed, moved, played, told

from conversations.effects import File, Remind, Say
from conversations.events import Attached, Event, Filed, Lapsed, Left, Refused, Said
from conversations.session import Session

SENT = (*map(Said, ("LAPOR jalan berlubang besar depan SD 2", "Jl Kaliurang Sleman", "kemarin", "1", "1")),)


def away() -> tuple[Session, str]:
    """Return the session of a citizen who confirmed a report and then left, and the report's key."""
    session, effects = played(*SENT, Left())
    (report,) = (effect for effect in effects if isinstance(effect, File))
    return session, report.key


def test_whoever_left_is_marked_until_anything_is_heard() -> None:
    left, effects = played(Left())
    back, _ = played(Said("halo"), session=left)
    assert (left.left, effects, back.left) == (True, [], False)


def test_nothing_is_said_to_whoever_left() -> None:
    session, key = away()
    _, effects = played(
        Lapsed(session.due), Filed(key, "R1", "9165816"), moved(1), moved(2, "closed"), Attached(f"{key}/1"),
        session=session,
    )  # fmt: skip
    assert [effect for effect in effects if not isinstance(effect, Remind)] == []


def test_what_happened_meanwhile_is_known_to_status() -> None:
    session, key = away()
    session, _ = played(Filed(key, "R1", "9165816"), moved(1), moved(2, "in_progress"), session=session)
    _, effects = played(Said("STATUS"), session=session)
    number, case = (effect for effect in effects if isinstance(effect, Say))
    assert (told([number, case]), case.values["number"], case.values["status"]) == (
        ["filed.ask", "case.ask"],
        "9165816",
        "Ditindaklanjuti",
    )


def test_a_number_that_came_meanwhile_is_told_once_on_coming_back() -> None:
    session, key = away()
    session, _ = played(Lapsed(session.due), Filed(key, "R1", "9165816"), session=session)
    session, first = played(Said("terima kasih"), session=session)
    _, second = played(Said("terima kasih"), session=session)
    assert (told(first), told(second)) == (["filed.ask", "notes.welcome"], ["notes.welcome"])


def test_a_provisional_number_is_told_on_coming_back_before_there_is_another() -> None:
    session, key = away()
    session, _ = played(Lapsed(session.due), session=session)
    session, first = played(Said("terima kasih"), session=session)
    _, second = played(Filed(key, "R1", "9165816"), session=session)
    assert (told(first), told(second)) == (["queued.ask", "notes.welcome"], ["filed.ask"])


def test_a_menu_that_was_never_seen_is_asked_before_its_numbers_mean_anything() -> None:
    session, _ = played(Left(), moved(1, "closed"), session=filed())
    session, asked = played(Said("1"), session=session)
    _, answered = played(Said("1"), session=session)
    assert (told(asked), told(answered)) == (["news.closed", "filed.again"], ["filed.again"])


def test_a_report_that_was_refused_meanwhile_is_not_sent_again_by_a_number() -> None:
    session, key = away()
    session, _ = played(Refused(key), session=session)
    session, effects = played(Said("1"), session=session)
    assert (told(effects), session.draft is not None) == (["review.retry.unknown"], True)


@pytest.mark.parametrize("state", ["menu", "place", "review"])
def test_a_menu_that_was_seen_keeps_its_numbers(state: str) -> None:
    before = replace(filed(), state=state, shown=("send",), left=True)
    after, _ = played(moved(1), session=before)
    assert after.shown == ("send",)


def test_berhenti_stops_news_until_mulai_and_all_else_is_answered() -> None:
    session, effects = played(Said("BERHENTI"), moved(1), Said("STATUS"), moved(2, "in_progress"), session=filed())
    back, again = played(Said("MULAI"), moved(3, "postponed"), session=session)
    assert (told(effects), told(again), back.muted) == (
        ["notes.left", "notes.muted", "case.ask"],
        ["case.resumed", "news.postponed"],
        False,
    )


def test_mulai_says_how_each_report_stands_of_which_news_was_held_back() -> None:
    session, effects = played(*SENT, session=filed())
    second = next(effect.key for effect in effects if isinstance(effect, File))
    session, _ = played(Filed(second, "R2", "9165817"), Said("BERHENTI"), session=session)
    other = replace(moved(1, "in_progress"), report_id="R2")
    session, effects = played(moved(1), other, Said("MULAI"), session=session)
    values = next(effect.values for effect in effects if isinstance(effect, Say))
    assert (told(effects), [values[key] for key in session.shown]) == (
        ["cases.resumed"],
        ["9165817 Ditindaklanjuti", "9165816 Diteruskan ke instansi"],
    )


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((Said("BERHENTI"), Said("MULAI")), ["notes.left", "notes.resumed"]),
        (
            (Said("BERHENTI"), moved(1), Said("STATUS"), Said("MULAI")),
            ["notes.left", "notes.muted", "case.ask", "notes.resumed"],
        ),
        ((Said("MULAI"),), ["menu.ask"]),
    ],
    ids=["nothing held back", "seen by STATUS", "never stopped"],
)  # fmt: skip
def test_mulai_without_news_says_so_and_is_the_menu_where_none_was_stopped(
    events: tuple[Event, ...], said: list[str]
) -> None:
    _, effects = played(*events, session=filed())
    assert told(effects) == said


@pytest.mark.parametrize("type_", ["status_changed", "agency_message", "agency_question", "closing_soon"])
def test_nothing_of_an_agency_comes_through_after_berhenti(type_: str) -> None:
    session, _ = played(Said("BERHENTI"), session=filed())
    _, effects = played(moved(1, "in_progress", type_, "Mohon dijawab"), session=session)
    assert effects == []


def test_a_case_called_done_is_disputed_by_a_word_though_its_news_was_held_back() -> None:
    session, _ = played(Said("BERHENTI"), moved(1, "closed"), session=filed())
    _, effects = played(Said("BELUM"), session=session)
    assert told(effects) == ["dispute.ask"]


def test_the_number_of_a_report_that_was_just_sent_is_told_after_berhenti() -> None:
    session, _ = played(Said("BERHENTI"))
    session, effects = played(*SENT, session=session)
    key = next(effect.key for effect in effects if isinstance(effect, File))
    assigned = replace(moved(1, "submitted", "tracking_id_assigned"), tracking_id="9165816")
    session, effects = played(Lapsed(session.due), Filed(key, "R1"), assigned, session=session)
    assert (told(effects), session.muted) == (["queued.ask", "filed.muted"], True)


def test_berhenti_leaves_a_report_that_is_being_written() -> None:
    writing, _ = played(Said("LAPOR jalan berlubang besar depan SD 2"))
    _, effects = played(Said("berhenti"), Said("Jl Kaliurang Sleman"), session=writing)
    assert told(effects) == ["notes.left", "day.ask"]


def test_berhenti_outlives_erasing_and_blocking() -> None:
    session, _ = played(Said("BERHENTI"), Left(), Said("HAPUS DATA"), Said("1"), session=filed())
    _, effects = played(moved(1), session=session)
    assert (session.muted, session.cases, effects) == (True, (), [])
