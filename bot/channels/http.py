"""What the channels share of HTTP: bounded time and size, and what an error means for what was asked."""

import asyncio
import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final
from urllib.request import getproxies

import httpx

from bot.channels import Content
from bot.channels.guard import Guard
from bot.errors import Failure, Permanent, Temporary, Uncertain, Unfit

PATIENCE: Final = 15.0  # seconds for an answer
CONNECT: Final = 5.0  # seconds for a connection
POOL: Final = 32  # connections to one provider at a time
WHOLE: Final = 20.0  # seconds for a whole file, however steadily it drips
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


@cache
def trust() -> ssl.SSLContext:
    """Load the authorities that certificates are checked by, once: it takes a tenth of a second."""
    return httpx.create_ssl_context()


def connect(patience: float) -> httpx.AsyncClient:
    """Open a client that waits `patience` seconds for an answer and follows no redirect by itself."""
    timeout = httpx.Timeout(patience, connect=CONNECT, pool=CONNECT)
    return httpx.AsyncClient(verify=trust(), timeout=timeout, limits=httpx.Limits(max_connections=POOL))


def connect_files(patience: float, own: str) -> httpx.AsyncClient:
    """Open a client for files of citizens: it asks `own`, the API as configured, and else the public internet only.

    It follows no redirect by itself and keeps no connection. Where the operator leads traffic through a proxy
    (HTTPS_PROXY), names are looked up there, and the proxy must say what may be reached.
    """
    limits = httpx.Limits(max_connections=POOL, max_keepalive_connections=0)
    proxied = getproxies().keys() & {"https", "all"}
    return httpx.AsyncClient(
        # A packed file would unfold to a size that nobody has limited.
        headers={"Accept-Encoding": "identity"},
        timeout=httpx.Timeout(patience, connect=CONNECT, pool=CONNECT),
        limits=limits,
        verify=trust(),
        transport=None if proxied else Guard(own, httpx.AsyncHTTPTransport(verify=trust(), limits=limits)),
    )


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


def nowhere(_url: httpx.URL) -> bool:
    """Allow no redirect."""
    return False


async def download(
    client: httpx.AsyncClient,
    url: str,
    auth: httpx.Auth | tuple[str, str] | None = None,
    onward: Callable[[httpx.URL], bool] = nowhere,
    whole: float = WHOLE,
) -> Content:
    """Fetch a file of at most FILE_LIMIT bytes; follow one redirect where `onward` allows it, without `auth`.

    `whole` is how many seconds it may take in all. Raises Temporary or Permanent.
    """
    try:
        async with asyncio.timeout(whole):
            return await _download(client, httpx.URL(url), auth, onward)
    except TimeoutError:
        raise Temporary("file took too long") from None
    except httpx.InvalidURL:
        raise Permanent("file has no address") from None
    except httpx.HTTPError as error:
        raise Temporary(type(error).__name__) from None


async def _download(
    client: httpx.AsyncClient,
    url: httpx.URL,
    auth: httpx.Auth | tuple[str, str] | None,
    onward: Callable[[httpx.URL], bool],
) -> Content:
    async with client.stream("GET", url, auth=auth) as response:
        if not response.has_redirect_location:
            return await _content(response)
        target = response.url.join(response.headers["location"])
        if not onward(target):
            raise Permanent("file server leads elsewhere")
    return await _download(client, target, None, nowhere)


async def _content(response: httpx.Response) -> Content:
    if not response.is_success:
        raise _gone(response.status_code) or refusal("file server", response.status_code)
    return Content(await _bounded(response), response.headers.get("content-type", ""))


def _gone(status: int) -> Unfit | None:
    """Return what it means that a file is not there; Twilio has some only seconds after it told of them."""
    return Unfit(f"file server answered {status}", "gone") if status in {404, 410} else None


async def _bounded(response: httpx.Response) -> bytes:
    """Read at most FILE_LIMIT bytes, whatever length was announced."""
    if int(response.headers.get("content-length", 0)) > FILE_LIMIT:
        raise Unfit("file too large", "large")
    data = bytearray()
    async for chunk in response.aiter_raw():
        data += chunk
        if len(data) > FILE_LIMIT:
            raise Unfit("file too large", "large")
    return bytes(data)
