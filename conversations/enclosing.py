"""Files for an answer to the agency: gathered until it is written, and sent with it."""

from typing import Final

from msgspec.structs import replace

from conversations.answers import Story
from conversations.complaint import COMPLAINT
from conversations.effects import Attach, Effect, Remind, Say
from conversations.events import SentMedia
from conversations.files import left_out, once, same_album, take
from conversations.moves import ask, enter, follow, say_first
from conversations.session import Case, Draft, Session
from conversations.turn import Step, Turn

ANSWERING: Final = frozenset({"reply", "dispute"})
PATIENCE: Final = 600
"""Seconds for which files wait for the words of an answer; then they go without."""


def enclosed(session: Session, event: SentMedia, turn: Turn) -> Step:
    """Take a file into the answer that is asked for; its caption is the answer, else a line is asked for."""
    case = session.case(session.topic)
    if case is None:
        return say_first(session, turn, "type_please")
    letter = letter_for(session, case, turn)
    if letter.full:
        return _full(session, letter, event, turn)
    quiet = bool(letter.media) and same_album(letter, event, turn)
    letter, attach = take(letter, event, turn)
    session = replace(session, letter=letter)
    said = Story(least=2)(event.caption, turn.today)
    if isinstance(said, str):
        return _after(attach, *follow(replace(session, held=said), _next(session), turn))
    session, reminder = _remind(session, turn)
    return _after(attach, session, reminder) if quiet else _after(attach, *_asked(session, reminder, turn))


def letter_for(session: Session, case: Case, turn: Turn) -> Draft:
    """Return the answer to this case's agency that has files, or an empty one."""
    letter = session.letter
    if letter is not None and letter.report_id == case.report_id:
        return letter
    return Draft(turn.fresh, "", report_id=case.report_id)


def sent_alone(session: Session, turn: Turn) -> Step | None:
    """Send the files that wait for an answer without words; None where there are none."""
    case = session.case(session.topic) if session.state in ANSWERING else None
    if session.letter is None or case is None or session.letter.report_id != case.report_id:
        return None
    words = turn.script(session).text("notes", "in_files")
    return follow(replace(session, held=words), _next(session), turn)


def overdue(session: Session, turn: Turn) -> Step:
    """Send files whose words did not come in ten minutes; wait for the rest of that time where it is not over."""
    if session.letter is None or session.state not in ANSWERING:
        return session, ()
    if turn.since(session.letter.taken) < PATIENCE:
        return _remind(session, turn)
    session, effects = sent_alone(session, turn) or (session, ())
    return session, tuple(replace(each, push=True) if isinstance(each, Say) else each for each in effects)


def asked_first(session: Session, case: Case, event: SentMedia, turn: Turn) -> Step:
    """Keep a file that tells of something while an agency waits for an answer; ask which of both it is."""
    letter, attach = take(letter_for(session, case, turn), event, turn)
    caption = event.caption.strip()
    letter = replace(letter, captions=f"{letter.captions}\n{caption}".strip())
    held = replace(session, letter=letter, held=caption, topic=case.key)
    return _after(attach, *enter(held, "which", turn))


def moved(session: Session, effects: tuple[Effect, ...]) -> Step:
    """Move the files of an answer into the new report that it turned out to be."""
    if session.letter is None or session.draft is None:
        return session, effects
    return replace(session.with_draft(media=session.letter.media), letter=None), effects


def _full(session: Session, letter: Draft, event: SentMedia, turn: Turn) -> Step:
    letter, telling = once(letter, "full", event, turn)
    session = replace(session, letter=left_out(letter, turn))
    return say_first(session, turn, "full") if telling else (session, ())


def _asked(session: Session, reminder: tuple[Effect, ...], turn: Turn) -> Step:
    session, effects = ask(replace(session, misses=0), turn, "enclosed")
    return session, (*reminder, *effects)


def _remind(session: Session, turn: Turn) -> Step:
    """Set a deadline for the words, unless another comes before it: that one leads here too."""
    assert session.letter is not None  # noqa: S101 - asked for only where there is one
    due = int((session.letter.taken + PATIENCE) * 1000)
    if session.due > turn.after(0):
        return session, ()
    return replace(session, due=due), (Remind(due),)


def _next(session: Session) -> str:
    return next(target for _, target in COMPLAINT[session.state].exits())


def _after(attach: Attach, session: Session, effects: tuple[Effect, ...]) -> Step:
    return session, (attach, *effects)
