"""Meta's Cloud API (WhatsApp), inbound: signature -> notification -> dispatcher; answers go by the outbox."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import Final, TypeVar

import msgspec

from bot import metrics
from bot.channels.meta_codes import CLOSED, GONE
from bot.config import Settings
from bot.inbound import Inbound
from conversations.events import Event, Left, SentMedia
from webhooks import form
from webhooks.notification import SILENT, Change, Message, Notification, Sender, Status, Value, event_of
from webhooks.route import (
    BROKEN,
    ID_LIMIT,
    NOTHING,
    Answer,
    Core,
    Denied,
    Request,
    Route,
    ignore,
    one_of,
    same,
    several,
)

SIGNATURE: Final = "HTTP_X_HUB_SIGNATURE_256"
LIMIT: Final = 3 * 1024 * 1024  # bytes; Meta puts what waits into one request of up to 3 MB
LONGEST_ID: Final = 512  # characters of a message id, which grows with the citizen's; Meta tells no limit
CHALLENGE: Final = re.compile(rb"[A-Za-z0-9_.-]{1,256}")

RECEIPTS: Final = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read", "failed": "failed"}
"""What a status says of the message."""


Read = TypeVar("Read")

_notification = msgspec.json.Decoder(Notification)
_value = msgspec.json.Decoder(Value)
_sender = msgspec.json.Decoder(Sender)
_message = msgspec.json.Decoder(Message)
_status = msgspec.json.Decoder(Status)


@dataclass(frozen=True, slots=True)
class Hook:
    """Takes Meta's notifications about the number `phone`, signed with one of `secrets`."""

    secrets: tuple[str, ...] = field(repr=False)
    verify_token: str = field(repr=False)
    phone: str
    core: Core

    def take(self, request: Request) -> Answer:
        """Verify, parse and pass on all that one request brings, in order, or answer the challenge.

        Where one message cannot be stored, Meta sends all of them again, for seven days: those taken are known by
        their ids. What nobody can read is parked and acknowledged. Raises Denied (401 for the signature, 403 for
        the verify token) and Busy.
        """
        if request.method == "GET":
            return self._challenge(request)
        body = request.read()
        self._verify(request.headers.get(SIGNATURE, ""), body)
        told = self._read(_notification, body)
        for entry in told.entry if told else ():
            for change in entry.changes:
                self._change(change)
        return NOTHING

    def _challenge(self, request: Request) -> Answer:
        fields = form.read(request.query)
        if not same(fields.first("hub.verify_token"), self.verify_token):
            raise Denied(403, "token")
        challenge = fields.first("hub.challenge").encode("utf-8", "replace")
        if fields.first("hub.mode") != "subscribe" or not CHALLENGE.fullmatch(challenge):
            raise Denied(400, "malformed")
        return Answer(body=challenge)

    def _verify(self, header: str, body: bytes) -> None:
        given = [_digest(secret, body) for secret in self.secrets]
        if not one_of(header.lower(), given):
            raise Denied(401, "signature")

    def _change(self, change: Change) -> None:
        """Pass on one change; what is about another number than ours, or no message, is let be."""
        value = self._read(_value, change.value) if change.field == "messages" else None
        if value is None:
            ignore("meta", "field")
        elif value.metadata.id != self.phone:
            ignore("meta", "number")
        else:
            for raw in value.messages:
                self._message(raw)
            for raw in value.statuses:
                self._status(raw)
            for _ in value.errors:
                ignore("meta", "error")

    def _message(self, raw: msgspec.Raw) -> None:
        sender = self._read(_sender, raw)
        if sender is None:
            return
        address = sender.address
        if address is None or sender.group or len(sender.id) > LONGEST_ID:
            ignore("meta", "sender")
            return
        message = self._read(_message, raw)
        if message is not None and message.type in SILENT:
            ignore("meta", message.type)
            return
        event: Event = event_of(message) if message else SentMedia("other")
        self.core.turn(Inbound(address, sender.id, event, self.core.clock(), "meta"))

    def _status(self, raw: msgspec.Raw) -> None:
        status = self._read(_status, raw)
        if status is None:
            return
        metrics.RECEIPTS.labels("meta", status.status if status.status in RECEIPTS else "other").inc()
        if status.status in RECEIPTS and 0 < len(status.outbox_id) <= ID_LIMIT:
            self.core.receipt(status.outbox_id, RECEIPTS[status.status])
        address = Sender(status.id, status.recipient_id, status.user).address
        if address and status.status == "failed":
            self._failed(address, status, {fault.code for fault in status.errors})

    def _failed(self, address: str, status: Status, codes: set[int]) -> None:
        """Leave a citizen in peace, or have the message said in approved words, where an error says so."""
        if codes & GONE:
            self.core.receive(Inbound(address, f"left:{status.id}", Left(), self.core.clock()))
        if codes & CLOSED and 0 < len(status.outbox_id) <= ID_LIMIT:
            self.core.reword(address, "meta", status.outbox_id)

    def _read(self, decoder: "msgspec.json.Decoder[Read]", raw: bytes | msgspec.Raw) -> Read | None:
        """Decode a part; one that nobody can read is parked."""
        try:
            return decoder.decode(raw)
        except BROKEN:
            self.core.unusable("meta", "unusable", bytes(raw))
            return None


def routes(settings: Settings, core: Core) -> tuple[Route, ...]:
    """Return the route of Meta, none if it is off."""
    if settings.meta is None:
        return ()
    given = settings.meta
    hook = Hook(several(given.secret), given.verify_token, given.phone, core)
    return (Route("meta", "/webhooks/meta", hook.take, ("GET", "POST"), limit=LIMIT),)


def _digest(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode("utf-8", "surrogateescape"), body, hashlib.sha256).hexdigest()
