"""What a case backend's answer means."""

import email.utils
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final, TypeVar

import httpx
import msgspec

from bot.errors import Failure, Permanent, Rejected, Temporary

Form = TypeVar("Form")

BODY_LIMIT: Final = 1_000_000  # bytes; a page of events takes a tenth of it
LONGEST: Final = 3600.0  # seconds that a backend may ask us to wait
WRONG: Final = frozenset((400, 413, 415, 422))
# 401, 403, 404 and 405 tell of a wrong token or address: an operator's fault that must not cost a report.
LATER: Final = frozenset((401, 403, 404, 405, 408, 425, 429))


class Answer(msgspec.Struct, frozen=True):
    """What came back: HTTP status, headers and the beginning of the body."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def good(self) -> bool:
        """Tell whether it was done."""
        return HTTPStatus(200) <= self.status < HTTPStatus(300)


class _Fault(msgspec.Struct, frozen=True):
    field: str


class _Problem(msgspec.Struct, frozen=True):
    errors: tuple[_Fault, ...] = ()


async def bounded(response: httpx.Response) -> bytes:
    """Read a body; one of more than BODY_LIMIT, or compressed unasked, is as good as none."""
    body = bytearray()
    if response.headers.get("Content-Encoding", "identity") != "identity":
        return b""
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > BODY_LIMIT:
            return b""
    return bytes(body)


def read(answer: Answer, form: type[Form], lost: type[Failure]) -> Form:
    """Return the body of a good answer.

    Raises `lost` for a body that cannot be read, and what `failure` says for an answer that is not good.
    """
    if not answer.good:
        raise failure(answer)
    try:
        return msgspec.json.decode(answer.body, type=form)
    except (ValueError, RecursionError):
        raise lost("the answer cannot be read") from None


def failure(answer: Answer) -> Failure:
    """Say what an answer that is not good means for what was asked."""
    reason = f"answered {answer.status}"
    if answer.status in WRONG:
        return Rejected(reason, _fields(answer.body))
    if answer.status in LATER or not HTTPStatus(400) <= answer.status < HTTPStatus(500):
        return Temporary(reason, _wait(answer.headers.get("Retry-After", "")))
    return Permanent(reason)


def _fields(body: bytes) -> tuple[str, ...]:
    try:
        problem = msgspec.json.decode(body, type=_Problem)
    except (ValueError, RecursionError):
        return ()
    return tuple(fault.field for fault in problem.errors)


def _wait(retry_after: str) -> float:
    if retry_after.isascii() and retry_after.isdecimal():
        return min(float(retry_after), LONGEST)
    try:
        until = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    wait = until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)
    return min(max(wait.total_seconds(), 0.0), LONGEST)
