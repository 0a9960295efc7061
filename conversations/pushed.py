"""What was told without being asked: templates that are answered, and words that wait until the citizen writes."""

from typing import Final

from msgspec.structs import replace

from conversations import cases
from conversations.answers import affirms
from conversations.complaint import REPORT
from conversations.effects import Say
from conversations.events import Event, Said, Tapped
from conversations.moves import ask, enter, say_first
from conversations.session import Session
from conversations.turn import Step, Turn

MOST_OWED: Final = 5
LONGEST: Final = 1000
"""Characters that are kept of one text."""


def withheld(session: Session, text: str) -> Session:
    """Keep a text that could not be sent; of many, the latest."""
    return replace(session, owed=(*session.owed, text[:LONGEST])[-MOST_OWED:])


def owed(session: Session) -> tuple[Session, tuple[Say, ...]]:
    """Return what could not be sent while the window was closed, to be said first, and the session without it."""
    if not session.owed:
        return session, ()
    return replace(session, owed=()), (Say("owed", "ask", {"owed": "\n\n".join(session.owed)}),)


def nods(event: Event, session: Session, turn: Turn) -> bool:
    """Tell whether a citizen only asks to hear what is owed: a yes now cannot answer what was never read."""
    match event:
        case Said(text=text):
            script = turn.script(session)
            asks = script.command(text) == "greeting" or script.named("template", text) == "show"
            return asks or affirms(text)
        case Tapped(data=data):
            return data.startswith("template.") and data.endswith(".show")
        case _:
            return False


def reminded(session: Session, turn: Turn) -> Step:
    """Say nothing more; while a report is being written, its question follows."""
    return ask(session, turn) if session.state in REPORT else (session, ())


def picked(session: Session, number: str, option: str, turn: Turn) -> Step:
    """Take a tap on a button below a template: the report it is about is named by its number."""
    if option == "show":
        return cases.list_cases(session, turn)
    case = next((case for case in session.cases if case.verdict and case.number == number), None)
    if case is None:
        return say_first(session, turn, "stale")
    return enter(replace(session, topic=case.key), "stars" if option == "solved" else "dispute", turn)
