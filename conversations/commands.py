"""Control words: what each means, as a whole message, anywhere in the dialog."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from msgspec.structs import replace

from conversations import cases, following, shelf, verdicts
from conversations.complaint import COMPLAINT, REPORT
from conversations.leaving import mute, unmute
from conversations.moves import ask, back, enter, follow, remark, say_first
from conversations.reading.opening import Opening
from conversations.session import Session
from conversations.states import Wait
from conversations.taking import begin_report, keep_for_later, skip
from conversations.turn import Step, Turn

Command: TypeAlias = Callable[[Session, Turn], Step]


def menu(session: Session, turn: Turn) -> Step:
    """Show the menu; a report that is being written stays for LANJUT."""
    return enter(session, "menu", turn)


def greet(session: Session, turn: Turn) -> Step:
    """Answer a greeting: with the present question while a report is being written, else with the menu."""
    return again(session, turn) if session.state in REPORT else menu(session, turn)


def help_(session: Session, turn: Turn) -> Step:
    """Say what the citizen can do, and ask the present question again where there is one."""
    if session.state in REPORT:
        return say_first(session, turn, "help", "retry.stuck")
    session, _ = enter(session, "menu", turn)
    return ask(session, turn, "help")


def cancel(session: Session, turn: Turn) -> Step:
    """Set the report aside, for 30 days; with nothing to set aside, show the menu."""
    if session.draft is None:
        return enter(replace(session, held="", letter=None), "menu", turn)
    return keep_for_later(session, turn)


def restore(session: Session, turn: Turn) -> Step:
    """Bring back the report set aside last; once more, the next older one."""
    if not session.shelf:
        return remark(session, turn, "no_draft")
    return follow(replace(shelf.take(session, turn), trail=()), "story", turn)


def again(session: Session, turn: Turn) -> Step:
    """Ask the present question again."""
    waits = isinstance(COMPLAINT[session.state], Wait)
    return ask(session, turn, "again" if waits else "ask")


def resume(session: Session, turn: Turn) -> Step:
    """Go on with the report; where a question can be left out, that is going on."""
    if session.draft is None:
        return restore(session, turn) if session.shelf else enter(session, "menu", turn)
    if session.state == "evidence":
        return skip(session, turn)
    return again(session, turn) if session.state in REPORT else follow(session, "story", turn)


def report(session: Session, turn: Turn) -> Step:
    """Begin a report."""
    return again(session, turn) if session.state == "story" else begin_report(session, Opening(""), turn)


def thanks(session: Session, turn: Turn) -> Step:
    """Answer thanks, and leave everything as it is."""
    return remark(session, turn, "welcome")


def start(session: Session, turn: Turn) -> Step:
    """Tell news again where it was stopped; else show the menu."""
    return unmute(session, turn) if session.muted else menu(session, turn)


OBEY: Final[Mapping[str, Command]] = {
    "menu": menu,
    "start": start,
    "greeting": greet,
    "help": help_,
    "cancel": cancel,
    "restore": restore,
    "back": back,
    "again": again,
    "resume": resume,
    "skip": skip,
    "report": report,
    "thanks": thanks,
    "status": cases.list_cases,
    "reply": cases.begin_reply,
    "solved": verdicts.say_solved,
    "unsolved": verdicts.say_unsolved,
    "language": lambda session, turn: enter(session, "language", turn),
    "leave": mute,
    "code": following.begin_code,
    "follow": lambda session, turn: enter(session, "follow", turn),
    "number": following.begin_find,
    "unfollow": following.unfollow,
    "unshare": following.unshare_all,
    "erase": lambda session, turn: enter(session, "erase", turn),
}
