"""The adapter, against the desk."""

from types import SimpleNamespace
from typing import Final
from urllib.parse import unquote

import httpx
import msgspec
import pytest
from case_samples import ADDRESS, JPEG, NOON, a_file, a_key, run

from bot.cases.desk.moves import Move
from bot.cases.port import CaseEvent, Report
from bot.cases.wire import NewReply, Rating
from bot.channels import Content
from bot.config import Lapor
from conversations.effects import Rate, Reply
from conversations.events import CaseMoved

FILED: Final = (
    b'{"report_id":"r1","tracking_id":"9165816","status":"submitted","updated_at":"2026-11-12T05:00:00Z"}'
)


@pytest.fixture
def lapor(served: SimpleNamespace) -> Lapor:
    """Return settings that lead to the desk."""
    return Lapor(served.url, "desk-token", "")


def test_a_report_is_filed_once_with_all_the_citizen_said(lapor: Lapor, served: SimpleNamespace) -> None:
    """A second attempt under the key gets the report of the first."""
    key = a_key()
    new = a_file(key)
    first, again, found = (
        run(lapor, act)
        for act in (
            lambda cases: cases.file(ADDRESS, new),
            lambda cases: cases.file(ADDRESS, new),
            lambda cases: cases.by_key(key),
        )
    )
    (card,) = served.docket.queue("", 1).cards
    assert first == again == found == Report(card.state.report_id, None, "submitted", first.updated_at)
    assert msgspec.to_builtins(card.filed) == {
        "channel": "sms",
        "classification": "complaint",
        "body": "Jalan berlubang besar depan SD 2",
        "anonymous": False,
        "secret": True,
        "reporter": {"address": ADDRESS, "name": None},
        "reported_at": "2026-11-12T05:00:00Z",
        "title": "Jalan berlubang",
        "occurred_on": "2026-11-11",
        "place": {"text": "Jl Kaliurang km 5, Sleman", "region_code": "34.04", "latitude": None, "longitude": None},
        "agency": None,
        "category": None,
        "language": "id",
        "attachments": (),
    }


def test_an_attempt_that_the_backend_never_saw_is_not_found(lapor: Lapor) -> None:
    """A look-up of an unknown key finds nothing."""
    assert run(lapor, lambda cases: cases.by_key(a_key())) is None


def test_a_key_that_the_backend_knows_for_another_body_leads_to_what_was_filed(lapor: Lapor) -> None:
    """The citizen's report was taken before; its number is the answer."""
    key = a_key()
    first = run(lapor, lambda cases: cases.file(ADDRESS, a_file(key)))
    assert run(lapor, lambda cases: cases.file(ADDRESS, a_file(key, title="Lubang"))) == first


def test_answer_rating_and_file_reach_the_officer(lapor: Lapor, served: SimpleNamespace) -> None:
    """All that a citizen can send stands in the dossier."""
    report_id = run(lapor, lambda cases: cases.file(ADDRESS, a_file(a_key()))).report_id
    attachment_id = run(lapor, lambda cases: cases.attach(a_key(), Content(JPEG, "image/jpeg")))
    reply = Reply(a_key(), report_id, "Belum selesai", disputes_closing=True, attachments=(attachment_id,))
    run(lapor, lambda cases: cases.reply(reply))
    run(lapor, lambda cases: cases.rate(Rate(report_id, solved=False, stars=2)))
    history = served.docket.dossier(report_id).history
    assert [entry.reply or entry.rating or entry.event.status for entry in history] == [
        NewReply("Belum selesai", disputes_closing=True, attachments=(attachment_id,)),
        "answered_by_reporter",
        Rating(solved=False, stars=2),
    ]
    assert served.docket.content(attachment_id)[1] == JPEG


def test_events_come_back_as_the_dialog_takes_them(lapor: Lapor, served: SimpleNamespace) -> None:
    """The cursor leads past what was read."""
    report_id = run(lapor, lambda cases: cases.file(ADDRESS, a_file(a_key()))).report_id
    served.docket.act(report_id, Move("tracking_id_assigned", tracking_id="9165816"), "form", NOON)
    (event,), cursor = run(lapor, lambda cases: cases.events(""))
    moved = CaseMoved("tracking_id_assigned", report_id, "submitted", 1, tracking_id="9165816")
    assert event == CaseEvent(event.event_id, moved)
    assert run(lapor, lambda cases: cases.events(cursor)) == ((), cursor)


def test_ids_cannot_leave_their_place_in_the_path() -> None:
    """Slashes, dots and question marks of an id are data."""
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(201)

    reply = Reply("key", "../../admin?x=1#", "Halo")
    run(Lapor("http://lapor.test", "t", ""), lambda cases: cases.reply(reply), httpx.MockTransport(handle))
    path = requests[0].url.raw_path.decode()
    assert path == "/v1/reports/..%2F..%2Fadmin%3Fx%3D1%23/replies"
    assert unquote(path) == "/v1/reports/../../admin?x=1#/replies"


def test_the_token_is_sent_and_an_address_may_have_a_path() -> None:
    """LAPOR_API_URL is what stands before /v1."""
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(201, content=FILED)

    settings = Lapor("http://lapor.test/integrasi", "a-token", "")
    run(settings, lambda cases: cases.file(ADDRESS, a_file(a_key())), transport=httpx.MockTransport(handle))
    assert str(requests[0].url) == "http://lapor.test/integrasi/v1/reports"
    assert requests[0].headers["Authorization"] == "Bearer a-token"


def test_an_event_of_an_unknown_kind_does_not_stop_the_others() -> None:
    """A newer backend may tell more than is known here."""
    known = (
        b'{"event_id":"e2","type":"agency_message","report_id":"r","status":"closed","sequence":2,'
        b'"occurred_at":"2026-11-12T05:00:00Z"}'
    )
    page = b'{"events":[{"type":"merged"},' + known + b'],"next":"7"}'
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=page))
    found = run(Lapor("http://lapor.test", "t", ""), lambda cases: cases.events(""), transport=transport)
    assert found == ((CaseEvent("e2", CaseMoved("agency_message", "r", "closed", 2)),), "7")
