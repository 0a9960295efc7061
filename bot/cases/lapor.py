"""The case backend over HTTP: the adapter for lapor-case-api.yaml."""

import asyncio
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

import httpx
import msgspec
import structlog

from bot.cases.answers import Answer, bounded, failure, read
from bot.cases.port import CaseEvent, Report
from bot.cases.wire import Event, Rating, Stored, case_event, new_reply, new_report
from bot.channels import Content
from bot.config import Lapor
from bot.errors import Permanent, Rejected, Temporary, Uncertain, Unfit
from conversations.effects import File, Rate, Reply
from conversations.events import Why

CONNECT: Final = 3.0  # seconds
PATIENCE: Final = 10.0  # seconds for a whole request
UNSENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)

UNFIT: Final[dict[int, Why]] = {413: "large", 415: "kind"}
"""What an HTTP status says of a file."""

GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT})
"""What a backend answers that will not take an answer to a case any more."""

log = structlog.get_logger()


class _Page(msgspec.Struct, frozen=True):
    events: tuple[msgspec.Raw, ...]
    next: str


class LaporCases:
    """A case backend that speaks lapor-case-api.yaml.

    After Uncertain it is safe to do the same again under the same key: the backend does it once. `patience` is
    how many seconds a whole request may take; `transport` stands in for the network.
    """

    def __init__(
        self, settings: Lapor, transport: httpx.AsyncBaseTransport | None = None, patience: float = PATIENCE
    ) -> None:
        self._patience = patience
        self._client = httpx.AsyncClient(
            base_url=settings.api_url,
            headers={"Authorization": f"Bearer {settings.token}", "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(patience, connect=CONNECT, pool=CONNECT),
            follow_redirects=False,
            transport=transport,
        )

    async def file(self, address: str, report: File) -> Report:
        """File a report, once per `report.key`; what was filed under the key before is the answer.

        Raises Temporary, Uncertain, Rejected, and Permanent when the backend refuses the key but knows no report.
        """
        answer = await self._write("POST", "/v1/reports", new_report(address, report), report.key)
        if answer.status != HTTPStatus.CONFLICT:
            return read(answer, Report, lost=Uncertain)
        found = await self.by_key(report.key)
        if found is None:
            raise Permanent("the key was used for something else")
        return found

    async def by_key(self, key: str) -> Report | None:
        """Look up what became of an attempt to file; None if the backend never saw it."""
        answer = await self._call("GET", f"/v1/reports/by-key/{quote(key, safe='')}")
        return None if answer.status == HTTPStatus.NOT_FOUND else read(answer, Report, lost=Temporary)

    async def reply(self, reply: Reply) -> None:
        """Pass on the citizen's answer, once per `reply.key`.

        Raises Temporary, Uncertain, and Rejected where the backend knows no such report or takes no answer to it.
        """
        path = f"/v1/reports/{quote(reply.report_id, safe='')}/replies"
        answer = await self._write("POST", path, new_reply(reply), reply.key)
        if answer.status in GONE:
            raise Rejected(f"answered {answer.status}")
        if not answer.good:
            raise failure(answer)

    async def rate(self, rate: Rate) -> None:
        """Record whether the citizen calls the report solved; doing it twice is doing it once.

        Raises Temporary, Uncertain, Rejected, and Permanent where the backend knows no such report.
        """
        path = f"/v1/reports/{quote(rate.report_id, safe='')}/rating"
        _known(await self._write("PUT", path, Rating(rate.solved, rate.stars)))

    async def attach(self, key: str, content: Content) -> str:
        """Store a file, once per `key`, and return its attachment id.

        Raises Temporary, Uncertain, Unfit for a file that is too large or of a kind that is not kept, and Rejected.
        """
        files = {"file": ("lampiran", content.data, content.type)}
        answer = await self._call("POST", "/v1/attachments", headers={"Idempotency-Key": key}, files=files)
        if why := UNFIT.get(answer.status):
            raise Unfit(f"answered {answer.status}", why)
        return read(answer, Stored, lost=Uncertain).attachment_id

    async def events(self, after: str) -> tuple[tuple[CaseEvent, ...], str]:
        """Return the events after a cursor, oldest first, and the cursor to go on from.

        An event of a kind not known here is left out, so that it does not stop those behind it.
        """
        answer = await self._call("GET", "/v1/events", params={"after": after})
        page = read(answer, _Page, lost=Temporary)
        return tuple(event for raw in page.events if (event := _event(raw))), page.next

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def _write(self, method: str, path: str, body: msgspec.Struct, key: str = "") -> Answer:
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        return await self._call(method, path, headers=headers, content=msgspec.json.encode(body))

    async def _call(self, method: str, path: str, **request: Any) -> Answer:  # noqa: ANN401 - httpx's own
        try:
            async with asyncio.timeout(self._patience), self._client.stream(method, path, **request) as response:
                return Answer(response.status_code, response.headers, await bounded(response))
        except UNSENT as error:
            raise Temporary(f"not reached: {type(error).__name__}") from None
        except (httpx.HTTPError, TimeoutError) as error:
            lost = Temporary if method == "GET" else Uncertain
            raise lost(f"no answer: {type(error).__name__}") from None


def _known(answer: Answer) -> None:
    if answer.status == HTTPStatus.NOT_FOUND:
        raise Permanent("the backend knows no such report")
    if not answer.good:
        raise failure(answer)


def _event(raw: msgspec.Raw) -> CaseEvent | None:
    try:
        return case_event(msgspec.json.decode(raw, type=Event))
    except (ValueError, RecursionError):
        log.warning("cases.event_unknown")
        return None
