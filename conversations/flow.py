"""The engine: one event at a time, from a session to the session after it and what must be done."""

from math import inf
from typing import Final

from msgspec.structs import replace

from conversations import cases, evidence, filing
from conversations.answers import Problem, denies, is_story, skips, ticket, unsure
from conversations.commands import OBEY
from conversations.complaint import COMPLAINT, REPORT
from conversations.events import (
    Attached,
    CaseMoved,
    Event,
    Filed,
    Lapsed,
    Refused,
    Said,
    SentMedia,
    SharedPlace,
    Tapped,
)
from conversations.moves import ask, enter, follow, miss, say_first
from conversations.session import Session
from conversations.states import Ask, Choose, Gather
from conversations.taking import begin_report, choose, keep, lengthened, skip, tell
from conversations.turn import Step, Turn
from conversations.wording import meant

LONG_SILENCE: Final = 6 * 3600
"""Seconds after which a citizen who writes again is told first what was being written."""

BREATH: Final = 4
"""Seconds within which several messages are one: nobody has read the question that the first one got."""

LEAVING: Final = frozenset({"menu", "cancel", "back", "status", "language", "restore", "erase"})
"""Control words that lead out of a story."""


def begin() -> Session:
    """Return the session of a citizen who has never written."""
    return Session(state=COMPLAINT.first.name)


def step(session: Session, event: Event, turn: Turn) -> Step:
    """Take one event: return the session after it and the effects to carry out."""
    session, effects = _step(session, event, turn)
    if isinstance(event, Said | Tapped | SharedPlace | SentMedia):
        session = replace(session, heard=int(turn.now.timestamp()))
    return session, effects


def _step(session: Session, event: Event, turn: Turn) -> Step:
    match event:
        case Said(text=text):
            return said(session, text.strip(), turn)
        case Tapped(data=data):
            return tapped(session, data, turn)
        case SharedPlace():
            return evidence.pinned(session, event, turn)
        case SentMedia():
            return evidence.sent(session, event, turn)
        case Lapsed(due=due):
            return filing.lapsed(session, due, turn)
        case Filed() | Refused() | Attached():
            return filing.outcome(session, event, turn)
        case CaseMoved():
            return cases.moved(session, event, turn)


def said(session: Session, text: str, turn: Turn) -> Step:
    """Understand a text: a choice of the menu shown, a control word, a new report, or an answer."""
    script = turn.script(session)
    state = COMPLAINT[session.state]
    if not text:
        return miss(session, turn, "empty")
    if isinstance(state, Choose) and (option := meant(session, state, text, turn)):
        return chosen(session, option, turn)
    command = script.command(text)
    if command and (command not in {"solved", "unsolved"} or cases.verdict_open(session)):
        return commanded(session, command, text, turn)
    if opening := script.opening(text):
        done = opened(session, *opening, turn)
        if done is not None:
            return done
    if session.state in REPORT and session.draft is not None and LONG_SILENCE < turn.since(session.heard) < inf:
        return enter(replace(session, held=text), "recall", turn)
    return answered(session, text, turn)


def commanded(session: Session, command: str, text: str, turn: Turn) -> Step:
    """Obey a control word; inside a story that has begun, ask first whether it is one."""
    if session.state == "story" and session.draft is not None and session.draft.story and command in LEAVING:
        return enter(replace(session, held=text), "command", turn)
    return OBEY[command](session, turn)


def chosen(session: Session, option: str, turn: Turn) -> Step:
    """Take a choice; what was held while it was asked is taken up again."""
    match session.state, option:
        case "command", "obey":
            command = turn.script(session).command(session.held) or "menu"
            return OBEY[command](resumed(session), turn)
        case "command", "story":
            return tell(resumed(session), session.held, turn)
        case "recall", "resume" if is_story(session.held) or session.trail[-1:] != ("story",):
            return answered(resumed(session), session.held, turn)
        case "recall", "resume":
            return ask(resumed(session), turn)
        case "recall", "anew":
            return begin_report(session, session.held if is_story(session.held) else "", turn)
        case _:
            return choose(session, option, turn)


def resumed(session: Session) -> Session:
    """Return the session at the question that was put off, its trail as it was."""
    *rest, last = session.trail or ("story",)
    return replace(session, state=last, trail=tuple(rest), misses=0, shown=())


def opened(session: Session, word: str, rest: str, turn: Turn) -> Step | None:
    """Obey a control word with something behind it: LAPOR <story>, STATUS <number>, BALAS <answer>."""
    match word:
        case "report" if session.state != "story":
            return begin_report(session, rest, turn)
        case "report":
            return tell(session, rest, turn)
        case "status" if found := ticket(rest):
            return cases.look_up(session, found, turn)
        case "reply" if cases.addressed(session) and (cases.awaiting(session) or session.draft is None):
            return cases.answer(session, rest, turn)
        case _:
            return None


def answered(session: Session, text: str, turn: Turn) -> Step:
    """Read an answer to the present question."""
    state = COMPLAINT[session.state]
    match state:
        case Gather(name="story"):
            return tell(session, text, turn)
        case Gather() if skips(text) or denies(text):
            return skip(session, turn)
        case Ask(optional=True) if skips(text) or unsure(text):
            return skip(session, turn)
        case Ask(read=read):
            found = read(text, turn.today)
            if not isinstance(found, Problem):
                return follow(keep(session, found), state.then, turn)
            return unread(session, text, found, turn)
        case Choose() | Gather() if state.name in REPORT:
            return added(session, text, turn)
        case _:
            return anew(session, text, turn)


def unread(session: Session, text: str, problem: Problem, turn: Turn) -> Step:
    """Take an answer that cannot be read: a story is kept, anything else is asked for again."""
    if not is_story(text):
        return miss(session, turn, problem.name)
    return added(session, text, turn) if session.state in REPORT else anew(session, text, turn)


def anew(session: Session, text: str, turn: Turn) -> Step:
    """Take a text that answers nothing: a story begins a report, anything else gets the menu."""
    if filing.repeated(session, text, turn):
        return told_again(session, turn)
    if not is_story(text):
        asked = isinstance(COMPLAINT[session.state], Choose) and session.shown
        return miss(session, turn, "unknown") if asked else enter(session, "menu", turn)
    if case := cases.awaiting(session):
        return enter(replace(session, held=text, topic=case.key), "which", turn)
    return begin_report(session, text, turn)


def told_again(session: Session, turn: Turn) -> Step:
    """Answer a second confirmation: the report was sent once, here is its number."""
    session, owed = filing.tell_provisional(session, turn)
    return (session, owed) if owed else ask(session, turn, "again")


def added(session: Session, text: str, turn: Turn) -> Step:
    """Take a text where a choice or a file was asked for: more of the story, or not understood."""
    if session.draft is None or not is_story(text):
        return miss(session, turn, "unknown")
    longer = lengthened(session.draft, text)
    if longer is None:
        return say_first(session, turn, "too_long")
    session = replace(session, draft=longer, misses=0)
    if turn.since(session.heard) <= BREATH:
        return session, ()  # the question asked a moment ago still stands
    return say_first(session, turn, "added")


def tapped(session: Session, data: str, turn: Turn) -> Step:
    """Take a tap: on the menu shown last it chooses, again it is harmless, on an older one it is explained."""
    if data and data == session.tapped:
        return session, ()
    state, _, rest = data.partition(".")
    nonce, _, option = rest.partition(".")
    if state == session.state and nonce == str(session.nonce) and option in session.shown:
        return chosen(replace(session, tapped=data), option, turn)
    return say_first(session, turn, "stale")
