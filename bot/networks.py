"""Which machine calls: its address, and the proxies whose word about it is believed."""

import re
from collections.abc import Callable, Iterable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Networks: TypeAlias = tuple[IPv4Network | IPv6Network, ...]
Application: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_WITH_PORT: Final = re.compile(r"\[([^\]]+)\](?::\d+)?|([0-9.]+):\d+", re.ASCII)


def networks(text: str) -> Networks:
    """Read networks and single addresses, separated by commas.

    Raises ValueError.
    """
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def address(text: str) -> Address | None:
    """Read an address, with or without a port, None for anything else; IPv4 written as IPv6 is IPv4."""
    plain = text.strip()
    match = _WITH_PORT.fullmatch(plain)
    try:
        found = ip_address((match[1] or match[2]) if match else plain)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def within(found: Address | None, allowed: Networks) -> bool:
    """Tell whether an address lies in one of the networks; one that is not known lies nowhere."""
    return found is not None and any(found in network for network in allowed)


def caller(environ: Mapping[str, Any], proxies: Networks) -> Address | None:
    """Return who sends a request (WSGI), None where that cannot be told.

    What stands in X-Forwarded-For is believed as far as `proxies` wrote it: from the right, the first address that
    is none of theirs is the caller's, and all that is left of it may be invented.
    """
    here = address(environ.get("REMOTE_ADDR", ""))
    forwarded = environ.get("HTTP_X_FORWARDED_FOR")
    # Granian shows a header with bytes outside ASCII as an empty one: then nobody knows who called.
    hops = [] if forwarded is None else forwarded.split(",")
    while hops and within(here, proxies):
        here = address(hops.pop())
    return here


class Unproxied:
    """Shows an application the caller's address and scheme instead of those of the proxy in front of it."""

    def __init__(self, application: Application, proxies: Networks) -> None:
        self._application = application
        self._proxies = proxies

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass a request on as WSGI (PEP 3333) wants it."""
        if within(address(environ.get("REMOTE_ADDR", "")), self._proxies):
            environ["REMOTE_ADDR"] = str(caller(environ, self._proxies) or "")
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        return self._application(environ, start_response)
