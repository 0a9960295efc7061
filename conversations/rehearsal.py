"""A conversation without the outside world: an actor plays citizen, backend and clock from a transcript."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol

from msgspec.structs import replace

from conversations.bubble import Bubble
from conversations.channel import Channel
from conversations.effects import Effect, Say
from conversations.events import (
    Event,
    Lapsed,
    MediaKind,
    Said,
    SentMedia,
    SharedNumber,
    SharedPlace,
    Tapped,
    Withheld,
)
from conversations.flow import begin, step
from conversations.knowledge import Knowledge
from conversations.recorded_backend import Backend
from conversations.rendering import render
from conversations.script import Script
from conversations.service import USUAL, Service
from conversations.session import Session
from conversations.showing import drawn
from conversations.slash import heard
from conversations.templates import WAITING, shown
from conversations.tongues import Polyglot
from conversations.transcript import Line, Transcript, TranscriptError
from conversations.turn import Turn
from conversations.window import is_open

KINDS: Final[Mapping[str, MediaKind]] = {
    "foto": "photo", "dokumen": "document", "video": "video", "suara": "voice", "stiker": "sticker",
    "kontak": "contact", "polling": "other", "diubah": "edited",
}  # fmt: skip
THINKING: Final = 20
"""Seconds that a citizen takes to read and write."""

AT_ONCE: Final = "(lekas) "
"""What a message begins with that follows the one before at once."""

SENT: Final = re.compile(r"\((\w+)( album)?(?::\s*(.*))?\)", re.DOTALL)
SPAN: Final = re.compile(r"(\d+)\s*(detik|menit|jam|hari)")
UNITS: Final = {"detik": 1, "menit": 60, "jam": 3600, "hari": 86400}

PROMPT: Final = replace(USUAL, wait=0)
"""In most recorded conversations news does not wait for more of it."""


def service_of(recorded: Transcript) -> Service:
    """Return what citizens can count on in a recorded conversation; its head says how long news waits."""
    return replace(USUAL, wait=int(recorded.of("wait", "0")))


class Languages(Protocol):
    """The languages of the moment."""

    def current(self) -> Mapping[str, Script]:
        """Return those that citizens may choose, by code."""

    def polyglot(self) -> Polyglot:
        """Return the words of all."""


class Rehearsal:
    """Answers the lines of a transcript with the dialog itself; ids and numbers are counted, not drawn."""

    def __init__(  # noqa: PLR0913, PLR0917 - the circumstances of a conversation
        self,
        channel: Channel,
        languages: Languages,
        locale: str,
        knowledge: Knowledge,
        now: datetime,
        service: Service = PROMPT,
    ) -> None:
        self.session: Session = begin()
        self.said: tuple[Bubble, ...] = ()
        self.effects: tuple[Effect, ...] = ()
        self._buttons: tuple[Bubble, ...] = ()
        self._channel, self._languages, self._locale = channel, languages, locale
        self._knowledge, self._now, self._service = knowledge, now, service
        self._count = 0
        self._backend = Backend()

    def answer(self, line: Line) -> list[Line]:
        """Take a line that goes in and return the lines that come out.

        Raises TranscriptError.
        """
        if line.who == "clock>":
            return list(self._wait(line.text))
        if line.text == "(ulang)":
            return [Line("bot>", drawn(bubble)) for bubble in self.repeat()]
        if line.who == "citizen>":
            at_once = line.text.startswith(AT_ONCE)
            self._now += timedelta(seconds=1 if at_once else THINKING)
            return self.take(self._heard(line.text.removeprefix(AT_ONCE)))
        latest = self.session.cases[-1] if self.session.cases else None
        return self.take(self._backend.outcome(line.text, latest))

    def take(self, event: Event) -> list[Line]:
        """Take an event and return the lines that come out."""
        self._count += 1
        said, self.effects = self.play(event, self._turn)
        self.said = tuple(map(self._seen, said))
        self._buttons = tuple(bubble for bubble in self.said if bubble.buttons) or self._buttons
        outside = [line for effect in self.effects for line in self._backend.take(effect)]
        return [*(Line("bot>", drawn(bubble)) for bubble in self.said), *outside]

    def _seen(self, bubble: Bubble) -> Bubble:
        """Return a message as it comes to the phone: in approved words where the channel's window is closed."""
        template = bubble.template
        if template is None or is_open(self.session.heard, self._now):
            return replace(bubble, template=None)
        if template.kind == WAITING:
            self._count += 1
            self.play(Withheld(bubble.text), self._turn)
        return shown(template, self._languages.current()[template.language])

    def play(self, event: Event, turn: Turn) -> tuple[tuple[Bubble, ...], tuple[Effect, ...]]:
        """Take a step; return the messages and the effects."""
        self.session, effects = step(self.session, event, turn)
        says = [each for each in effects if isinstance(each, Say)]
        if not says:
            return (), effects
        script = turn.script(self.session)
        return render(says, script, turn.channel, self.session.state, self.session.nonce), effects

    def repeat(self) -> tuple[Bubble, ...]:
        """Deliver the last message once more; return what is answered again, in the response, if it rode there."""
        by_itself = self._channel.window and any(bubble.buttons for bubble in self.said)
        return () if by_itself or self._channel.name == "sms" else self.said

    @property
    def _turn(self) -> Turn:
        number = f"{self._count:04d}"
        letters = "".join("BCDFGHJKLM"[int(digit)] for digit in number)
        fresh = f"00000000-0000-4000-8000-00000000{number}"
        return Turn(
            self._now,
            self._channel,
            self._languages.current(),
            self._locale,
            self._knowledge,
            self._languages.polyglot(),
            fresh,
            f"TSTS-{letters}",
            service=self._service,
        )

    def _wait(self, text: str) -> Iterable[Line]:
        until, done = self._now + span(text), 0
        while due := self._due(done):
            if due > until.timestamp() * 1000:
                break
            self._now, done = datetime.fromtimestamp(due / 1000, self._now.tzinfo), due
            yield from self.take(Lapsed(due))
        self._now = until

    def _due(self, after: int) -> int:
        """Return the next deadline of those that come after one."""
        return min((due for due in (self.session.due, self.session.wakes) if due > after), default=0)

    def _heard(self, text: str) -> Event:
        if text.startswith("[") and text.endswith("]"):
            return Tapped(self._button(text[1:-1]))
        found = SENT.fullmatch(text)
        if found and found[1] == "lokasi":
            latitude, longitude, *name = (part.strip() for part in (found[3] or "").split(","))
            return SharedPlace(float(latitude), float(longitude), ", ".join(name))
        if found and found[1] == "nomor":
            return SharedNumber((found[3] or "").strip())
        if found and found[1] in KINDS:
            return SentMedia(KINDS[found[1]], f"file-{self._count}", "", found[3] or "", (found[2] or "").strip())
        if self._channel.name == "telegram":
            return heard("" if text == "(kosong)" else text)
        return Said("" if text == "(kosong)" else text)

    def _button(self, label: str) -> str:
        for bubble in self._buttons:
            for button in bubble.buttons:
                if label in {button.label, button.data}:
                    return button.data
        return label


def span(text: str) -> timedelta:
    """Read a length of time such as `3 detik` or `2 hari`.

    Raises TranscriptError.
    """
    found = SPAN.fullmatch(text.strip())
    if not found:
        raise TranscriptError(f"clock> {text}")
    return timedelta(seconds=int(found[1]) * UNITS[found[2]])
