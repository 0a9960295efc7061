"""Who carries messages, each as the contract asks of it: one class, and one row in PROVIDERS."""

import hashlib
import hmac
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import quote

import httpx

from bot.config import Settings
from bot.demo.twins.app import Twins
from bot.demo.twins.twin import Twin, World
from tests.contract.faults import Trouble
from tests.contract.gateways import AggregatorTwin, JasminTwin
from tests.gateways.doubles import PASSWORD, TOKEN, USER
from tests.webhooks.rest import ENVIRON, PAYLOADS, signature

PUBLIC: Final = ENVIRON["PUBLIC_URL"]
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
Environ = Mapping[str, str]
Unproved = Mapping[str, httpx.Request]


class Provider(ABC):
    """A provider of one channel: what it brings, how it proves itself, and how it refuses what it is asked."""

    name: ClassVar[str]
    key: ClassVar[str]
    """Its name in the bot."""
    channel: ClassVar[str]
    payloads: ClassVar[str]
    environ: ClassVar[Environ] = {}
    """Variables besides the usual ones."""
    silence: ClassVar[bytes] = b""
    """What it is answered when nothing is to be said."""
    refusal: ClassVar[int]
    """The status that an unproved request gets."""
    taps: ClassVar[bool] = False
    """Whether a phone of it shows choices to be tapped."""
    media: ClassVar[bool] = True
    """Whether a phone of it sends files and places."""
    rides: ClassVar[bool] = False
    """Whether answers go back in the response to what was brought."""
    copies: ClassVar[int] = 1
    """How often news stand on the phone when the answer to the call that brought them is lost."""
    variable: ClassVar[str]
    """The variable of its secret."""
    secret: ClassVar[str]
    other: ClassVar[str]
    """Another one, for which it is being changed."""
    first: ClassVar[str]
    """A payload file of an ordinary message."""
    troubles: ClassVar[Mapping[str, Trouble]]
    """How it says that it cannot now, that we ask too often, that it never will, that the citizen left."""

    @abstractmethod
    def request(self, body: bytes, public: str = PUBLIC, path: str = "", secret: str = "") -> httpx.Request:
        """Return a request to the webhook as the provider proves it, with `secret` in the place of its own."""

    @abstractmethod
    def forged(self, body: bytes) -> Unproved:
        """Return requests that prove nothing, by what is wrong with them."""

    @abstractmethod
    def twin(self, twins: Twins) -> Twin:
        """Return who plays it."""

    @abstractmethod
    def address(self, number: int) -> str:
        """Return the address of a citizen; `number` has six digits."""

    def files(self) -> list[Path]:
        """Return its payload files."""
        return sorted((PAYLOADS / self.payloads).iterdir())

    def twin_of(self, _settings: Settings, _world: World) -> Twin | None:
        """Return who plays it where the demo has none."""
        return None

    def sample(self) -> bytes:
        """Return an ordinary message."""
        (path,) = (path for path in self.files() if path.stem == self.first)
        return path.read_bytes().rstrip(b"\n")

    def mark(self, address: str) -> str:
        """Return what tells the citizen in the calls of the bot."""
        return address.rpartition(":")[2].removeprefix("+")

    def __repr__(self) -> str:
        return self.name


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


class Kannel(Provider):
    """An operator's gateway in Kannel's format."""

    name = "sms by kannel"
    key = "gateway"
    channel = "sms"
    media = False
    payloads = "gateway"
    refusal = 403
    variable = "SMS_GATEWAY_SECRET"
    secret = "gerbang rahasia"
    other = "yang baru"
    first = "a-text"
    troubles: ClassVar = {
        "down": Trouble(503, b"Temporal failure, try again later."),
        "flood": Trouble(429),
        "never": Trouble(400, b"Missing receiver number, rejected"),
    }

    def request(self, body: bytes, public: str = PUBLIC, path: str = "", secret: str = "") -> httpx.Request:
        return self._with([secret or self.secret], body, public, path)

    def _with(self, given: list[str], body: bytes, public: str = PUBLIC, path: str = "") -> httpx.Request:
        kept = b"&".join(pair for pair in body.split(b"&") if not pair.startswith(b"secret=")).decode()
        secrets = "".join(f"&secret={quote(each, errors='surrogateescape')}" for each in given)
        return httpx.Request("GET", f"{public}/webhooks/sms{path.partition('?')[0]}?{kept}{secrets}")

    def forged(self, body: bytes) -> Unproved:
        wrong: dict[str, list[str]] = {
            "no secret": [],
            "an empty secret": [""],
            "half the secret": ["gerbang"],
            "the secret in second place": ["", self.secret],
            "no UTF-8": ["\udce9"],
        }
        return {what: self._with(given, body) for what, given in wrong.items()}

    def twin(self, twins: Twins) -> Twin:
        return twins.gateway

    def address(self, number: int) -> str:
        return f"sms:+62815000{number}"


