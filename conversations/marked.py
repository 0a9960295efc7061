"""What the phone itself marks as a command, which is never part of a story: /status, and START behind a link."""

from typing import Final

from conversations.answers import ticket
from conversations.cases import look_up
from conversations.commands import OBEY
from conversations.hearing import awaits_story, ordered, said
from conversations.reading.opening import addressee
from conversations.session import Session
from conversations.taking import address, begin_report
from conversations.turn import Step, Turn

START: Final = "start"
"""What Telegram sends, in every language, when a chat is opened; behind it stands what the link carries."""

HARMLESS: Final = frozenset({"report", "status", "help", "language"})
"""The commands that a link may give: whoever makes it is not who taps it."""


def marked(session: Session, text: str, turn: Turn) -> Step:
    """Obey a command; one that nobody knows is taken for the text that it may be."""
    name, _, carried = text.partition(" ")
    if name.casefold() == START and carried:
        return started(session, carried, turn)
    return ordered(session, text, turn, sure=True) or said(session, text, turn)


def started(session: Session, carried: str, turn: Turn) -> Step:
    """Begin as a link says: with a report for an agency (TANGKAB), a status, or a command; else with the menu."""
    text = carried.replace("_", " ")
    if whom := addressee(text, turn.knowledge.agencies):
        return (address if awaits_story(session) else begin_report)(session, whom, turn)
    if number := ticket(text):
        return look_up(session, number, turn)
    command = turn.script(session).command(text) or turn.polyglot.command(text)
    return OBEY[command if command in HARMLESS else "menu"](session, turn)
