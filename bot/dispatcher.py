"""The one way in: every event, from any side, becomes a turn of the dialog and is stored with its effects."""

import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import redis
from msgspec.structs import replace

from bot.cases.port import CaseEvent
from bot.document import Document
from bot.errors import Busy
from bot.inbound import Inbound
from bot.scripts import Scripts
from bot.store import Commit, Store
from bot.tasks import Acknowledge, Action, Notify, Send, Task
from bot.tongues import hint
from conversations.bubble import Bubble
from conversations.channel import channel_of
from conversations.effects import Effect, Forget, Remind, Say
from conversations.events import CaseMoved, Said
from conversations.flow import begin, step
from conversations.knowledge import Knowledge
from conversations.rendering import render
from conversations.session import Session
from conversations.turn import Turn

TRIES: Final = 20
DRAFT_SECONDS: Final = 30 * 86400
CASE_SECONDS: Final = 180 * 86400
CONSONANTS: Final = "BCDFGHJKLMNPQRSTVWXZ"


def new_id() -> str:
    """Return a new UUID."""
    return str(uuid.uuid4())


def provisional_number() -> str:
    """Return a number that cannot be guessed and is no digit of a phone's."""
    chance = secrets.randbits(64)
    letters = "".join(CONSONANTS[chance // 20**place % 20] for place in range(8))
    return f"{letters[:4]}-{letters[4:]}"


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Receives events; `scripts` are the languages of the moment, `locale` is the usual one.

    `clock` returns unix seconds, `fresh` makes UUIDs and `provisional` provisional numbers.
    """

    store: Store
    scripts: Scripts
    locale: str
    knowledge: Knowledge
    clock: Callable[[], float] = time.time
    fresh: Callable[[], str] = new_id
    provisional: Callable[[], str] = provisional_number

    def receive(self, inbound: Inbound) -> tuple[Bubble, ...]:
        """Take an event, once per message id, and return the answer that rides in the response.

        Raises Busy where it could not be stored for sure: the channel must deliver it again.
        """
        try:
            return self._receive(inbound)
        except redis.RedisError as error:
            raise Busy(type(error).__name__) from error

    def _receive(self, inbound: Inbound) -> tuple[Bubble, ...]:
        turn = self._turn(inbound)
        for _ in range(TRIES):
            stored = self.store.load(inbound.address)
            document = stored.document or Document(begin())
            answered = document.answer_to(inbound.message_id)
            if answered is not None:
                return answered
            if stored.document is None and isinstance(inbound.event, Said):
                turn = replace(turn, hint=hint(inbound.event.text, self.scripts.tongues()) or "")
            made, answer = advance(document, inbound, turn)
            if self.store.commit(inbound.address, stored.version, made):
                return answer
        raise Busy("too many messages at once")

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
            channel=channel_of(inbound.address),
            scripts=self.scripts.current(),
            locale=self.locale,
            knowledge=self.knowledge,
            polyglot=self.scripts.polyglot(),
            fresh=self.fresh(),
            provisional=self.provisional(),
        )


def advance(document: Document, inbound: Inbound, turn: Turn) -> tuple[Commit, tuple[Bubble, ...]]:
    """Take one turn: step and render; return what to store and the answer that rides in the response."""
    session, effects = step(document.session, inbound.event, turn)
    if any(isinstance(each, Forget) for each in effects):
        document = Document(session)
    provider = inbound.provider or document.provider
    bubbles = bubbles_of(session, effects, turn)
    answer = bubbles if len(bubbles) <= inbound.rides else ()
    at = int(inbound.received_at.timestamp())
    made = Commit(
        Document(session, document.remembering(inbound.message_id, at, answer), provider),
        CASE_SECONDS if session.cases else DRAFT_SECONDS,
        tuple(
            Task(f"{turn.fresh[:18]}{number}", inbound.address, provider, action, at * 1000)
            for number, action in enumerate(actions_of(inbound, effects, () if answer else bubbles))
        ),
        next((each.due for each in reversed(effects) if isinstance(each, Remind)), None),
    )
    return made, answer


def actions_of(inbound: Inbound, effects: tuple[Effect, ...], bubbles: tuple[Bubble, ...]) -> list[Action]:
    """Return what goes to the outbox: every effect for the outside, and the `bubbles` that do not ride."""
    actions: list[Action] = [each for each in effects if not isinstance(each, Say | Remind)]
    actions += [Send(bubble, push=not inbound.provider) for bubble in bubbles]
    if inbound.tap:
        actions.append(Acknowledge(inbound.tap))
    return actions


def bubbles_of(session: Session, effects: tuple[Effect, ...], turn: Turn) -> tuple[Bubble, ...]:
    """Return the messages that the effects say, as they will stand on the citizen's screen."""
    says = [each for each in effects if isinstance(each, Say)]
    if not says:
        return ()
    return render(says, turn.script(session), turn.channel, session.state, session.nonce)


def notification(event: CaseEvent, now_ms: int) -> Task:
    """Return the task that hands a case event, heard at `now_ms`, to whose report it is."""
    moved: CaseMoved = event.moved
    return Task(f"event:{event.event_id}", f"report:{moved.report_id}", "", Notify(event), now_ms)
