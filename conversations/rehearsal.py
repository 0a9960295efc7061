"""A conversation without the outside world: an actor plays citizen, backend and clock from a transcript."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, Protocol, get_args

from msgspec.structs import replace

from conversations.bubble import Bubble
from conversations.channel import Channel
from conversations.effects import Attach, Effect, File, Find, Follow, Remind, Reply, Say
from conversations.events import (
    Attached,
    CaseMoved,
    Delayed,
    Event,
    Filed,
    Followed,
    Lapsed,
    MediaKind,
    Parted,
    Refused,
    ReplyRefused,
    Said,
    SentMedia,
    SharedNumber,
    SharedPlace,
    Standing,
    Status,
    Tapped,
    Watched,
    Why,
    Withheld,
)
from conversations.flow import begin, step
from conversations.knowledge import Knowledge
from conversations.rendering import render
from conversations.script import Script
from conversations.service import USUAL, Service
from conversations.session import Session
from conversations.showing import described, drawn
from conversations.slash import heard
from conversations.templates import WAITING, shown
from conversations.tongues import Polyglot
from conversations.transcript import Line, Transcript, TranscriptError, fields
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
MOVES: Final = {
    "status": "status_changed", "message": "agency_message", "question": "agency_question",
    "closing": "closing_soon", "tracking": "tracking_id_assigned",
}  # fmt: skip


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
        self._filing: list[str] = []
        self._attaching: list[str] = []
        self._replies: list[Reply] = []
        self._seeking: list[str] = []
        self._sequence = 0

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
        return self.take(self._outcome(line.text))

    def take(self, event: Event) -> list[Line]:
        """Take an event and return the lines that come out."""
        self._count += 1
        said, self.effects = self.play(event, self._turn)
        self.said = tuple(map(self._seen, said))
        self._buttons = tuple(bubble for bubble in self.said if bubble.buttons) or self._buttons
        outside = [line for effect in self.effects for line in self._outside(effect)]
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

    def _outcome(self, text: str) -> Event:
        word, _, rest = text.partition(" ")
        match word:
            case "filed" | "accepted":
                key = _oldest(self._filing, text)
                return Filed(key, f"R-{key[-4:]}", rest or None)
            case "refused":
                return Refused(_oldest(self._filing, text))
            case "attached" | "unattached":
                key = _oldest(self._attaching, text)
                why: Why = next((each for each in get_args(Why) if each == rest), "")
                return Attached(key, f"A-{key[-1]}" if word == "attached" else "", why)
            case "delayed" if self._attaching:
                return Delayed(self._attaching[0])
            case "unanswered":
                return self._unanswered(text)
            case _ if word in MOVES:
                return self._move(word, rest)
            case "follows":
                return Followed(_oldest(self._seeking, text), "code", standings(rest))
            case "finds":
                return Followed(_oldest(self._seeking, text), "number", standings(rest))
            case "watched" | "parted":
                return self._shared(word)
        raise TranscriptError(f"lapor> {text}")

    def _shared(self, word: str) -> Event:
        report_id = self.session.cases[-1].report_id if self.session.cases else "R-0"
        return Watched((report_id,), "another") if word == "watched" else Parted(report_id)

    def _unanswered(self, text: str) -> ReplyRefused:
        reply = next((each for each in reversed(self._replies)), None)
        if reply is None:
            raise TranscriptError(f"lapor> {text}: nothing was sent that this could answer")
        return ReplyRefused(reply.report_id, reply.body, reply.attachments)

    def _move(self, word: str, rest: str) -> CaseMoved:
        given = fields(rest)
        self._sequence = int(given.get("sequence", self._sequence + 1))
        status = next((name for name in get_args(Status) if name in rest.split()), None)
        case = self.session.cases[-1] if self.session.cases else None
        return CaseMoved(
            type=MOVES[word],  # type: ignore[arg-type]
            report_id=given.get("report_id", case.report_id if case else "R-0"),
            status=status or (case.status if case else "submitted"),
            sequence=self._sequence,
            tracking_id=given.get("id"),
            agency=given.get("agency"),
            message=given.get("text"),
            closes_on=date.fromisoformat(given["closes_on"]) if "closes_on" in given else None,
        )

    def _outside(self, effect: Effect) -> Iterable[Line]:
        match effect:
            case Say() | Remind():
                return
            case File(key=key):
                self._filing.append(key)
            case Attach(key=key):
                self._attaching.append(key)
            case Reply():
                self._replies.append(effect)
            case Follow(key=key) | Find(key=key):
                self._seeking.append(key)
        yield Line("lapor<", described(effect))


def _oldest(keys: list[str], text: str) -> str:
    if not keys:
        raise TranscriptError(f"lapor> {text}: nothing was sent that this could answer")
    return keys.pop(0)


def standings(text: str) -> tuple[Standing, ...]:
    """Read reports such as `9165816 verified; 9165817 closed`; none where nothing is written."""
    found = []
    for each in filter(None, map(str.strip, text.split(";"))):
        number, _, rest = each.partition(" ")
        given = fields(rest)
        words = rest.split()
        status: Status = next((name for name in get_args(Status) if name in words), "submitted")
        agency, message = given.get("agency", ""), given.get("text", "")
        found.append(Standing(f"R-{number}", number, status, 0, agency, message))
    return tuple(found)


def span(text: str) -> timedelta:
    """Read a length of time such as `3 detik` or `2 hari`.

    Raises TranscriptError.
    """
    found = SPAN.fullmatch(text.strip())
    if not found:
        raise TranscriptError(f"clock> {text}")
    return timedelta(seconds=int(found[1]) * UNITS[found[2]])
