"""Twilio, inbound: signature -> fields -> dispatcher -> TwiML; SMS and WhatsApp are told apart by `From`."""

import re
from dataclasses import dataclass, field
from typing import Final, NoReturn

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from bot import metrics
from bot.config import Settings
from bot.inbound import Inbound
from conversations.bubble import Bubble
from conversations.events import Event, Left, MediaKind, Said, SentMedia, SharedPlace, Tapped
from webhooks import form, twiml
from webhooks.form import Form
from webhooks.phone import e164
from webhooks.route import ID_LIMIT, Answer, Core, Denied, Request, Route, ignore

SIGNATURE: Final = "HTTP_X_TWILIO_SIGNATURE"
PATH: Final = "/webhooks/twilio"
STATUS_PATH: Final = "/webhooks/twilio/status"
MEDIA_LIMIT: Final = 10  # files that Twilio puts in one message
MOST_MESSAGES: Final = 10  # messages in one response (TwiML)

# A number, or the id of a citizen who shows WhatsApp a user name instead (`ID.4566…`).
_WHATSAPP: Final = re.compile(r"whatsapp:(?:\+[0-9]{6,15}|[A-Za-z0-9._-]{1,128})")

# What Twilio gives as the text of a document that has none: its name on the phone.
_FILE_NAME: Final = re.compile(r"[^\n/]{1,200}\.[A-Za-z0-9]{2,5}")

KINDS: Final[dict[str, MediaKind]] = {
    "image/webp": "sticker",  # WhatsApp's pictures are JPEG, its stickers WebP
    "text/vcard": "contact",
    "text/x-vcard": "contact",
    "image": "photo",
    "video": "video",
    "audio": "voice",
    "application": "document",
    "text": "document",
}

