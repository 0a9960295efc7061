"""SMS gateways of several formats, as the contract asks of them."""

from typing import ClassVar
from urllib.parse import quote

import httpx

from bot.config import Settings
from bot.demo.twins.app import Twins
from bot.demo.twins.twin import Twin, World
from tests.contract.faults import Trouble
from tests.contract.gateways import AggregatorTwin, JasminTwin
from tests.contract.provider import FORM, PUBLIC, Provider, Unproved
from tests.gateways.doubles import PASSWORD, TOKEN, USER


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
