"""The SMS gateway: whether it is there and knows us; nothing is sent."""

from collections.abc import Container
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from bot.config import Settings
from bot.doctor.asking import Unreached, ask, asking
from bot.doctor.configuration import LOCAL
from bot.doctor.finding import OFF, Finding, fault, ok, warning
from bot.gateways import calling

ASTRAY: Final = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED))


async def gateway(given: Settings) -> list[Finding]:
    """Make the call that the gateway's format has for it: one that sends nothing."""
    if given.gateway is None:
        return [ok("gateway", OFF)]
    ours = given.gateway
    try:
        async with asking() as client:
            probe = calling.probing(ours.format.probe, calling.credentials(ours))
            answer = await ask(client, probe.url, headers=probe.headers, auth=probe.auth)
    except Unreached as error:
        mend = "start it, or put SMS_GATEWAY_URL right; answers wait and are sent when it is back"
        return [fault("gateway", f"{_where(ours.url)} does not answer: {error}", mend)]
    return [said(ours.url, answer.status, ours.format.probe.well)]


def said(url: str, status: int, well: Container[int] = ()) -> Finding:
    """Tell what the status of the answer means, which is good news where it is one of `well`."""
    parts = urlsplit(url)
    if status in well:
        status = HTTPStatus.OK
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        mend = "put SMS_GATEWAY_USERNAME, _PASSWORD or _TOKEN right, and let the gateway take our address"
        return fault("gateway", f"it answers {status}: it does not let us send", mend)
    if status in ASTRAY:
        found = f"{_where(url)} answers {status}: that is not where it sends SMS"
        return fault("gateway", found, "put SMS_GATEWAY_URL right, as SMS_GATEWAY_FORMAT wants it")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return warning("gateway", f"it answers {status}", "see the gateway's own log")
    if parts.scheme != "https" and parts.hostname not in LOCAL:
        mend = "use https, or a network that nobody else is in"
        return warning("gateway", f"{_where(url)} answers, but not over TLS: texts are read on the way", mend)
    return ok("gateway", f"{_where(url)} answers and knows us")


def _where(url: str) -> str:
    """Return the address without what may be secret in it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port}{parts.path}" if parts.port else url.partition("?")[0]
