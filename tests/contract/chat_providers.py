"""Telegram, Twilio and Meta, as the contract asks of them."""

import hashlib
import hmac
from pathlib import Path
from typing import ClassVar

import httpx

from bot.demo.twins.app import Twins
from bot.demo.twins.twin import Twin
from tests.contract.faults import Trouble
from tests.contract.provider import FORM, PUBLIC, Provider, Unproved
from tests.webhooks.rest import PAYLOADS, signature


class Telegram(Provider):
    """Telegram."""

    name = "telegram"
    key = "telegram"
    channel = "telegram"
    taps = True
    rides = True
    copies = 2  # there is no way to look it up, and a number told twice is better than one never told
    payloads = "telegram"
    refusal = 401
    variable = "TELEGRAM_WEBHOOK_SECRET"
    secret = "telegram-secret"
    other = "a-new-one"
    first = "a-text"
    troubles: ClassVar = {
        "down": Trouble(503, b"<html>"),
        "flood": Trouble(
            429,
            b'{"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 7", '
            b'"parameters": {"retry_after": 7}}',
        ),
        "never": Trouble(
            400, b'{"ok": false, "error_code": 400, "description": "Bad Request: message is too long"}'
        ),
        "left": Trouble(
            403, b'{"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}'
        ),
    }

    def request(self, body: bytes, public: str = PUBLIC, path: str = "", secret: str = "") -> httpx.Request:
        return self._with(secret or self.secret, body, public, path)

    def _with(self, secret: str | None, body: bytes, public: str = PUBLIC, path: str = "") -> httpx.Request:
        headers = {"Content-Type": "application/json"}
        if secret is not None:
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        return httpx.Request("POST", f"{public}/webhooks/telegram{path}", content=body, headers=headers)

    def forged(self, body: bytes) -> Unproved:
        wrong = {
            "no secret": None,
            "an empty secret": "",
            "half the secret": "telegram-sec",
            "more than the secret": "telegram-secret2",
        }
        return {what: self._with(secret, body) for what, secret in wrong.items()}

    def twin(self, twins: Twins) -> Twin:
        return twins.telegram

    def address(self, number: int) -> str:
        return f"telegram:7{number}"


class Twilio(Provider):
    """Twilio, by WhatsApp or SMS; both come to one webhook and are told apart by who writes."""

    payloads = "twilio"
    silence = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
    rides = True
    refusal = 403
    variable = "TWILIO_AUTH_TOKEN"
    secret = "twilio-token"
    other = "a-new-token"
    troubles: ClassVar = {
        "down": Trouble(503, b"<html>"),
        "flood": Trouble(429, b'{"code": 20429, "message": "Too Many Requests", "status": 429}'),
        "never": Trouble(400, b'{"code": 21617, "message": "too long", "status": 400}'),
        "left": Trouble(400, b'{"code": 21610, "message": "unsubscribed", "status": 400}'),
    }

    def request(self, body: bytes, public: str = PUBLIC, path: str = "", secret: str = "") -> httpx.Request:
        url = f"{public}/webhooks/twilio{path}"
        return self._with(signature(url, body, (secret or self.secret).encode()), body, url)

    def _with(self, proof: str | None, body: bytes, url: str = f"{PUBLIC}/webhooks/twilio") -> httpx.Request:
        headers = FORM if proof is None else {**FORM, "X-Twilio-Signature": proof}
        return httpx.Request("POST", url, content=body, headers=headers)

    def forged(self, body: bytes) -> Unproved:
        url = f"{PUBLIC}/webhooks/twilio"
        return {
            "no signature": self._with(None, body),
            "an empty signature": self._with("", body),
            "no base64": self._with("%%%", body),
            "the signature of another form": self._with(signature(url, body + b"&Body=lain"), body),
            "the signature of another token": self._with(signature(url, body, b"token"), body),
            "the signature of another address": self._with(signature(f"{url}/status", body), body),
        }

    def twin(self, twins: Twins) -> Twin:
        return twins.twilio

    def files(self) -> list[Path]:
        return [
            path for path in sorted((PAYLOADS / "twilio").iterdir()) if self._by_whatsapp(path) == self._whatsapp
        ]

    @property
    def _whatsapp(self) -> bool:
        return self.channel == "whatsapp"

    @staticmethod
    def _by_whatsapp(path: Path) -> bool:
        return b"whatsapp%3A" in path.read_bytes()


class TwilioWhatsapp(Twilio):
    """Twilio by WhatsApp."""

    taps = True
    name = "whatsapp by twilio"
    key = "twilio"
    channel = "whatsapp"
    first = "a-text-by-whatsapp"

    def address(self, number: int) -> str:
        return f"whatsapp:+62813000{number}"


class TwilioSms(Twilio):
    """Twilio by SMS."""

    name = "sms by twilio"
    key = "twilio"
    channel = "sms"
    media = False
    first = "a-text-by-sms"

    def address(self, number: int) -> str:
        return f"sms:+62814000{number}"


class Meta(Provider):
    """Meta's Cloud API."""

    taps = True
    name = "whatsapp by meta"
    key = "meta"
    channel = "whatsapp"
    payloads = "meta"
    refusal = 401
    variable = "META_APP_SECRET"
    secret = "meta-secret"
    other = "a-new-secret"
    first = "a-text"
    troubles: ClassVar = {
        "down": Trouble(503, b"<html>"),
        "flood": Trouble(400, b'{"error": {"code": 130429, "message": "(#130429) Rate limit hit"}}'),
        "never": Trouble(400, b'{"error": {"code": 131009, "message": "(#131009) Parameter value is not valid"}}'),
        "left": Trouble(400, b'{"error": {"code": 131050, "message": "(#131050) User has stopped receipt"}}'),
    }

    def request(self, body: bytes, public: str = PUBLIC, path: str = "", secret: str = "") -> httpx.Request:
        return self._with(_digest(body, secret or self.secret), body, f"{public}/webhooks/meta{path}")

    def _with(self, proof: str | None, body: bytes, url: str = f"{PUBLIC}/webhooks/meta") -> httpx.Request:
        headers = {"Content-Type": "application/json"}
        if proof is not None:
            headers["X-Hub-Signature-256"] = proof
        return httpx.Request("POST", url, content=body, headers=headers)

    def forged(self, body: bytes) -> Unproved:
        right = _digest(body, self.secret)
        return {
            "no signature": self._with(None, body),
            "an empty signature": self._with("", body),
            "a digest without its kind": self._with(right.removeprefix("sha256="), body),
            "half the signature": self._with(right[:40], body),
            "the signature of other bytes": self._with(_digest(body + b" ", self.secret), body),
            "the signature by another secret": self._with(_digest(body, "secret"), body),
        }

    def twin(self, twins: Twins) -> Twin:
        assert twins.meta is not None
        return twins.meta

    def address(self, number: int) -> str:
        return f"whatsapp:+62816000{number}"


def _digest(body: bytes, secret: str) -> str:
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"
