"""SUDAH and BELUM: whether what was called done is done, said as often as it is called so."""

from msgspec.structs import replace

from conversations.answers import MOST_STORY
from conversations.complaint import COMPLAINT, REPORT
from conversations.moves import enter, miss
from conversations.session import Case, Session
from conversations.turn import Step, Turn

ANSWERING = frozenset({"question", "reply"})
"""The states in which those words answer the agency."""


def judged(session: Session) -> tuple[Case, ...]:
    """Return the cases that SUDAH and BELUM can be about: those called done; while a report is written, anew."""
    if session.state in ANSWERING:
        return ()
    fresh = tuple(case for case in session.cases if case.verdict)
    closed = (case for case in session.cases if case.status == "closed" and not case.following)
    return fresh or (() if session.state in REPORT else tuple(closed))


def say_solved(session: Session, turn: Turn) -> Step:
    """Take SUDAH where a case was called done."""
    return enter(replace(session, topic=_meant(session).key), "stars", turn)


def say_unsolved(session: Session, turn: Turn) -> Step:
    """Take BELUM where a case was called done."""
    return enter(replace(session, topic=_meant(session).key), "dispute", turn)


def because(session: Session, word: str, text: str, turn: Turn) -> Step | None:
    """Take `BELUM <why>`, also with the report's number; None where that would be about nothing, or is a story."""
    number, _, rest = text.partition(" ")
    named = next((case for case in judged(session) if case.number == number.lstrip("#")), None)
    if named:
        session = replace(session, topic=named.key)
    elif session.state in REPORT | {"dispute"} or not any(case.verdict for case in judged(session)):
        return None
    reason = rest.strip() if named else text
    if word == "solved":
        return say_solved(session, turn) if named and not reason else None
    return dispute(session, reason, turn) if reason else say_unsolved(session, turn)


def denied(session: Session, text: str, turn: Turn) -> bool:
    """Tell whether an answer to "is it done?" begins with a word that says no."""
    first = text.split(maxsplit=1)[0].strip(",.!:;")
    return session.state == "verdict" and turn.script(session).named("verdict", first) == "unsolved"


def dispute(session: Session, reason: str, turn: Turn) -> Step:
    """Record that a case is not done, and pass on why, in one go."""
    session = replace(session, topic=_meant(session).key)
    if len(reason) > MOST_STORY:
        return miss(replace(session, state="dispute"), turn, "long")
    session, rated = COMPLAINT["dispute"].does(session, turn)
    session, effects = enter(replace(session, held=reason), "disputed", turn)
    return session, (*rated, *effects)


def _meant(session: Session) -> Case:
    """Return the case that is meant: the one just spoken of, else the latest."""
    cases = judged(session)
    return next((case for case in cases if case.key == session.topic), cases[-1])
