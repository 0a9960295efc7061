"""What the channels share of HTTP: bounded time and size, and what an error means for what was asked."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urljoin

import httpx

from bot.channels import Content
from bot.errors import Failure, Permanent, Temporary, Uncertain

PATIENCE: Final = 15.0  # seconds for an answer
CONNECT: Final = 5.0  # seconds for a connection
POOL: Final = 32  # connections to one provider at a time
FILE_LIMIT: Final = 20 * 1024 * 1024  # bytes; Telegram hands out no larger files

# What never reached the other side; after any other error of httpx it may have.
UNSENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

# Refusals that a person or time puts right: wrong credentials, a time-out, too many requests.
FIXABLE: Final = frozenset((401, 403, 407, 408, 425, 429))

# These log URLs and bodies: with Telegram's token, the gateway's password, numbers and texts of citizens.
# What goes wrong in them comes to us as an exception.
for _name in ("httpx", "httpcore", "telegram", "twilio"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def connect(patience: float) -> httpx.AsyncClient:
    """Open a client that waits `patience` seconds for an answer and follows no redirect by itself."""
    timeout = httpx.Timeout(patience, connect=CONNECT, pool=CONNECT)
    return httpx.AsyncClient(timeout=timeout, limits=httpx.Limits(max_connections=POOL))


def failure(error: BaseException) -> Failure:
    """Return what an error of httpx means; the reason is its kind alone, for its words can hold a URL."""
    reason = type(error).__name__
    return Temporary(reason) if isinstance(error, UNSENT) else Uncertain(reason)


def refusal(who: str, status: int, fixable: frozenset[int] = FIXABLE) -> Failure:
    """Return what a refusal with an HTTP status means."""
    reason = f"{who} answered {status}"
    return Temporary(reason) if status >= 500 or status in fixable else Permanent(reason)  # noqa: PLR2004 - HTTP


@contextmanager
def repeatable() -> Iterator[None]:
    """Let a lost answer be asked for again, where asking twice does no harm."""
    try:
        yield
    except Uncertain as error:
        raise Temporary(str(error)) from None


async def download(
    client: httpx.AsyncClient,
    url: str,
    auth: tuple[str, str] | None = None,
    onward: Callable[[str], bool] = lambda _url: False,
) -> Content:
    """Fetch a file of at most FILE_LIMIT bytes; follow one redirect where `onward` allows it, without `auth`.

    Raises Temporary or Permanent.
    """
    try:
        async with client.stream("GET", url, auth=auth) as response:
            target = urljoin(url, response.headers.get("location", ""))
            if response.is_redirect and onward(target):
                return await download(client, target)
            if not response.is_success:
                raise refusal("file server", response.status_code)
            return Content(await _bounded(response), response.headers.get("content-type", ""))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Temporary(type(error).__name__) from None


async def _bounded(response: httpx.Response) -> bytes:
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > FILE_LIMIT:
            raise Permanent("file too large")
    return bytes(data)
