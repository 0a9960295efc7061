"""The adapter, against the desk and against backends that misbehave."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any, Final, TypeVar
from urllib.parse import unquote

import httpx
import msgspec
import pytest
from case_samples import JPEG, NOON, a_key

from bot.cases.desk.moves import Move
from bot.cases.lapor import LaporCases
from bot.cases.port import CaseEvent, Report
from bot.cases.wire import NewReply, Rating
from bot.channels import Content
from bot.config import Lapor
from bot.errors import Failure, Permanent, Rejected, Temporary, Uncertain
from conversations.effects import File, Place, Rate, Reply
from conversations.events import CaseMoved

Result = TypeVar("Result")
Act = Callable[[LaporCases], Coroutine[Any, Any, object]]

ADDRESS: Final = "sms:+6281234567890"
FILED: Final = (
    b'{"report_id":"r1","tracking_id":"9165816","status":"submitted","updated_at":"2026-11-12T05:00:00Z"}'
)


def a_file(key: str, **changes: object) -> File:
    """Make a report as the dialog hands it over."""
    fields: dict[str, Any] = {
        "key": key,
        "body": "Jalan berlubang besar depan SD 2",
        "title": "Jalan berlubang",
        "place": Place("Jl Kaliurang km 5, Sleman", region_code="34.04"),
        "occurred_on": date(2026, 11, 11),
        "anonymous": False,
        "secret": True,
        "language": "id",
        "attachments": (),
        "reported_at": NOON,
    }
    return File(**fields | changes)


ACTS: Final[dict[str, Act]] = {
    "file": lambda cases: cases.file(ADDRESS, a_file(a_key())),
    "by_key": lambda cases: cases.by_key(a_key()),
    "reply": lambda cases: cases.reply(Reply(a_key(), "r1", "Sudah")),
    "rate": lambda cases: cases.rate(Rate("r1", solved=True)),
    "attach": lambda cases: cases.attach(a_key(), Content(JPEG, "image/jpeg")),
    "events": lambda cases: cases.events(""),
}
WRITES: Final = ("file", "reply", "rate", "attach")


def run(
    settings: Lapor,
    act: Callable[[LaporCases], Awaitable[Result]],
    transport: httpx.AsyncBaseTransport | None = None,
) -> Result:
    """Do something with the adapter and let go of it."""

    async def whole() -> Result:
        cases = LaporCases(settings, transport)
        try:
            return await act(cases)
        finally:
            await cases.close()

    return asyncio.run(whole())


def failure_of(
    act: Act, answer: httpx.Response | Exception, requests: list[httpx.Request] | None = None
) -> Failure:
    """Return what the adapter raises when the network gives this answer."""

    def handle(request: httpx.Request) -> httpx.Response:
        if requests is not None:
            requests.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(Failure) as raised:
        run(Lapor("http://lapor.test", "t", ""), act, transport=httpx.MockTransport(handle))
    return raised.value


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


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *((status, Temporary) for status in (301, 307, 401, 403, 405, 408, 425, 429, 500, 502, 503, 504)),
        *((status, Rejected) for status in (400, 413, 415, 422)),
        *((status, Permanent) for status in (402, 410, 451)),
    ],
)
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_every_status_has_one_meaning(act: Act, status: int, kind: type[Failure]) -> None:
    """An operator's fault (401, 403, 405, a redirect) loses nothing; wrong content is never sent again."""
    requests: list[httpx.Request] = []
    assert type(failure_of(act, httpx.Response(status, headers={"Location": "/v1/x"}), requests)) is kind
    assert len(requests) == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [("file", Temporary), ("attach", Temporary), ("events", Temporary), ("reply", Permanent), ("rate", Permanent)],
)
def test_what_is_not_found_is_a_report_or_the_api(name: str, kind: type[Failure]) -> None:
    """Where no report is named, 404 means a wrong address."""
    assert type(failure_of(ACTS[name], httpx.Response(404))) is kind


@pytest.mark.parametrize(
    ("error", "written", "asked"),
    [
        (httpx.ConnectError("refused"), Temporary, Temporary),
        (httpx.ConnectTimeout("late"), Temporary, Temporary),
        (httpx.PoolTimeout("busy"), Temporary, Temporary),
        (httpx.ReadTimeout("late"), Uncertain, Temporary),
        (httpx.WriteTimeout("late"), Uncertain, Temporary),
        (httpx.ReadError("reset"), Uncertain, Temporary),
        (httpx.RemoteProtocolError("cut"), Uncertain, Temporary),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
@pytest.mark.parametrize("name", ACTS)
def test_what_may_have_been_sent_is_uncertain(
    name: str, error: Exception, written: type[Failure], asked: type[Failure]
) -> None:
    """What never left is not done; what left and got no answer may be; asking does nothing."""
    assert type(failure_of(ACTS[name], error)) is (written if name in WRITES else asked)


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"[]", b'{"report_id":1}', FILED + b" " * 1_000_000 + b"!"])
@pytest.mark.parametrize("name", ["file", "attach", "by_key", "events"])
def test_a_good_answer_that_cannot_be_read_is_no_crash(name: str, body: bytes) -> None:
    """Garbled, foreign and endless bodies leave it uncertain whether it was done."""
    kind = Uncertain if name in WRITES else Temporary
    assert type(failure_of(ACTS[name], httpx.Response(200, content=body))) is kind


def test_the_wrong_fields_are_told() -> None:
    """The names of a problem's errors are passed on."""
    body = {"type": "about:blank", "title": "", "status": 422, "errors": [{"field": "body", "code": "invalid"}]}
    failure = failure_of(ACTS["file"], httpx.Response(422, json=body))
    assert isinstance(failure, Rejected)
    assert failure.fields == ("body",)


@pytest.mark.parametrize(
    ("said", "after"),
    [("7", 7.0), ("999999", 3600.0), ("soon", 0.0), ("-1", 0.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)],
)
def test_the_wait_that_the_backend_asks_for_is_kept_within_an_hour(said: str, after: float) -> None:
    """Retry-After is in seconds or a date."""
    failure = failure_of(ACTS["file"], httpx.Response(503, headers={"Retry-After": said}))
    assert isinstance(failure, Temporary)
    assert failure.after == after


def test_the_wait_may_be_a_date() -> None:
    """A date in the future is as many seconds away as it is."""
    at = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    failure = failure_of(ACTS["file"], httpx.Response(503, headers={"Retry-After": at}))
    assert isinstance(failure, Temporary)
    assert 580 < failure.after <= 600


def test_a_key_refused_without_a_report_is_parked() -> None:
    """When the backend refuses the key and knows no report under it, nothing can be done."""

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(409 if request.method == "POST" else 404)

    with pytest.raises(Permanent):
        run(Lapor("http://lapor.test", "t", ""), ACTS["file"], transport=httpx.MockTransport(handle))


def test_ids_cannot_leave_their_place_in_the_path() -> None:
    """Slashes, dots and question marks of an id are data."""
    requests: list[httpx.Request] = []
    failure_of(lambda cases: cases.reply(Reply("key", "../../admin?x=1#", "Halo")), httpx.Response(404), requests)
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
    run(settings, ACTS["file"], transport=httpx.MockTransport(handle))
    assert str(requests[0].url) == "http://lapor.test/integrasi/v1/reports"
    assert requests[0].headers["Authorization"] == "Bearer a-token"
