"""The engine: one event at a time, from a session to the session after it and what must be done."""

from msgspec.structs import replace

from conversations import cases, evidence, filing, following, late, leaving, news, pushed
from conversations.complaint import COMPLAINT
from conversations.effects import Effect, Say
from conversations.events import (
    Attached,
    CaseMoved,
    Delayed,
    Event,
    Filed,
    Followed,
    Happening,
    Heard,
    Lapsed,
    Left,
    Parted,
    Refused,
    ReplyRefused,
    Said,
    SentMedia,
    SharedNumber,
    SharedPlace,
    Tapped,
    Unwatched,
    Watched,
    Withheld,
)
from conversations.hearing import chosen, said
from conversations.informing import inform
from conversations.marked import marked
from conversations.moves import found, say_first
from conversations.session import Session
from conversations.turn import Step, Turn


def begin() -> Session:
    """Return the session of a citizen who has never written."""
    return Session(state=COMPLAINT.first.name)


def step(session: Session, event: Event, turn: Turn) -> Step:
    """Take one event: return the session after it and the effects to carry out."""
    written = isinstance(event, Said) and not event.command
    if session.state in COMPLAINT or not written:  # a text that answers what is no more is told apart
        session = found(session, turn)
    if isinstance(event, Heard):
        return _heard(session, event, turn)
    after, effects = _step(session, event, turn)
    after, ripe = news.ripen(after, turn)
    effects = (*effects, *ripe)
    effects = tuple(replace(each, push=True) if isinstance(each, Say) else each for each in effects)
    return leaving.unsaid(session, after, effects) if session.left else (after, effects)


def _heard(session: Session, event: Event, turn: Turn) -> Step:
    """Take what the citizen did: who had left is back, who is new may be offered another language."""
    owed: tuple[Effect, ...] = ()
    session = late.swept(session, turn)
    if session.left:
        session, owed = leaving.returned(session, turn)
    first = not session.heard
    session, withheld = pushed.owed(session)
    nodded = bool(withheld) and pushed.nods(event, session, turn)
    session, effects = pushed.reminded(session, turn) if nodded else _step(session, event, turn)
    session = replace(session, heard=int(turn.now.timestamp()))
    session, told = news.tell(session, turn, alone=False)
    session, deadline = news.schedule(session, turn)
    effects = (*told, *effects, *deadline)
    if first and turn.hint in turn.scripts and turn.hint != turn.script(session).code:
        effects = (Say("notes", "offer", minor=True), *effects)
    effects = (*withheld, *owed, *effects)
    return (session, effects) if session.informed else inform(session, effects, turn)


def _step(session: Session, event: Event, turn: Turn) -> Step:
    return _done(session, event, turn) if isinstance(event, Heard) else _happened(session, event, turn)


def _done(session: Session, event: Heard, turn: Turn) -> Step:
    """Take what the citizen did."""
    match event:
        case Said(text=text, command=command):
            return (marked if command else said)(session, text.strip(), turn)
        case Tapped(data=data):
            return tapped(session, data, turn)
        case SharedPlace():
            return evidence.pinned(session, event, turn)
        case SentMedia():
            return evidence.sent(session, event, turn)
        case SharedNumber():
            return following.shared(session, event, turn)


def _happened(session: Session, event: Happening, turn: Turn) -> Step:
    """Take what happened elsewhere."""
    match event:
        case Lapsed(due=due):
            return filing.lapsed(session, due, turn)
        case Filed() | Refused() | Attached() | Delayed() | ReplyRefused():
            return filing.outcome(session, event, turn)
        case CaseMoved():
            return cases.moved(session, event, turn)
        case Withheld(text=text):
            return pushed.withheld(session, text), ()
        case Followed():
            return following.followed(session, event, turn)
        case Watched():
            return following.watched(session, event, turn)
        case Unwatched():
            return following.unwatched(session, event)
        case Parted():
            return following.parted(session, event, turn)
        case Left():
            return replace(session, left=True), ()


def tapped(session: Session, data: str, turn: Turn) -> Step:
    """Take a tap: on the menu shown last it chooses, again it is harmless, on an older one it is explained."""
    if data and data == session.tapped:
        return session, ()
    state, _, rest = data.partition(".")
    nonce, _, option = rest.partition(".")
    if state == "template":
        return pushed.picked(replace(session, tapped=data), nonce, option, turn)
    if state == session.state and nonce == str(session.nonce) and option in session.shown:
        return chosen(replace(session, tapped=data), option, turn)
    return say_first(session, turn, "stale")
