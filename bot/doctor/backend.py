"""The case backend: whether it is there, takes our token, and has our time."""

import uuid
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from bot.config import Settings
from bot.doctor.asking import Answer, Unreached, ask, asking, clock
from bot.doctor.configuration import LOCAL
from bot.doctor.finding import Finding, fault, ok, warning

PROBLEM: Final = "application/problem+json"
"""What lapor-case-api.yaml answers when it knows no report; other servers' pages for 404 are of other types."""


async def backend(given: Settings) -> list[Finding]:
    """Ask for a report that nobody filed, which changes nothing."""
    headers = {"Authorization": f"Bearer {given.lapor.token}"}
    try:
        async with asking(headers=headers) as client:
            answer = await ask(client, f"{given.lapor.api_url}/v1/reports/by-key/{uuid.uuid4()}")
    except Unreached as error:
        mend = "start it, or put LAPOR_API_URL right; reports wait and are filed when it is back"
        return [fault("backend", f"{given.lapor.api_url} does not answer: {error}", mend), *_events(given)]
    return [_said(given.lapor.api_url, answer), *clock("backend_clock", answer.ahead), *_events(given)]


def _said(url: str, answer: Answer) -> Finding:
    if answer.denied:
        return fault("backend", f"it answers {answer.status}: the token is not taken", "put LAPOR_API_TOKEN right")
    if answer.status != HTTPStatus.NOT_FOUND or not answer.kind.startswith(PROBLEM):
        found = f"{url} answers {answer.status}, which is not what docs/lapor-case-api.yaml says"
        return fault(
            "backend", found, "see that LAPOR_API_URL is what stands before /v1, and the backend's own log"
        )
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOCAL:
        return warning(
            "backend", f"{url} takes our token, but not over TLS: reports are read on the way", "use https"
        )
    return ok("backend", f"{url} takes our token")


def _events(given: Settings) -> list[Finding]:
    if given.lapor.webhook_secret:
        return []
    found = "LAPOR_WEBHOOK_SECRET is missing: news of reports is asked for once a minute instead of pushed"
    return [warning("backend_events", found, "set it here and at the backend")]