RECEIPTS: Final = {
    "accepted": "accepted",
    "scheduled": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
"""What a MessageStatus says of the message."""

# The citizen wrote STOP, which Twilio keeps to itself; or WhatsApp knows nobody at that number (any more).
GONE: Final = frozenset({"21610", "63003", "63024"})
# The window is closed; or WhatsApp has not approved the template, or has withdrawn it.
REFUSED: Final = frozenset({"63016", "63027", "63028", "63040", "63041", "63042"})

# Twilio sends a message again after a 500 only, and only if the webhook's address ends in #rp=all.
AGAIN: Final = Answer(500, b"busy\n")
NOTED: Final = Answer(204)


@dataclass(frozen=True, slots=True)
class Hook:
    """Takes Twilio's requests, signed with one of several tokens over `public_url`, their path and their fields."""

    validators: tuple[RequestValidator, ...] = field(repr=False)
    public_url: str
    core: Core

    def take(self, request: Request) -> Answer:
        """Verify, parse and pass on one message; the answer rides in the response.

        A message with several files is several events, `<sid>`, `<sid>:1` and so on; all their answers ride,
        equal ones once. Raises Denied (403 for the signature, 400 without `MessageSid` or `From`) and Busy.
        """
        fields = self._verify(PATH, request)
        sid, sender = fields.first("MessageSid"), fields.first("From")
        if not sid or not sender or len(sid) > ID_LIMIT:
            self._refuse("twilio", fields)
        address = _address(sender)
        if address is None:
            ignore("twilio", "sender")
            return Answer(body=twiml.response(()), type=twiml.TYPE)
        bubbles: dict[Bubble, None] = {}
        for message_id, event in _events(sid, fields):
            bubbles |= dict.fromkeys(self._turn(address, message_id, event))
        return Answer(body=twiml.response(bubbles), type=twiml.TYPE)

    def note(self, request: Request) -> Answer:
        """Verify, count and pass on one delivery report; the query's `outbox` names the message.

        Raises Denied (403 for the signature, 400 without `MessageSid`) and Busy.
        """
        fields = self._verify(STATUS_PATH, request)
        sid, status = fields.first("MessageSid"), fields.first("MessageStatus")
        if not sid or len(sid) > ID_LIMIT:
            self._refuse("twilio_status", fields)
        metrics.RECEIPTS.labels("twilio", status if status in RECEIPTS else "other").inc()
        outbox_id = form.read(request.query).first("outbox")
        if status in RECEIPTS and 0 < len(outbox_id) <= ID_LIMIT:
            self.core.receipt(outbox_id, RECEIPTS[status])
        address, code = _address(fields.first("To")), fields.first("ErrorCode")
        if address and code in GONE:
            self.core.receive(Inbound(address, f"left:{sid}", Left(), self.core.clock()))
        if address and code in REFUSED and 0 < len(outbox_id) <= ID_LIMIT:
            self.core.reword(address, "twilio", outbox_id)
        return NOTED

    def _refuse(self, route: str, fields: Form) -> NoReturn:
        self.core.unusable(route, "malformed", fields.without())
        raise Denied(400, "malformed")

    def _verify(self, path: str, request: Request) -> Form:
        signature = request.headers.get(SIGNATURE)
        if not signature:
            raise Denied(403, "unsigned")
        fields = form.read(request.read())
        query = "?" + request.query.decode("ascii", "replace") if request.query else ""
        url = self.public_url + path + query
        if not any(validator.validate(url, fields, signature) for validator in self.validators):
            raise Denied(403, "signature")
        return fields

    def _turn(self, address: str, message_id: str, event: Event) -> tuple[Bubble, ...]:
        at = self.core.clock()
        return self.core.turn(Inbound(address, message_id, event, at, "twilio", rides=MOST_MESSAGES, words=True))


def routes(settings: Settings, core: Core) -> tuple[Route, ...]:
    """Return the routes of Twilio, none if the channel is off."""
    if settings.twilio is None:
        return ()
    tokens = (settings.twilio.token, *settings.twilio.old_tokens)
    hook = Hook(tuple(map(RequestValidator, tokens)), settings.public_url, core)
    return (
        Route("twilio", PATH, hook.take, again=AGAIN),
        Route("twilio_status", STATUS_PATH, hook.note, again=AGAIN),
    )


def _address(sender: str) -> str | None:
    """Return the address of a sender; None for one that cannot be answered."""
    if sender.startswith("whatsapp:"):
        return sender if _WHATSAPP.fullmatch(sender) else None
    phone = e164(sender)
    return f"sms:{phone}" if phone else None


def _events(sid: str, fields: Form) -> list[tuple[str, Event]]:
    """Return what a message says, each event with its message id."""
    count = _count(fields.first("NumMedia"))
    if not count:
        return [(sid, _event(fields))]
    group = sid if count > 1 else ""
    return [(f"{sid}:{number}" if number else sid, _media(fields, number, group)) for number in range(count)]


def _event(fields: Form) -> Event:
    # A tap also carries its label as Body, which an administrator may have changed since.
    data = fields.first("ButtonPayload") or fields.first("ListId")
    if data:
        return Tapped(data)
    latitude = _degrees(fields.first("Latitude"), 90)
    longitude = _degrees(fields.first("Longitude"), 180)
    if latitude is None or longitude is None:
        return Said(fields.first("Body"))
    name = ", ".join(part for part in (fields.first("Label"), fields.first("Address")) if part)
    return SharedPlace(latitude, longitude, name)


def _media(fields: Form, number: int, group: str) -> SentMedia:
    content_type = fields.first(f"MediaContentType{number}")
    kind, caption = _kind(content_type), fields.first("Body") if number == 0 else ""
    if kind == "document" and _FILE_NAME.fullmatch(caption):
        caption = ""
    return SentMedia(kind, fields.first(f"MediaUrl{number}"), content_type, caption, group)


def _kind(content_type: str) -> MediaKind:
    whole = content_type.partition(";")[0].strip().lower()
    return KINDS.get(whole) or KINDS.get(whole.partition("/")[0], "other")


def _count(text: str) -> int:
    return min(int(text), MEDIA_LIMIT) if re.fullmatch("[0-9]{1,3}", text) else 0


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) <= most else None  # false for NaN too
