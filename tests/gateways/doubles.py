"""Jasmin and an aggregator's JSON API as they behave towards whoever sends through them, faults included.

Jasmin's source: its HTTP API (jasmin/protocols/http/endpoints/send.py, jasmin/routing/throwers.py, version 0.11).
"""

import json
import re
import threading
import uuid
from collections import deque
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import httpx
from smsutil.codecs import GSM0338Codec

from tests.bot.channels.provider import SILENCE, Asked, Provider, Reply

Fault: TypeAlias = Literal["lost", "throttled", "error", "odd"]

USER, PASSWORD, TOKEN, SHORTCODE = "lapor", "sandi & 100%", "t0k3n/+=", "1708"
ACK = "ACK/Jasmin"


class Double(Provider):
    """A gateway: what stands on the phones, and what is to go wrong next.

    `lost` takes the message and never answers; `throttled` is too many at once, `error` a fault of its own, `odd`
    an answer that nobody expects.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.screens: dict[str, list[str]] = {}
        self.faults: deque[Fault] = deque()
        self.seen: dict[str, str] = {}
        self.reports: list[tuple[str, dict[str, Any]]] = []
        self._lock = threading.Lock()

    def take(self, asked: Asked) -> Reply:
        """Take a message or refuse it, as the next fault says."""
        with self._lock:
            self.asked.append(asked)
            fault = self.faults.popleft() if self.faults else None
            if fault in {"throttled", "error", "odd"}:
                return self.trouble(fault)
            reply = self.answer(asked)
        return SILENCE if fault == "lost" else reply

    def answer(self, asked: Asked) -> Reply:
        """Answer when nothing goes wrong."""
        raise NotImplementedError

    def trouble(self, fault: str) -> Reply:
        """Answer with a fault."""
        raise NotImplementedError

    def show(self, number: str, text: str) -> str:
        """Put a message on a phone and return the gateway's id of it."""
        self.screens.setdefault(number, []).append(text)
        return str(uuid.uuid4())

    def deliver(self) -> list[tuple[int, str]]:
        """Bring the delivery reports that wait, and return status and text of each answer."""
        with self._lock:
            waiting, self.reports = self.reports, []
        return [said(httpx.post(url, trust_env=False, **body)) for url, body in waiting]


class Jasmin(Double):
    """Jasmin's /send, its delivery reports, and the messages that it throws at us."""

    def answer(self, asked: Asked) -> Reply:
        """Check the arguments in Jasmin's order, then the user, then send."""
        if asked.path == "/balance":
            return Reply() if self._known(asked.fields) else self._error(403, "Authentication failure")
        fields = asked.fields
        if not re.fullmatch(r"\+?\d+", fields.get("to", "")):
            return self._error(400, "Argument [to] has an invalid value: [].")
        if ("content" in fields) == ("hex-content" in fields):
            return self._error(400, "content or hex-content not present.")
        if not self._known(fields):
            return self._error(403, f"Authentication failure for username:{fields.get('username')}")
        number = self.show(f"+{fields['to'].removeprefix('+')}", self._text(fields))
        if fields.get("dlr") == "yes":
            for level, status in (("1", "ESME_ROK"), ("2", "DELIVRD")):
                form = {"id": number, "level": level, "message_status": status, "connector": "operator"}
                self.reports.append((fields["dlr-url"], {"data": form}))
        return Reply(200, f'Success "{number}"'.encode())

    def trouble(self, fault: str) -> Reply:
        """Answer as Jasmin does, or as a proxy in front of it."""
        if fault == "odd":
            return Reply(200, b"<html>Wartung</html>")
        if fault == "throttled":
            return self._error(403, "User throughput exceeded")
        return self._error(500, "Cannot send submit_sm, check SMPPClientManagerPB log file for details")

    @staticmethod
    def thrown(number: str, text: str, message_id: str) -> dict[str, str]:
        """Return what Jasmin throws for an SMS: its bytes in `content`, and again in hexadecimal digits."""
        try:
            data, coding = GSM0338Codec().encode(text)[0], "0"
        except UnicodeError:
            data, coding = text.encode("utf-16-be"), "8"
        return {
            "id": message_id, "from": number, "to": SHORTCODE, "origin-connector": "operator", "priority": "1",
            "content": data.decode("latin-1"), "binary": data.hex(), "coding": coding,
        }  # fmt: skip

    def _text(self, fields: Mapping[str, str]) -> str:
        if "hex-content" in fields:
            return bytes.fromhex(fields["hex-content"]).decode("utf-16-be")
        text: str = GSM0338Codec().decode(GSM0338Codec().encode(fields["content"], "replace")[0])[0]
        return text

    def _known(self, fields: Mapping[str, str]) -> bool:
        return (fields.get("username"), fields.get("password")) == (USER, PASSWORD)

    def _error(self, status: int, words: str) -> Reply:
        return Reply(status, f'Error "{words}"'.encode())


class JsonApi(Double):
    """An aggregator: a bearer token, JSON both ways, and one message for one Idempotency-Key."""

    def answer(self, asked: Asked) -> Reply:
        """Check the token, then the body, then send what was not sent yet."""
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self._told(401, error="unauthorized")
        body = json.loads(asked.body or b"{}")
        if not re.fullmatch(r"\+\d{8,15}", str(body.get("to", ""))) or not isinstance(body.get("text"), str):
            return self._told(400, error="invalid request")
        key = asked.headers.get("Idempotency-Key", "")
        if key not in self.seen:
            self.seen[key] = self.show(body["to"], body["text"])
            if "callback_url" in body:
                reports = [{"id": self.seen[key], "status": "delivered"}]
                self.reports.append((body["callback_url"], {"json": {"reports": reports}}))
        return self._told(202, status="accepted", message={"id": self.seen[key]})

    def trouble(self, fault: str) -> Reply:
        """Answer as such APIs do, or as a proxy in front of it."""
        if fault == "odd":
            return Reply(200, b"<html>Wartung</html>")
        if fault == "throttled":
            return Reply(429, b'{"error":"too many requests"}', {"Retry-After": "2"})
        return self._told(503, error="unavailable")

    @staticmethod
    def thrown(number: str, text: str, message_id: str) -> dict[str, object]:
        """Return what it posts for an SMS."""
        return {"messages": [{"id": message_id, "from": number.removeprefix("+"), "text": text}]}

    def _told(self, code: int, **body: object) -> Reply:
        return Reply(code, json.dumps(body).encode(), {"Content-Type": "application/json"})


def said(response: httpx.Response) -> tuple[int, str]:
    """Return what an answer says: its status and its text."""
    return response.status_code, response.text
