"""Drafts set aside: what was typed comes back, however many there are."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from test_cases import played, told

from conversations.channel import SMS, WHATSAPP, Channel
from conversations.effects import File
from conversations.events import Event, Refused, Said, SentMedia, SharedPlace, Tapped
from conversations.flow import step
from conversations.session import Draft, Session
from conversations.shelf import KEPT, MOST
from conversations.turn import Turn
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, SCRIPTS

SET_ASIDE = int(NOW.timestamp())


def draft(number: int, aside: int = SET_ASIDE) -> Draft:
    return Draft(f"{number:036d}", "BCDF-GHJK", f"jalan rusak dan berlubang nomor {number}", aside=aside)


def filled(state: str = "place", aside: int = SET_ASIDE) -> Session:
    """Return the session of a citizen who set aside as many drafts as there is room for, and writes one more."""
    shelf = tuple(draft(number, aside) for number in range(MOST))
    return Session(state, draft=draft(MOST, 0), shelf=shelf, informed=True, heard=SET_ASIDE)


def stories(session: Session) -> list[int]:
    """Return the numbers of the drafts on the shelf, the lowest first."""
    return [int(each.story.rpartition(" ")[2]) for each in session.shelf]


def test_ten_drafts_are_kept() -> None:
    texts = [text for number in range(MOST) for text in (f"LAPOR {draft(number).story}", "BATAL")]
    session, _ = played(*map(Said, texts))
    assert (session.draft, stories(session)) == (None, list(range(MOST)))


def test_restoring_goes_from_the_last_to_the_first_and_around() -> None:
    session, found = replace(filled(), draft=None, shelf=(draft(0), draft(1), draft(2))), []
    for _ in range(4):
        session, _ = played(Said("PULIHKAN"), session=session)
        assert session.draft is not None
        found.append(session.draft.story[-1])
    assert found == ["2", "1", "0", "2"]


@pytest.mark.parametrize(
    "event",
    [Said("LAPOR selokan mampet dan banjir"), SentMedia("photo", "ref"), SharedPlace(-7.75, 110.38)],
    ids=["a story", "a photo", "a place"],
)
@pytest.mark.parametrize("channel", [SMS, WHATSAPP], ids=lambda channel: channel.name)
def test_on_a_full_shelf_a_new_report_is_not_begun_and_says_so(event: Event, channel: Channel) -> None:
    before = filled("menu")
    after, effects = played(event, channel=channel, session=before)
    assert (told(effects), after.draft, after.shelf) == (["notes.shelf_full"], before.draft, before.shelf)


def test_a_report_that_is_being_written_goes_on_where_no_other_can_begin() -> None:
    before = filled()
    after, effects = played(Said("LAPOR selokan mampet dan banjir"), session=before)
    assert (told(effects), after.draft) == (["notes.shelf_full", "place.ask"], before.draft)


@pytest.mark.parametrize("event", [Said("BATAL"), Said("3"), Tapped("review.0.aside")], ids=str)
def test_with_a_full_shelf_a_report_that_is_put_off_stays_the_present_one(event: Event) -> None:
    before = replace(filled("review"), shown=("send", "edit", "aside"))
    after, effects = played(event, session=before)
    assert (told(effects), after.draft, after.shelf) == (["menu.ask"], before.draft, before.shelf)
    assert "resume" in after.shown


@pytest.mark.parametrize(("seconds", "kept"), [(KEPT, MOST), (KEPT + 1, 1)], ids=["in time", "after"])
def test_a_full_shelf_makes_room_by_drafts_that_were_kept_their_time(seconds: int, kept: int) -> None:
    later = Turn(
        NOW + timedelta(seconds=seconds), SMS, SCRIPTS, "id", KNOWLEDGE, LANGUAGES.polyglot(), "fresh", "BCDF-GHJK"
    )
    session, _ = step(filled(), Said("BATAL"), later)
    assert len(session.shelf) == kept


def test_a_draft_set_aside_before_dates_were_kept_is_not_taken_for_old() -> None:
    before = filled(aside=0)
    after, _ = played(Said("BATAL"), session=before)
    assert after.shelf == before.shelf


def test_a_refused_report_finds_a_place_on_a_full_shelf() -> None:
    before = replace(filled(), sending=(draft(99),))
    after, effects = played(Refused(draft(99).id), session=before)
    assert (told(effects), stories(after)) == (["notes.refused_later"], [*range(MOST), 99])


def test_sending_one_makes_room() -> None:
    complete = replace(filled("review"), shown=("send", "edit", "aside"))
    session, effects = played(Said("1"), Said("PULIHKAN"), session=complete)
    new, _ = played(Said("LAPOR selokan mampet dan banjir"), session=session)
    assert [type(effect) for effect in effects if isinstance(effect, File)] == [File]
    assert (len(session.shelf), len(new.shelf)) == (MOST - 1, MOST)
