"""HAPUS DATA: all that is kept here goes, and nothing that was confirmed is lost by it."""

import pytest
from test_cases import filed, played, told

from conversations.channel import WHATSAPP
from conversations.effects import Attach, Effect, File, Forget, Remind, Reply, Say
from conversations.events import Attached, CaseMoved, Filed, Refused, Said, SentMedia
from conversations.session import Draft, Session
from tests.stage import NOW

CONFIRMED = (
    Said("LAPOR jalan berlubang besar depan SD 2"),
    Said("Jl Kaliurang Sleman"),
    Said("kemarin"),
    SentMedia("photo", "ref"),
    Said("1"),
    Said("1"),
)
ERASE = (Said("HAPUS DATA"), Said("1"))


def confirmed() -> tuple[Session, str]:
    """Return the session of a report that is confirmed and waits for its photo, and the photo's key."""
    session, effects = played(*CONFIRMED, channel=WHATSAPP)
    assert not any(isinstance(effect, File) for effect in effects)
    (attach,) = (effect for effect in effects if isinstance(effect, Attach))
    return session, attach.key


def outside(effects: list[Effect]) -> list[Effect]:
    return [effect for effect in effects if not isinstance(effect, Say | Remind)]


def test_a_confirmed_report_that_waits_for_its_photo_is_filed_before_all_is_erased() -> None:
    session, photo = confirmed()
    key = photo.rpartition("/")[0]
    session, effects = played(*ERASE, session=session, channel=WHATSAPP)
    report, forget = outside(effects)
    assert isinstance(report, File)
    assert (report.key, report.body, forget) == (
        key,
        "jalan berlubang besar depan SD 2",
        Forget((), (key,)),
    )


def test_nothing_the_citizen_wrote_stays() -> None:
    session, photo = confirmed()
    key = photo.rpartition("/")[0]
    media = session.sending[0].media
    session, _ = played(*ERASE, session=session, channel=WHATSAPP)
    assert session == Session(
        "erased",
        heard=int(NOW.timestamp()),
        sending=(Draft(key, "", media=media, handed_over=True),),
        informed=True,
    )


def test_its_number_is_told_and_nothing_is_left_then() -> None:
    session, photo = confirmed()
    key = photo.rpartition("/")[0]
    session, _ = played(*ERASE, Attached(photo, "A1"), session=session, channel=WHATSAPP)
    session, effects = played(Filed(key, "R1", "9165816"), session=session, channel=WHATSAPP)
    assert (told(effects), session.sending, session.cases) == (["filed.erased"], (), ())


@pytest.mark.parametrize("photo_first", [True, False])
def test_a_photo_that_was_on_its_way_still_joins_the_report(photo_first: bool) -> None:  # noqa: FBT001
    session, photo = confirmed()
    key = photo.rpartition("/")[0]
    outcomes = [Attached(photo, "A1"), Filed(key, "R1", "9165816")]
    session, effects = played(
        *ERASE, *(outcomes if photo_first else reversed(outcomes)), session=session, channel=WHATSAPP
    )
    assert outside(effects)[2:] == [
        Reply(f"{photo}/late", "R1", "Lampiran susulan dari pelapor.", attachments=("A1",))
    ]
    assert session.sending == ()


def test_a_refusal_after_erasing_is_told_since_the_story_is_gone() -> None:
    session, photo = confirmed()
    session, effects = played(*ERASE, Refused(photo.rpartition("/")[0]), session=session, channel=WHATSAPP)
    assert (told(effects)[-1], session.sending, session.draft) == ("notes.refused_erased", (), None)


def test_a_report_that_lapor_has_is_forgotten_at_once() -> None:
    session, effects = played(*ERASE, session=filed())
    assert (outside(effects), session.sending, session.cases) == ([Forget(("R1",))], (), ())


def test_a_number_that_comes_after_erasing_is_told() -> None:
    session, effects = played(*ERASE, session=filed())
    moved = CaseMoved("status_changed", "R1", "verified", 1, "9165816")
    _, effects = played(moved, session=session)
    assert told(effects) == ["news.verified"]
