"""Hearing: what a text means where the citizen stands, and what comes of it."""

from math import inf
from typing import Final

from msgspec.structs import replace

from conversations import cases, following, verdicts
from conversations.answering import added, anew, answered
from conversations.answers import is_story, ticket
from conversations.commands import OBEY
from conversations.complaint import COMPLAINT, REPORT
from conversations.moves import ask, enter, found, miss, say_first
from conversations.reading.opening import Opening, addressee, opening
from conversations.session import Session
from conversations.states import Choose
from conversations.taking import address, begin_report, choose, decided, tell
from conversations.turn import Step, Turn
from conversations.wording import meant

LONG_SILENCE: Final = 6 * 3600
"""Seconds after which a citizen who writes again is told first what was being written."""

LEAVING: Final = frozenset(
    {"menu", "cancel", "back", "status", "language", "restore", "erase", "leave"} | {"code", "follow", "number"}
)
"""Control words that lead out of a story."""


def said(session: Session, text: str, turn: Turn) -> Step:
    """Understand a text: a choice of the menu shown, a control word, a new report, or an answer."""
    if session.state not in COMPLAINT:
        return stranded(found(session, turn), text, turn)
    script = turn.script(session)
    state = COMPLAINT[session.state]
    if not text:
        return miss(session, turn, "empty")
    if isinstance(state, Choose) and (option := meant(session, state, text, turn)):
        return chosen(session, option, turn)
    if session.state == "review" and (privacy := script.named("privacy", text)):
        return decided(replace(session, state="privacy"), privacy, "personal", turn)
    if done := ordered(session, text, turn):
        return done
    letter = opening(text, script, turn.knowledge.agencies)
    if letter.asked and session.state != "story":
        return begin_report(session, letter, turn)
    if awaits_story(session) and (whom := letter if letter.asked else addressee(text, turn.knowledge.agencies)):
        return address(session, whom, turn)
    if session.state in REPORT and session.draft is not None and LONG_SILENCE < turn.since(session.heard) < inf:
        return enter(replace(session, held=text), "recall", turn)
    return answered(session, letter.body if letter.asked else text, turn)


def awaits_story(session: Session) -> bool:
    """Tell whether a story is asked for of which nothing has been told yet."""
    return session.state == "story" and not (session.draft and session.draft.story)


def stranded(session: Session, text: str, turn: Turn) -> Step:
    """Take a text that answers a question which is no more: what it says by itself counts, the report goes on."""
    if done := ordered(session, text, turn):
        return done
    letter = opening(text, turn.script(session), turn.knowledge.agencies)
    if letter.asked:
        return begin_report(session, letter, turn)
    if session.draft is None:
        return anew(session, text, turn)
    return added(session, text, turn) if is_story(text) else say_first(session, turn, "moved")


def ordered(session: Session, text: str, turn: Turn, *, sure: bool = False) -> Step | None:
    """Obey a text that is a control word, or begins with one that may; None for any other text.

    Where it is `sure` that it is a command, nothing is asked first.
    """
    script = turn.script(session)
    command = script.command(text) or turn.polyglot.command(text)
    if command and (command not in {"solved", "unsolved"} or verdicts.judged(session)):
        return OBEY[command](session, turn) if sure else commanded(session, command, text, turn)
    prefix = script.opening(text)
    return opened(session, *prefix, turn) if prefix else None


def commanded(session: Session, command: str, text: str, turn: Turn) -> Step:
    """Obey a control word; inside a story that has begun, ask first whether it is one."""
    if session.state == "story" and session.draft is not None and session.draft.story and command in LEAVING:
        return enter(replace(session, held=text), "command", turn)
    return OBEY[command](session, turn)


def chosen(session: Session, option: str, turn: Turn) -> Step:
    """Take a choice; what was held while it was asked is taken up again."""
    match session.state, option:
        case "command", "obey":
            known = turn.script(session).command(session.held) or turn.polyglot.command(session.held)
            return OBEY[known or "menu"](resumed(session), turn)
        case "command", "story":
            return tell(resumed(session), session.held, turn)
        case "recall", "resume" if is_story(session.held) or session.trail[-1:] != ("story",):
            return answered(resumed(session), session.held, turn)
        case "recall", "resume":
            return ask(resumed(session), turn)
        case "recall", "anew":
            return begin_report(session, Opening(session.held if is_story(session.held) else ""), turn)
        case _:
            return choose(session, option, turn)


def resumed(session: Session) -> Session:
    """Return the session at the question that was put off, its trail as it was."""
    *rest, last = session.trail or ("story",)
    return replace(session, state=last, trail=tuple(rest), misses=0, shown=())


def opened(session: Session, word: str, rest: str, turn: Turn) -> Step | None:
    """Obey a control word with something behind it: STATUS or KODE <number>, BALAS <answer>, IKUTI <code>."""
    match word:
        case "code" if found := ticket(rest):
            return following.code_for(session, found, turn)
        case "follow" if not any(map(str.isalpha, rest)):
            return following.redeem(session, rest, turn)
        case "status" if found := ticket(rest):
            return cases.look_up(session, found, turn)
        case "solved" | "unsolved":
            return verdicts.because(session, word, rest, turn)
        case "reply" if cases.addressed(session) and (cases.awaiting(session) or session.draft is None):
            return cases.answer(session, rest, turn)
        case "reply" if session.draft is None and any(case.following for case in session.cases):
            return cases.begin_reply(session, turn)
        case _:
            return None
