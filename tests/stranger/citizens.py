"""Citizens with a phone: they write by one of the four routes and read what comes back."""

import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from xml.etree import ElementTree as ET

import httpx

from tests.stranger.carriers import Screens, until
from tests.stranger.hooks import Hooks

ROUTES = ("telegram", "whatsapp", "twilio_sms", "gateway")
CHATS = ("telegram", "whatsapp")

STORY = "Lampu penerangan mati semua dan warga takut keluar rumah"
PLACE = "Jl Kaliurang km 5, Depok, Sleman"
REVIEW = r"(Kirim|Send)( sekarang| it now)?\?"
QUESTIONS = {"Di mana|Where is": PLACE, "Kapan|When": "kemarin", "foto|photo": "LEWATI", "melihat|see": "terbuka"}
"""What a citizen answers to a question, by what the question says."""

_numbers = count(100_000)
_messages = count(1)


@dataclass
class Citizen:
    """Somebody who writes by one route; `number` is the chat or the end of the phone number."""

    route: str
    hooks: Hooks
    screens: Screens
    number: int = field(default_factory=lambda: next(_numbers))
    written: int = 0

    @property
    def phone(self) -> str:
        """Return the phone number, E.164."""
        return f"+62812000{self.number}"

    @property
    def address(self) -> str:
        """Return the address as design.md writes it."""
        match self.route:
            case "telegram":
                return f"telegram:{self.number}"
            case "whatsapp":
                return f"whatsapp:{self.phone}"
            case _:
                return f"sms:{self.phone}"

    @property
    def screen(self) -> list[str]:
        """Return every message that came, in order."""
        return [text for _, text in self.screens.read(self.address)]

    def deliver(self, text: str, message: int, **more: Any) -> httpx.Response:  # noqa: ANN401 - a route's own fields
        """Let the provider deliver a message once; `more` are fields of the route's own."""
        match self.route:
            case "telegram":
                return self.hooks.telegram(self.update(message, text=text, **more))
            case "gateway":
                return self.hooks.gateway({"from": self.phone, "text": text, "id": f"k-{message}", **more})
            case _:
                return self.hooks.twilio(self.form(message, Body=text, **more))

    def update(self, number: int, **message: Any) -> dict[str, Any]:  # noqa: ANN401 - Telegram's fields
        """Return an update of the Bot API."""
        who = {"id": self.number, "is_bot": False, "first_name": "Warga"}
        chat = {"id": self.number, "type": "private", "first_name": "Warga"}
        head = {"message_id": number, "date": int(time.time()), "from": who, "chat": chat}
        return {"update_id": 700_000_000 + number, "message": {**head, **message}}

    def form(self, number: int, **fields: str) -> dict[str, str]:
        """Return the form that Twilio posts."""
        scheme, to = ("whatsapp:", "whatsapp:+628110001708") if self.route == "whatsapp" else ("", "+628110001708")
        known = {"MessageSid": f"SM{number:032x}", "From": f"{scheme}{self.phone}", "To": to, "NumMedia": "0"}
        return {"AccountSid": self.hooks.secrets.twilio_sid, "SmsStatus": "received", **known, **fields}

    def write(self, text: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - a route's own fields
        """Send a new message; what rides in the response comes on the screen."""
        self.written += 1
        return self.show(self.deliver(text, next(_messages), **more))

    def show(self, response: httpx.Response) -> httpx.Response:
        """Put what rides in a response on the screen."""
        for line in riding(response):
            self.screens.show(self.address, line)
        return response

    def say(self, text: str, **more: Any) -> str:  # noqa: ANN401 - a route's own fields
        """Send a message and return the answer."""
        before = len(self.screen)
        self.write(text, **more)
        return self.hear(before)

    def hear(self, before: int, seconds: float = 10.0) -> str:
        """Return the message that comes after so many, when it is there."""
        until(lambda: len(self.screen) > before, f"{self.address} got no answer: {self.screen}", seconds)
        return self.screen[before]

    def reach(self, *answers: str) -> None:
        """Give these answers one after the other."""
        for text in answers:
            self.say(text)

    def prepare(self, story: str = f"LAPOR {STORY}", place: str = PLACE, stop: str = REVIEW) -> None:
        """Tell a story and answer what is asked, until only what matches `stop` is left: to send the report."""
        self.go_on(self.say(story), place, stop)

    def go_on(self, said: str, place: str = PLACE, stop: str = REVIEW) -> None:
        """Answer what is asked, beginning with a question."""
        while not re.search(stop, said):
            said = self.say(answer_to(said, place))

    def file(self) -> str:
        """File a report and return its tracking id, as told."""
        self.prepare()
        return number_in(self.say("kirim"))

    def fresh(self) -> int:
        """Return the number of a new message."""
        return next(_messages)


def answer_to(question: str, place: str = PLACE) -> str:
    """Return what a citizen answers to a question of the dialog."""
    known = [answer for words, answer in QUESTIONS.items() if re.search(words, question)]
    assert known, f"nobody knows what to answer to {question}"
    return place if known[0] == PLACE else known[0]


def riding(response: httpx.Response) -> list[str]:
    """Return the messages that a webhook's response carries back."""
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/json"):
        call = response.json()
        return [call["text"]] if call.get("method") == "sendMessage" else []
    if kind.startswith("text/xml"):
        twiml = ET.fromstring(response.content)  # noqa: S314 - what our own bot says
        return [each.text or "" for each in twiml.iter("Message")]
    return []


def number_in(text: str) -> str:
    """Return the tracking id that a message tells, empty where it tells none."""
    found = re.search(r"\b9\d{6}\b", text)
    return found[0] if found else ""


def numbers_in(texts: Iterable[str]) -> list[str]:
    """Return what numbers messages tell, in order: tracking ids as they are, a provisional number as such."""
    return [number_in(text) or ("provisional" if "sementara" in text else "none") for text in texts]


def at_once(*acts: Callable[[], object]) -> None:
    """Do several things at the same instant."""
    with ThreadPoolExecutor(len(acts)) as pool:
        for each in [pool.submit(act) for act in acts]:
            each.result()
