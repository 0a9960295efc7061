"""One turn, pure: from a document and an event to the document after it, its tasks and the answer that rides."""

from typing import Final

from msgspec.structs import replace

from bot.document import Document
from bot.inbound import Inbound
from bot.quota import Bounds
from bot.store import Commit
from bot.tasks import Acknowledge, Action, Send, Task, Wake
from conversations.bubble import Bubble
from conversations.effects import Effect, Forget, Remind, Say
from conversations.flow import step
from conversations.rendering import render
from conversations.session import Session
from conversations.turn import Turn

DAY: Final = 86400
ERASED_SECONDS: Final = 3600
"""For how long it is remembered, of a citizen who had everything erased, which messages were answered."""


def advance(document: Document, inbound: Inbound, turn: Turn, bounds: Bounds) -> tuple[Commit, tuple[Bubble, ...]]:
    """Take one turn: step and render; return what to store and the answer that rides in the response."""
    session, effects = step(document.session, inbound.event, turn)
    return made_of(replace(document, session=session), effects, inbound, turn, bounds)


def made_of(
    document: Document, effects: tuple[Effect, ...], inbound: Inbound, turn: Turn, bounds: Bounds
) -> tuple[Commit, tuple[Bubble, ...]]:
    """Return what a turn that came to these effects stores, and the answer that rides in the response."""
    session = document.session
    erased = any(isinstance(each, Forget) for each in effects)
    if erased:
        document = Document(session, busy=document.busy)
    provider = inbound.provider or document.provider
    bubbles = bubbles_of(session, effects, turn)
    answer = bubbles if rides(bubbles, inbound) else ()
    at = int(inbound.received_at.timestamp())
    document = replace(document, provider=provider)
    seen = document.remembering(inbound.message_id, at, answer)
    made = Commit(
        replace(document, seen=seen),
        ERASED_SECONDS if erased else kept_seconds(session, bounds),
        tuple(
            Task(f"{turn.fresh[:18]}{number}", inbound.address, provider, action, born_of(action, at * 1000))
            for number, action in enumerate(actions_of(inbound, effects, () if answer else bubbles))
        ),
    )
    return made, answer


def rides(bubbles: tuple[Bubble, ...], inbound: Inbound) -> bool:
    """Tell whether the webhook's response can carry an answer."""
    fits = not (inbound.words and any(bubble.buttons for bubble in bubbles))
    return fits and len(bubbles) <= inbound.rides


def kept_seconds(session: Session, bounds: Bounds) -> int:
    """Return for how long a citizen's document is kept after the last turn."""
    return (bounds.case_days if session.cases else bounds.draft_days) * DAY


def born_of(action: Action, now_ms: int) -> int:
    """Return when a task is due first, in unix milliseconds."""
    return action.due if isinstance(action, Wake) else now_ms


def actions_of(inbound: Inbound, effects: tuple[Effect, ...], bubbles: tuple[Bubble, ...]) -> list[Action]:
    """Return what goes to the outbox: every effect for the outside, and the `bubbles` that do not ride."""
    actions: list[Action] = [each for each in effects if not isinstance(each, Say | Remind)]
    actions += [Wake(each.due) for each in effects if isinstance(each, Remind) and each.due]
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
