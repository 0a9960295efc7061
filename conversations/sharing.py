"""Following a report from a second phone: what the dialog does on its way into the states of the table."""

from typing import Final

from msgspec.structs import replace

from conversations.acts import WAIT_FOR_NUMBER, remind
from conversations.effects import Effect, Expel, Find, Follow, Offer, Unfollow
from conversations.session import Session
from conversations.turn import Step, Turn

CODE_SECONDS: Final = 15 * 60
CODE_DIGITS: Final = 8


def offer(session: Session, turn: Turn) -> Step:
    """Give a code that lets one other phone follow the report; it takes the place of an older one."""
    case = session.case(session.topic)
    if case is None:
        return session, ()
    code, mark = code_of(turn.fresh), turn.fresh[:8]
    effect = Offer(code, case.key, mark, turn.after(CODE_SECONDS))
    return replace(session.with_case(replace(case, offer=mark)), held=code), (effect,)


def code_of(fresh: str) -> str:
    """Return a code made of the end of a new UUID, which no log ever shows."""
    return f"{int(fresh[-12:], 16) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def follow(session: Session, turn: Turn) -> Step:
    """Ask which report a code stands for; each time counts as a guess."""
    guesses = (*session.guesses, int(turn.now.timestamp()))
    return _seek(replace(session, guesses=guesses), Follow(turn.fresh, session.held), turn)


def find(session: Session, turn: Turn) -> Step:
    """Ask for the reports that were made with the citizen's number."""
    return _seek(session, Find(turn.fresh, session.held), turn)


def _seek(session: Session, effect: Follow | Find, turn: Turn) -> Step:
    session = replace(session, held="", seeking=(*session.seeking, effect.key))
    session, deadline = remind(session, turn, WAIT_FOR_NUMBER)
    return session, (effect, *deadline)


def unfollow(session: Session, _turn: Turn) -> Step:
    """Follow the report no longer."""
    case = session.case(session.topic)
    if case is None or not case.following:
        return session, ()
    others = tuple(each for each in session.cases if each is not case)
    return replace(session, cases=others, topic=""), (Unfollow((case.report_id,)),)


def unshare(session: Session, _turn: Turn) -> Step:
    """Let no other phone follow the report; without one that is spoken of, all of the citizen's."""
    shared = [
        case for case in session.cases if not case.following and session.topic in {"", case.key} and case.report_id
    ]
    effects: tuple[Effect, ...] = (Expel(tuple(case.report_id for case in shared)),) if shared else ()
    for case in shared:
        session = session.with_case(replace(case, followers=(), offer=""))
    return session, effects
