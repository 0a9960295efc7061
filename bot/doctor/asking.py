"""How the doctor asks other servers: once, over HTTP, and without a secret in what it tells."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final, TypeVar

import httpx
import msgspec

from bot.doctor.finding import Finding, fault, ok

CONNECT: Final = 3.0  # seconds
PATIENCE: Final = 4.5  # seconds for an answer, so that the check itself can still say who was silent
APART: Final = 60.0
"""Seconds that two clocks may differ: a signature of the case backend holds for 300."""

Told = TypeVar("Told")


class Unreached(Exception):
    """The other side gave no answer; the message is the kind of error, whose own words can hold a secret."""


class Answer(msgspec.Struct, frozen=True):
    """An answer with media type `kind`; the other clock is so many seconds `ahead`, None where it told no time."""

    status: int
    kind: str
    body: bytes
    ahead: float | None

    @property
    def denied(self) -> bool:
        """Tell whether our credentials were not taken."""
        return self.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}

    def read(self, shape: type[Told]) -> Told:
        """Read the body; raises Unreached where it is something else."""
        try:
            return msgspec.json.decode(self.body, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Unreached(f"an answer of another kind, with status {self.status}") from None


@asynccontextmanager
async def asking(**given: Any) -> AsyncIterator[httpx.AsyncClient]:  # noqa: ANN401 - httpx's own
    """Open a client that follows no redirect."""
    async with httpx.AsyncClient(timeout=httpx.Timeout(PATIENCE, connect=CONNECT), **given) as client:
        yield client


async def ask(client: httpx.AsyncClient, url: str, **given: Any) -> Answer:  # noqa: ANN401 - httpx's own
    """Get an address.

    Raises Unreached.
    """
    before = time.time()
    try:
        response = await client.get(url, **given)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreached(type(error).__name__) from None
    ahead = ahead_of(response.headers.get("date", ""), before, time.time())
    return Answer(response.status_code, response.headers.get("content-type", ""), response.content, ahead)


def ahead_of(date: str, before: float, after: float) -> float | None:
    """Return how far the other clock, which tells whole seconds, is outside the time in which it was read."""
    try:
        there = parsedate_to_datetime(date).timestamp()
    except ValueError:
        return None
    return max(there - after, min(0.0, there + 1 - before))


def clock(check: str, ahead: float | None) -> list[Finding]:
    """Return what the difference of two clocks means, nothing where it is not known."""
    if ahead is None:
        return []
    if abs(ahead) <= APART:
        return [ok(check, f"{abs(ahead):.0f} seconds apart")]
    found = f"it is {abs(ahead):.0f} seconds {'ahead of' if ahead > 0 else 'behind'} ours"
    mend = "let both machines keep time (chrony or systemd-timesyncd): signatures hold for 300 seconds"
    return [fault(check, found, mend)]
