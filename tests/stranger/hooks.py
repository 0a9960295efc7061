"""The bot's webhooks as a stranger calls them: every request signed by the stranger's own hand."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Secrets:
    """What the bot and the other sides share."""

    telegram: str = "telegram-secret"
    telegram_token: str = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK"
    twilio: str = "twilio-token"
    twilio_sid: str = "AC" + "5" * 32
    gateway: str = "gateway secret/+&%"
    gateway_password: str = "gateway-password"
    lapor: str = "lapor-secret"
    lapor_token: str = "lapor-token"


@dataclass(frozen=True)
class Hooks:
    """The routes of a running bot; `public_url` is what Twilio knows it by."""

    http: httpx.Client
    public_url: str
    secrets: Secrets = Secrets()

    def telegram(self, update: object, **headers: str) -> httpx.Response:
        """Deliver an update as Telegram does."""
        known = {"X-Telegram-Bot-Api-Secret-Token": self.secrets.telegram}
        return self.http.post(
            "/webhooks/telegram", content=json.dumps(update), headers={**JSON, **known, **headers}
        )

    def twilio(self, fields: Mapping[str, str], query: str = "", **headers: str) -> httpx.Response:
        """Deliver a message as Twilio does."""
        path = f"/webhooks/twilio{query}"
        signed = {"X-Twilio-Signature": self.sign_twilio(path, fields)}
        return self.http.post(path, content=urlencode(fields), headers={**FORM, **signed, **headers})

    def sign_twilio(self, path: str, fields: Mapping[str, str]) -> str:
        """Sign a form: HMAC-SHA1 of the public address and the sorted fields."""
        signed = self.public_url + path + "".join(name + fields[name] for name in sorted(fields))
        return base64.b64encode(hmac.digest(self.secrets.twilio.encode(), signed.encode(), "sha1")).decode()

    def gateway(self, fields: Mapping[str, str], method: str = "GET") -> httpx.Response:
        """Deliver an SMS as a gateway does."""
        told = {"to": "1708", "secret": self.secrets.gateway, **fields}
        if method == "GET":
            return self.http.get(f"/webhooks/sms?{urlencode(told)}")
        return self.http.post("/webhooks/sms", content=urlencode(told), headers=FORM)

    def lapor(self, event: Mapping[str, Any], age: float = 0.0, secret: str = "") -> httpx.Response:
        """Deliver a case event signed `age` seconds ago."""
        body = json.dumps(event).encode()
        signature = sign_lapor(secret or self.secrets.lapor, int(time.time() - age), body)
        return self.http.post("/webhooks/lapor", content=body, headers={**JSON, "X-Lapor-Signature": signature})


def sign_lapor(secret: str, at: int, body: bytes) -> str:
    """Sign a case event as lapor-case-api.yaml says."""
    return f"t={at},v1={hmac.new(secret.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"
