"""Citizens who report something, wait for every answer, and know what they were told."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import httpx

from tests.faults.counts import Counts, Filed
from tests.faults.post import until_taken
from tests.stranger.citizens import QUESTIONS, REVIEW, Citizen, answer_to, at_once, riding

ROUTES: Final = ("gateway", "whatsapp", "telegram")
PLACE: Final = "Jl Kaliurang km 5, Depok, Sleman"
NUMBER: Final = re.compile(r"(?<![\d+])\d{7}(?!\d)")
"""A tracking id of the desk."""

TURNS: Final = 12

_showing = threading.Lock()

numbers = count(735_001)
"""Ends of phone numbers and chats: no tracking id holds one."""


def story_of(number: int) -> str:
    """Return a story that nobody else tells."""
    return f"Lampu penerangan nomor {number} mati semua dan warga takut keluar rumah"


@dataclass
class Reporter:
    """A citizen who waits `patience` seconds for an answer; a message without one is counted in `silent`.

    `post` delivers one message to the bot and shows on the phone what rides in the response. `asked_again` are the
    questions that the citizen brings up once more.
    """

    citizen: Citizen
    patience: float = 20.0
    silent: int = 0
    asked_again: int = 0
    place: str = PLACE
    story: str = ""
    post: "Callable[[Reporter, str], object]" = field(default=lambda reporter, text: reporter.deliver(text))
    ridden: dict[int, list[str]] = field(default_factory=dict)
    busy: threading.Thread | None = None

    def __post_init__(self) -> None:
        self.story = self.story or story_of(self.citizen.number)

    @property
    def screen(self) -> list[str]:
        """Return every message that came, in order."""
        return self.citizen.screen

    @property
    def mark(self) -> bytes:
        """Return what stands in every request about this citizen and in no other."""
        return str(self.citizen.number).encode()

    def deliver(self, text: str, message: int = 0) -> httpx.Response | None:
        """Let the provider deliver a message until it is taken, and show what rides in the response."""
        message = message or self.citizen.fresh()
        response = until_taken(self.citizen.route, lambda: self.citizen.deliver(text, message))
        if response is not None:
            self._show(message, riding(response))
        return response

    def _show(self, message: int, lines: list[str]) -> None:
        """Show what rides in a response; the same answer to a copy counts as the one whose first copy got lost."""
        with _showing:
            if self.ridden.setdefault(message, lines) is lines or self.ridden[message] != lines:
                for line in lines:
                    self.citizen.screens.show(self.citizen.address, line)

    def say(self, text: str) -> str:
        """Send a message and return the answer, empty where there is none."""
        before = len(self.screen)
        self.post(self, text)
        return self.hear(before)

    def hear(self, before: int) -> str:
        """Return the message that comes after so many, empty where none comes in time; count the silence."""
        if self.waits(lambda: len(self.screen) > before):
            return self.screen[before]
        self.silent += 1
        return ""

    def waits(self, true: Callable[[], object], seconds: float = 0.0) -> bool:
        """Wait until something is true, for as long as patience lasts; tell whether it is."""
        deadline = time.monotonic() + (seconds or self.patience)
        while not true():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def prepare(self) -> bool:
        """Tell the story and answer what is asked until only the sending is left; tell whether it came so far."""
        return self._to_review(self.say(f"LAPOR {self.story}"))

    def _to_review(self, said: str) -> bool:
        for _ in range(TURNS):
            if re.search(REVIEW, said):
                return True
            if said and not any(re.search(words, said) for words in QUESTIONS):
                return False  # nobody knows what to answer: what was typed is counted as lost
            said = self.say(answer_to(said, self.place)) if said else self.again()
        return False

    def again(self) -> str:
        """Ask for the last question, as a citizen does who heard nothing."""
        self.asked_again += 1
        return self.say("ULANG")

    def report(self, seconds: float = 0.0) -> "Reporter":
        """Report, and wait for the tracking id."""
        return self.go_on(self.say(f"LAPOR {self.story}"), seconds)

    def go_on(self, said: str, seconds: float = 0.0) -> "Reporter":
        """Answer what is asked, send the report, and wait for the tracking id."""
        if self._to_review(said):
            self._send(seconds)
        return self

    def begin(self, seconds: float) -> threading.Thread:
        """Report in a thread of one's own."""
        return self._begin(lambda: self.report(seconds))

    def begin_sending(self, seconds: float) -> threading.Thread:
        """Send the report that is ready, in a thread of one's own."""
        return self._begin(lambda: self._send(seconds))

    def _begin(self, act: Callable[[], object]) -> threading.Thread:
        self.busy = threading.Thread(target=act, daemon=True)
        self.busy.start()
        return self.busy

    def _send(self, seconds: float) -> None:
        self.say("kirim")
        self.waits(self.told, seconds)

    def finish(self) -> None:
        """Wait until the report that was begun is done."""
        if self.busy:
            self.busy.join()

    def told(self) -> set[str]:
        """Return the tracking ids that were told."""
        return {number for text in self.screen for number in NUMBER.findall(text)}

    def counts(self, filed: list[Filed]) -> Counts:
        """Count what came of the report, where the desk has `filed` these of this citizen."""
        strange = self.told() - {report.tracking_id for report in filed}
        assert not strange, f"{self.citizen.address} was told {strange}, which is not of its reports"
        twice = len(self.screen) - len(set(self.screen)) - self.asked_again
        return Counts(len(filed), len(self.told()), self._lost(filed), self.silent, max(0, twice))

    def _lost(self, filed: list[Filed]) -> int:
        """Count the answers that stand in no report: the story, the place, the day, and who may see it."""
        if not filed:
            return 4
        report = filed[-1].content
        kept = (
            all(part in report["body"] for part in self.story.split("\n")),
            (report.get("place") or {}).get("text") == self.place,
            report.get("occurred_on") is not None,
            report["anonymous"] is False,
        )
        return kept.count(False)


def twice(reporter: Reporter, text: str) -> None:
    """Deliver every message twice."""
    message = reporter.citizen.fresh()
    reporter.deliver(text, message)
    reporter.deliver(text, message)


def together(reporter: Reporter, text: str) -> None:
    """Deliver every message twice at the same instant."""
    message = reporter.citizen.fresh()
    at_once(*[lambda: reporter.deliver(text, message)] * 2)
