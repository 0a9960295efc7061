"""The one way in: every event, from any side, becomes a turn of the dialog and is stored with its effects."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import redis
import structlog
from msgspec.structs import replace

from bot import metrics
from bot.advance import advance, made_of
from bot.cases.port import CaseEvent
from bot.document import Document
from bot.errors import Busy
from bot.funnel import Funnel
from bot.ids import new_id, provisional_number
from bot.inbound import Inbound
from bot.quota import NO_LIMIT, UNBOUND, Bounds
from bot.scripts import Scripts
from bot.store import Commit, Store
from bot.tasks import Notify, Receive, Send, Task
from bot.tongues import hint
from bot.tracing import where
from conversations.bubble import Bubble
from conversations.channel import CHANNELS, Channel, channel_of
from conversations.events import CaseMoved, Said
from conversations.flow import begin
from conversations.knowledge import Knowledge
from conversations.moves import note
from conversations.service import USUAL, Service
from conversations.turn import Turn

TRIES: Final = 20

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Receives events; `scripts` are the languages of the moment, `locale` is the usual one.

    `clock` returns unix seconds, `fresh` makes UUIDs and `provisional` provisional numbers. `phones` are the
    channels by name, with what the providers that are on can show.
    """

    store: Store
    scripts: Scripts
    locale: str
    knowledge: Knowledge
    clock: Callable[[], float] = time.time
    fresh: Callable[[], str] = new_id
    provisional: Callable[[], str] = provisional_number
    bounds: Bounds = UNBOUND
    funnel: Funnel | None = None
    phones: Mapping[str, Channel] = field(default_factory=lambda: CHANNELS)
    service: Service = USUAL

    def receive(self, inbound: Inbound) -> tuple[Bubble, ...]:
        """Take an event, once per message id, and return the answer that rides in the response.

        What the dialog stumbles over is parked, and the citizen told so. Raises Busy where it could not be stored
        for sure: the channel must deliver it again.
        """
        try:
            return self._receive(inbound)
        except redis.RedisError as error:
            raise Busy(type(error).__name__) from error
        except Busy:
            raise
        except Exception as error:  # noqa: BLE001 - a poison message would come back for a day
            return self._park(inbound, error)

    def _receive(self, inbound: Inbound) -> tuple[Bubble, ...]:
        turn = self._turn(inbound)
        for _ in range(TRIES):
            stored = self.store.load(inbound.address)
            document = stored.document or Document(begin())
            answered = document.answer_to(inbound.message_id)
            if answered is not None:
                return answered
            if stored.document is None:
                turn = replace(turn, hint=self._hint(inbound))
            made, answer = self._made(document, inbound, turn)
            if made is None:
                metrics.THROTTLED.labels(turn.channel.name).inc()
                return ()
            if self._stored(inbound, stored.version, made):
                metrics.count_move(document.session.state, made.document.session.state)
                if self.funnel is not None:
                    known = document.session if stored.document else None
                    self.funnel.count(turn, known, made.document.session)
                return answer
        raise Busy("too many messages at once")

    def _hint(self, inbound: Inbound) -> str:
        """Return the language that a first message is in, or that of the phone where the message does not tell."""
        match inbound.event:
            case Said(text=text, command=False):
                return hint(text, self.scripts.tongues()) or inbound.hint
            case _:
                return inbound.hint

    def _made(self, document: Document, inbound: Inbound, turn: Turn) -> tuple[Commit | None, tuple[Bubble, ...]]:
        """Take one turn within the citizen's quota; the first message beyond it is answered, the next are not."""
        if not inbound.provider:
            return advance(document, inbound, turn, self.bounds)
        busy = self.bounds.citizen.spent(document.busy, int(inbound.received_at.timestamp() * 1000))
        if busy is not None:
            return advance(replace(document, busy=busy, warned=False), inbound, turn, self.bounds)
        if document.warned:
            return None, ()
        effects = note(document.session, "too_many", turn)
        return made_of(replace(document, warned=True), effects, inbound, turn, self.bounds)

    def _stored(self, inbound: Inbound, version: bytes, made: Commit) -> bool:
        """Commit; tell whether no other turn was faster. Raises Busy where the channel brings more than it may."""
        allowed = self.bounds.channel if inbound.provider else NO_LIMIT
        fate = self.store.commit(inbound.address, version, made, allowed)
        if fate == "flooded":
            raise Busy("the channel brings more than it may")
        return fate == "stored"

    def _park(self, inbound: Inbound, error: Exception) -> tuple[Bubble, ...]:
        """Keep an event that the dialog stumbles over, and say so to the citizen who sent it; raises Busy."""
        kind, at = type(error).__name__, int(self.clock() * 1000)
        event = type(inbound.event).__name__
        log.error("message_parked", event_type=event, error=kind, where=where(error))
        metrics.PARKED.labels("Receive").inc()
        kept = Receive(inbound.message_id, inbound.event, inbound.received_at)
        task = Task(self.fresh(), inbound.address, inbound.provider, kept, at)
        try:
            self.store.park(task, f"poison: {kind}")
            return self._excuse(inbound, task)
        except redis.RedisError as trouble:
            raise Busy(type(trouble).__name__) from trouble

    def _excuse(self, inbound: Inbound, parked: Task) -> tuple[Bubble, ...]:
        """Tell a citizen, in the usual language, that a message could not be taken."""
        if not inbound.provider:
            return ()
        said = Bubble(
            self.scripts.current()[self.locale].text("notes", "trouble", channel_of(inbound.address).name)
        )
        if inbound.rides:
            return (said,)
        self.store.append(replace(parked, id=f"{parked.id}/said", action=Send(said)))
        return ()

    def notify(self, event: CaseEvent) -> None:
        """Take a case event; one of a report that is not known yet waits in the outbox.

        Raises Busy where it could not be stored.
        """
        try:
            self.store.append(notification(event, int(self.clock() * 1000)))
        except redis.RedisError as error:
            raise Busy(type(error).__name__) from error

    def _turn(self, inbound: Inbound) -> Turn:
        return Turn(
            now=inbound.received_at,
            channel=self.phones[inbound.address.partition(":")[0]],
            scripts=self.scripts.current(),
            locale=self.locale,
            knowledge=self.knowledge,
            polyglot=self.scripts.polyglot(),
            fresh=self.fresh(),
            provisional=self.provisional(),
            kept_days=self.bounds.case_days,
            service=self.service,
        )


def notification(event: CaseEvent, now_ms: int) -> Task:
    """Return the task that hands a case event, heard at `now_ms`, to whose report it is."""
    moved: CaseMoved = event.moved
    return Task(f"event:{event.event_id}", f"report:{moved.report_id}", "", Notify(event), now_ms)
