"""The rest of the bot as the webhooks see it, and what the outside world sends."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

from flask.testing import FlaskClient

from bot.cases.port import CaseEvent
from bot.config import load
from bot.inbound import Inbound
from conversations.bubble import Bubble
from webhooks.app import create_app
from webhooks.route import Core

PAYLOADS: Final = Path(__file__).parent.parent / "payloads"
NOW: Final = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=7)))
STAMP: Final = 1795485600  # NOW, in unix seconds
ENVIRON: Final = {
    "PUBLIC_URL": "https://lapor.example",
    "TELEGRAM_BOT_TOKEN": "42:token",
    "TELEGRAM_WEBHOOK_SECRET": "telegram-secret",
    "TWILIO_ACCOUNT_SID": "AC0123456789abcdef0123456789abcdef",
    "TWILIO_AUTH_TOKEN": "twilio-token",
    "SMS_GATEWAY_URL": "http://127.0.0.1:13013/cgi-bin/sendsms",
    "SMS_GATEWAY_SECRET": "gerbang rahasia",
    "LAPOR_WEBHOOK_SECRET": "lapor-secret",
    "META_ACCESS_TOKEN": "meta-access",
    "META_APP_SECRET": "meta-secret",
    "META_VERIFY_TOKEN": "meta-token",
    "META_PHONE_NUMBER_ID": "106540352242922",
}


@dataclass
class Rest:
    """Notes what the webhooks hand over; answers `bubbles`, or raises `trouble`."""

    inbound: list[Inbound] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    receipts: list[tuple[str, str]] = field(default_factory=list)
    reports: list[tuple[str, str, str]] = field(default_factory=list)
    reworded: list[tuple[str, str, str]] = field(default_factory=list)
    parked: list[tuple[str, str, bytes]] = field(default_factory=list)
    bubbles: tuple[Bubble, ...] = (Bubble("Baik."),)
    told: set[str] = field(default_factory=set)
    trouble: Exception | None = None
    parts: Mapping[str, str] = field(default_factory=dict)

    def receive(self, inbound: Inbound) -> tuple[Bubble, ...]:
        """Note an event and answer."""
        self._stumble()
        self.inbound.append(inbound)
        return self.bubbles

    def notify(self, event: CaseEvent) -> None:
        """Note an event of the case backend."""
        self._stumble()
        self.events.append(event)

    def receipt(self, outbox_id: str, status: str) -> None:
        """Note what became of a message."""
        self._stumble()
        self.receipts.append((outbox_id, status))

    def report(self, provider: str, provider_id: str, status: str) -> None:
        """Note what became of a message that a provider names by its own id."""
        self._stumble()
        self.reports.append((provider, provider_id, status))

    def reword(self, address: str, provider: str, outbox_id: str) -> None:
        """Note what must be said in approved words."""
        self._stumble()
        self.reworded.append((address, provider, outbox_id))

    def park(self, route: str, reason: str, body: bytes) -> None:
        """Note what cannot be used."""
        self._stumble()
        self.parked.append((route, reason, body))

    def once(self, address: str, _seconds: int) -> bool:
        """Tell whether an address was not asked for before."""
        self._stumble()
        known = address in self.told
        self.told.add(address)
        return not known

    def ready(self) -> dict[str, str]:
        """Tell the parts."""
        return dict(self.parts)

    def _stumble(self) -> None:
        if self.trouble:
            raise self.trouble


def web_of(rest: Rest, **environ: str) -> FlaskClient:
    """Return a client of a web process with every channel on, or as `environ` says otherwise."""
    core = Core(
        rest.receive,
        rest.notify,
        lambda: NOW,
        ready=rest.ready,
        receipt=rest.receipt,
        report=rest.report,
        reword=rest.reword,
        phrase={"group_only": "Silakan tulis di obrolan pribadi.", "private_chat": "Tulis ke LAPOR!"}.__getitem__,
        once=rest.once,
        bot_name=lambda: "lapor_bot",
        park=rest.park,
    )
    return create_app(load(ENVIRON | environ), core).test_client()


def core_of(rest: Rest) -> Core:
    """Return what a web process asks of a rest that only takes notes, at the time it is."""
    return Core(rest.receive, rest.notify, lambda: datetime.now(UTC))


def seal(body: bytes, stamp: int = STAMP, secret: bytes = b"lapor-secret") -> dict[str, str]:
    """Sign a body as lapor-case-api.yaml says."""
    digest = hmac.new(secret, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Lapor-Signature": f"t={stamp},v1={digest}"}


def payload(name: str) -> bytes:
    """Read a file of tests/payloads, without the newline at its end."""
    return (PAYLOADS / name).read_bytes().rstrip(b"\n")


def signature(url: str, body: bytes, token: bytes = b"twilio-token") -> str:
    """Sign a form as Twilio's documentation says: the URL and the sorted fields, HMAC-SHA1, base64."""
    fields = set(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace"))
    words = url + "".join(name + value for name, value in sorted(fields))
    digest = hmac.new(token, words.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
