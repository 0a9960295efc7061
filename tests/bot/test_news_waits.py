"""News that waits is in the citizen's document, told when its time comes, by any worker that is there then."""

import pytest
import redis

from bot.cases.port import CaseEvent
from bot.errors import Rejected
from conversations.events import CaseMoved
from conversations.service import USUAL
from tests.bot.office import Office

STORY = "LAPOR lampu jalan mati di Jl. Kaliurang km 5, Depok, Sleman sejak kemarin"
HOUR = 3600


@pytest.fixture
def office(client: "redis.Redis", redis_url: str) -> Office:
    """Return an office of which a citizen knows the number of a report."""
    office = Office(client, redis_url, service=USUAL)
    office.says(STORY, "kirim")
    office.works(lambda: any("9165816" in text for text in office.phone.texts) and office.done())
    office.phone.texts.clear()
    return office


def happens(office: Office, number: int, status: str, message: str | None = None) -> None:
    moved = CaseMoved("status_changed", "R1", status, number, agency="Dinas PU", message=message)  # type: ignore[arg-type]
    before = office.later()
    office.dispatcher.notify(CaseEvent(f"e{number}", moved))
    office.works(lambda: office.done() and office.later() >= min(before + 1, 1))


def test_news_of_the_night_is_told_once_in_the_morning(office: Office) -> None:
    office.time += 13 * HOUR
    happens(office, 1, "verified")
    happens(office, 2, "in_progress", "Petugas datang besok")
    office.time += 120
    office.works(office.done)
    assert office.phone.texts == []
    office.time += 10 * HOUR
    office.works(lambda: office.empty() and bool(office.phone.texts))
    assert office.phone.texts == [
        "Laporan 9165816 sedang ditindaklanjuti Dinas PU. Petugas datang besok. Kami kabari hasilnya."
    ]


def test_an_answer_that_the_backend_refuses_is_told_and_kept(office: Office) -> None:
    office.backend.failures.append(Rejected("answered 409"))
    office.says("BALAS tiangnya di depan toko")
    office.works(lambda: len(office.phone.texts) > 1 and office.done())
    office.says("PULIHKAN")
    office.works(lambda: len(office.phone.texts) > 2 and office.done())
    document = office.dispatcher.store.load(office.address).document
    assert document is not None
    assert document.session.draft is not None
    assert ("PULIHKAN" in office.phone.texts[1], document.session.draft.story) == (
        True,
        "tiangnya di depan toko\nLanjutan laporan 9165816.",
    )
