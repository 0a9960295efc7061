"""Providers that report deliveries, again and in disorder: Twilio's REST API and a gateway's sendsms."""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urlencode

import httpx

from tests.stranger.carriers import Gateway, Screens, TwilioApi
from tests.stranger.doubles import Answer, Asked
from tests.stranger.hooks import FORM, Hooks


class Reports:
    """Sends delivery reports, each until it is taken or was tried ten times; a context."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Callable[[], httpx.Response] | None] = queue.SimpleQueue()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def put(self, *calls: Callable[[], httpx.Response]) -> None:
        """Send these, one after the other."""
        for call in calls:
            self._waiting.put(call)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while call := self._waiting.get():
            for _ in range(10):
                with suppress(httpx.TransportError):
                    if call().is_success:
                        break
                if self._over.wait(0.5):
                    return


class ReportingGateway(Gateway):
    """A Kannel: it tells by `dlr-url` what became of a message, unless it keeps `silent` about the phone."""

    def __init__(self, password: str, screens: Screens, hooks: Hooks, reports: Reports) -> None:
        super().__init__(password, screens)
        self._hooks, self._reports = hooks, reports
        self.silent: set[str] = set()

    def take(self, asked: Asked) -> Answer:
        answer = super().take(asked)
        told = asked.fields.get("dlr-url", "")
        if answer.status == 202 and told and self.who(asked) not in self.silent:
            path = told.removeprefix(self._hooks.public_url).replace("%d", "1").replace("%%", "%")
            self._reports.put(*[lambda: self._hooks.http.get(path)] * 2)
        return answer


class ReportingTwilio(TwilioApi):
    """Twilio: its status callbacks come in disorder and more than once."""

    def __init__(self, sid: str, token: str, screens: Screens, hooks: Hooks, reports: Reports) -> None:
        super().__init__(sid, token, screens)
        self._hooks, self._reports = hooks, reports

    def _send(self, asked: Asked) -> dict[str, Any]:
        message = super()._send(asked)
        told = asked.fields.get("StatusCallback", "")
        if told:
            path, _, query = told.removeprefix(self._hooks.public_url).partition("?")
            for status in ("delivered", "sent", "delivered"):
                self._reports.put(self._report(path, query, message, status))
        return message

    def _report(self, path: str, query: str, message: dict[str, Any], status: str) -> Callable[[], httpx.Response]:
        fields = {
            "MessageSid": message["sid"], "MessageStatus": status, "From": message["from"], "To": message["to"],
            "AccountSid": self._hooks.secrets.twilio_sid,
        }  # fmt: skip
        where = f"{path}?{query}"
        signed = {**FORM, "X-Twilio-Signature": self._hooks.sign_twilio(where, fields)}
        return lambda: self._hooks.http.post(where, content=urlencode(fields), headers=signed)
