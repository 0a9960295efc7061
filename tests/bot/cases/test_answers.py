"""The adapter, against backends that refuse, fail and talk nonsense."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Final

import httpx
import pytest
from case_samples import ADDRESS, JPEG, a_file, a_key, run

from bot.cases.lapor import LaporCases
from bot.channels import Content
from bot.config import Lapor
from bot.errors import Failure, Permanent, Rejected, Temporary, Uncertain, Unfit
from conversations.effects import Rate, Reply

Act = Callable[[LaporCases], Coroutine[Any, Any, object]]
FILED: Final = (
    b'{"report_id":"r1","tracking_id":"9165816","status":"submitted","updated_at":"2026-11-12T05:00:00Z"}'
)
ACTS: Final[dict[str, Act]] = {
    "file": lambda cases: cases.file(ADDRESS, a_file(a_key())),
    "by_key": lambda cases: cases.by_key(a_key()),
    "reply": lambda cases: cases.reply(Reply(a_key(), "r1", "Sudah")),
    "rate": lambda cases: cases.rate(Rate("r1", solved=True)),
    "attach": lambda cases: cases.attach(a_key(), Content(JPEG, "image/jpeg")),
    "events": lambda cases: cases.events(""),
}
WRITES: Final = ("file", "reply", "rate", "attach")


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
    kind = Unfit if act is ACTS["attach"] and status in {413, 415} else kind
    assert type(failure_of(act, httpx.Response(status, headers={"Location": "/v1/x"}), requests)) is kind
    assert len(requests) == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [("file", Temporary), ("attach", Temporary), ("events", Temporary), ("reply", Rejected), ("rate", Permanent)],
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
