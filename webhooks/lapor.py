"""Events of the case backend (caseEvent in lapor-case-api.yaml): signature -> event -> dispatcher."""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final

import msgspec

from bot import metrics
from bot.cases.wire import Event, case_event
from bot.config import Settings
from webhooks.route import BROKEN, NOTHING, Answer, Core, Denied, Request, Route, one_of, several

SIGNATURE: Final = "HTTP_X_LAPOR_SIGNATURE"
WINDOW: Final = 300  # seconds that a signature holds, before and after our own clock

_event = msgspec.json.Decoder(Event)


@dataclass(frozen=True, slots=True)
class Hook:
    """Takes the case backend's events, signed with one of `secrets`."""

    secrets: tuple[str, ...] = field(repr=False)
    core: Core

    def take(self, request: Request) -> Answer:
        """Verify, parse and pass on one event.

        Raises Denied (401 for the signature, 422 for what is no event) and Busy.
        """
        body = request.read()
        self._verify(request.headers.get(SIGNATURE, ""), body)
        event = self._parse(body)
        self.core.notify(case_event(event))
        metrics.CASE_EVENTS.labels(event.type).inc()
        return NOTHING

    def _verify(self, header: str, body: bytes) -> None:
        parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
        stamp, given = parts.get("t", ""), parts.get("v1", "")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):  # noqa: PLR2004 - till the year 33658
            raise Denied(401, "signature")
        if not one_of(given.lower(), [_digest(secret, stamp, body) for secret in self.secrets]):
            raise Denied(401, "signature")
        if abs(self.core.clock().timestamp() - int(stamp)) > WINDOW:
            raise Denied(401, "stale")

    def _parse(self, body: bytes) -> Event:
        try:
            return _event.decode(body)
        except BROKEN:
            self.core.unusable("lapor", "malformed", body)
            raise Denied(422, "malformed") from None


def routes(settings: Settings, core: Core) -> tuple[Route, ...]:
    """Return the route of the case backend, none without a secret to verify with."""
    secrets = several(settings.lapor.webhook_secret)
    if not secrets:
        return ()
    return (Route("lapor", "/webhooks/lapor", Hook(secrets, core).take),)


def _digest(secret: str, stamp: str, body: bytes) -> str:
    return hmac.new(
        secret.encode("utf-8", "surrogateescape"), f"{stamp}.".encode() + body, hashlib.sha256
    ).hexdigest()
