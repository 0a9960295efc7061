"""Keeping to the public internet: a file's address may not lead into the networks behind us."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeAlias

import httpx

from bot.errors import Temporary

Resolve: TypeAlias = Callable[[str, int], Awaitable[list[str]]]

TRIED: Final = 4  # addresses of one host

# IPv4 inside IPv6: what a translator (RFC 6052) makes of it is judged as the IPv4 address that it is.
TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")


class Guard(httpx.AsyncBaseTransport):
    """Asks only addresses on the public internet, and the origin of `own`, which the operator has configured.

    It connects to the very address that it checked, under the host's own name, so no second look-up can tell
    otherwise (DNS rebinding).
    """

    def __init__(self, own: str, inner: httpx.AsyncBaseTransport, resolve: Resolve | None = None) -> None:
        self._own = _origin(httpx.URL(own))
        self._inner = inner
        self._resolve = resolve or _resolve

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Make a request; raises Temporary where its host has no public address, and what httpx raises."""
        if _origin(request.url) == self._own:
            return await self._inner.handle_async_request(request)
        failed: Exception = Temporary("file server has no public address")
        for address in await self._checked(request.url):
            try:
                return await self._inner.handle_async_request(_at(address, request))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
        raise failed

    async def aclose(self) -> None:
        """Let go of connections."""
        await self._inner.aclose()

    async def _checked(self, url: httpx.URL) -> list[str]:
        try:
            found = await self._resolve(url.host, _origin(url)[2])
        except (OSError, UnicodeError):  # the latter for a name that is too long
            raise Temporary("file server has no address") from None
        return [address for address in dict.fromkeys(found) if public(address)][:TRIED]


def public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, also where it is IPv4 inside IPv6."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.sixtofour or ip.teredo:
            return False
        if ip in TRANSLATED:
            return public(str(ipaddress.IPv4Address(ip.packed[12:])))
        ip = ip.ipv4_mapped or ip
    return ip.is_global and not ip.is_multicast


def _at(address: str, request: httpx.Request) -> httpx.Request:
    """Return a request to this address that names its host as before, in TLS and in its headers."""
    url = request.url.copy_with(host=address)
    extensions = {**request.extensions, "sni_hostname": request.url.host}
    return httpx.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=extensions)


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)


async def _resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    found: Iterable[tuple[object, ...]] = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found if isinstance(each[4], tuple)]
