"""Citizens who blocked us or opted out are left in peace, and hear what they are owed when they come back."""

import pytest
from msgspec.structs import replace
from test_cases import filed, moved, played, told

from conversations.effects import File, Remind, Say
from conversations.events import Attached, Filed, Lapsed, Left, Refused, Said
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
    assert (told(asked), told(answered)) == (["verdict.retry.unknown"], ["stars.ask"])


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


def test_berhenti_stops_news_until_the_citizen_writes_again() -> None:
    session, effects = played(Said("BERHENTI"), moved(1), session=filed())
    back, news = played(Said("STATUS"), moved(2, "in_progress"), session=session)
    assert (told(effects), told(news), back.left) == (
        ["notes.left"],
        ["case.ask", "news.in_progress_bare"],
        False,
    )


def test_berhenti_leaves_a_report_that_is_being_written() -> None:
    writing, _ = played(Said("LAPOR jalan berlubang besar depan SD 2"))
    session, effects = played(Said("berhenti"), Said("Jl Kaliurang Sleman"), session=writing)
    assert (told(effects), session.left) == (["notes.left", "day.ask"], False)