class Jasmin(Kannel):
    """An operator's gateway in Jasmin's format: a form, with the secret in the address."""

    name = "sms by jasmin"
    payloads = "jasmin"
    silence = b"ACK/Jasmin"
    environ: ClassVar = {
        "SMS_GATEWAY_FORMAT": "jasmin",
        "SMS_GATEWAY_USERNAME": USER,
        "SMS_GATEWAY_PASSWORD": PASSWORD,
    }
    troubles: ClassVar = {
        "down": Trouble(500, b'Error "Cannot send submit_sm"'),
        "flood": Trouble(403, b'Error "User throughput exceeded"'),
        "never": Trouble(400, b'Error "Argument [to] has an invalid value: []."'),
    }

    def _with(self, given: list[str], body: bytes, public: str = PUBLIC, path: str = "") -> httpx.Request:
        address, _, query = f"{public}/webhooks/sms{path}".partition("?")
        secrets = "".join(f"&secret={quote(each, errors='surrogateescape')}" for each in given)
        return httpx.Request("POST", f"{address}?{query}{secrets}", content=body, headers=FORM)

    def address(self, number: int) -> str:
        return f"sms:+62817000{number}"

    def twin_of(self, settings: Settings, world: World) -> Twin:
        assert settings.gateway is not None
        return JasminTwin(world, f"{settings.public_url}/webhooks/sms", settings.gateway)


class Aggregator(Provider):
    """An aggregator with a JSON API; reports have their secret in the address, for a header cannot be chosen."""

    name = "sms by json"
    key = "gateway"
    channel = "sms"
    media = False
    payloads = "aggregator"
    silence = b'{"status":"ok"}'
    environ: ClassVar = {"SMS_GATEWAY_FORMAT": "json", "SMS_GATEWAY_TOKEN": TOKEN}
    refusal = 403
    variable = "SMS_GATEWAY_SECRET"
    secret = "gerbang rahasia"
    other = "yang baru"
    first = "a-text"
    troubles: ClassVar = {
        "down": Trouble(503, b'{"error": "unavailable"}'),
        "flood": Trouble(429, b'{"error": "too many requests"}', {"Retry-After": "2"}),
        "never": Trouble(400, b'{"error": "invalid request"}'),
    }

    def request(self, body: bytes, public: str = PUBLIC, path: str = "", secret: str = "") -> httpx.Request:
        if path:
            return self._with(None, body, public, f"/status?secret={quote(self.secret)}")
        return self._with(f"Bearer {secret or self.secret}", body, public)

    def _with(self, proof: str | None, body: bytes, public: str = PUBLIC, path: str = "") -> httpx.Request:
        headers = {"Content-Type": "application/json"} | ({"Authorization": proof} if proof is not None else {})
        return httpx.Request("POST", f"{public}/webhooks/sms{path}", content=body, headers=headers)

    def forged(self, body: bytes) -> Unproved:
        wrong = {
            "no token": None,
            "an empty token": "Bearer ",
            "half the token": "Bearer gerbang",
            "another kind of proof": f"Basic {self.secret}",
        }
        return {what: self._with(proof, body) for what, proof in wrong.items()}

    def twin(self, twins: Twins) -> Twin:
        return twins.gateway

    def address(self, number: int) -> str:
        return f"sms:+62818000{number}"

    def twin_of(self, settings: Settings, world: World) -> Twin:
        assert settings.gateway is not None
        return AggregatorTwin(world, f"{settings.public_url}/webhooks/sms", settings.gateway)


PROVIDERS: Final = (Telegram(), TwilioWhatsapp(), TwilioSms(), Meta(), Kannel(), Jasmin(), Aggregator())


def path_of(name: str) -> str:
    """Return what stands behind the webhook's path for a payload file of this name."""
    return "/status?outbox=ob-17" if "delivery-report" in name else ""
