"""Moving through the table: into a state, past what is known, back, and asking again."""

from msgspec.structs import replace

from conversations.answers import Story
from conversations.complaint import COMPLAINT, REPORT
from conversations.effects import Asking, Say
from conversations.reading.personal import personal
from conversations.session import Draft, Session
from conversations.states import Ask, Choose, End, Wait
from conversations.turn import Step, Turn
from conversations.understanding import open_question
from conversations.wording import options_of, values_of

MOST_TRAIL = 8
MOST_MISSES = 3
MOST_ASKED = 2
"""Extra questions that are put about one report, whatever an officer still would like to know."""
IDLE = "menu"


def enter(session: Session, name: str, turn: Turn, *, back: bool = False) -> Step:
    """Go into a state: do what the table says and ask its question.

    Where something else ends while a report is being written, the report goes on.
    """
    state = COMPLAINT[name]
    left = session.state
    session, effects = state.does(session, turn)
    session = replace(session, state=name, misses=0, trail=session.trail if back else _trail(session, left))
    session, say = ask(session, turn)
    if isinstance(state, End) and session.draft is not None:
        session, more = follow(session, "story", turn)
        say = (*say, *more)
    return session, (*effects, *say)


def follow(session: Session, name: str, turn: Turn) -> Step:
    """Go into a state or, past what is already known, into the first that still has a question."""
    return enter(session, _open(session, name, turn), turn)


def found(session: Session, turn: Turn) -> Session:
    """Return the session as the table has it: from a state that is no more, to the report's first open question.

    Without a report that is the menu. No number means anything there until that question is asked.
    """
    if all(name in COMPLAINT for name in (session.state, *session.trail)):
        return session
    trail = tuple(name for name in session.trail if name in COMPLAINT)
    if session.state in COMPLAINT:
        return replace(session, trail=trail)
    state = IDLE if session.draft is None else _open(session, "story", turn)
    return replace(session, state=state, trail=trail, shown=(), misses=0)


def ask(session: Session, turn: Turn, text: str = "ask") -> Step:
    """Ask the question of the present state, or say another of its texts; its menu is what numbers mean now."""
    state = COMPLAINT[session.state]
    if isinstance(state, Wait) and text == "ask":
        return session, ()
    if text in {"ask", "resumed"}:
        text = variant(session, text)
    options = options_of(session, state, turn)
    if isinstance(state, Choose):
        fresh = options != session.shown or text in {"ask", "refused"}
        session = replace(session, shown=options, nonce=session.nonce + fresh)
    request = state.request if isinstance(state, Ask) else ""
    return session, (Say(state.name, text, values_of(session, turn), options, request=request),)


def variant(session: Session, text: str) -> str:
    """Return the name of the text that asks: another one where a part of the answer is known."""
    draft, case = session.draft, session.case(session.topic)
    match session.state:
        case "story" if draft and draft.agency and not draft.story:
            return "addressed"
        case "place" if draft and draft.place is not None and draft.vague:
            return "more"
        case "review" if draft and draft.whole:
            return "whole"
        case "case" if case and case.following:
            return "followed"
        case _:
            return text


def say_first(session: Session, turn: Turn, note: str, text: str = "ask") -> Step:
    """Say a note, then ask the present question again; on SMS the question alone if both do not fit.

    Where nothing is asked, the menu follows.
    """
    if isinstance(COMPLAINT[session.state], End | Wait):
        session = replace(session, state=IDLE, misses=0)
    remark = Say("notes", note, values_of(session, turn), minor=session.state != IDLE)
    session, effects = ask(session, turn, text)
    return session, (remark, *effects)


def remark(session: Session, turn: Turn, note: str, request: Asking = "") -> Step:
    """Say a note that says what to do next; while a report is being written its question follows."""
    return beside(session, Say("notes", note, values_of(session, turn), request=request), turn)


def beside(session: Session, said: Say, turn: Turn) -> Step:
    """Say what says what to do next; while a report is being written its question follows."""
    if session.state not in REPORT:
        return session, (said,)
    session, effects = ask(session, turn)
    return session, (said, *effects)


def note(session: Session, name: str, turn: Turn) -> tuple[Say, ...]:
    """Return a note that answers a message which the dialog never saw."""
    return (Say("notes", name, values_of(session, turn)),)


def miss(session: Session, turn: Turn, problem: str) -> Step:
    """Say what was not understood; the third time, offer another way, then two ways by turns."""
    session = replace(session, misses=session.misses + 1)
    if session.misses < MOST_MISSES:
        return ask(session, turn, f"retry.{problem}")
    if (session.misses - MOST_MISSES) % 2 == 0:
        return ask(session, turn, "retry.stuck")
    if session.state in REPORT:
        return say_first(session, turn, "help")
    return ask(session, turn, "help" if session.state == IDLE else "ask")


def back(session: Session, turn: Turn) -> Step:
    """Go one question back."""
    if not session.trail:
        return enter(replace(session, trail=()), IDLE, turn, back=True)
    *rest, last = session.trail
    return enter(replace(session, trail=tuple(rest)), last, turn, back=True)


def _open(session: Session, name: str, turn: Turn) -> str:
    """Return the first state, from one on, whose question a report does not answer yet."""
    while session.draft is not None and _known(session.draft, name, turn):
        name = next(target for _, target in COMPLAINT[name].exits())
    return name


def _trail(session: Session, left: str) -> tuple[str, ...]:
    """Return the way back: only questions about the report that is being written."""
    if session.draft is None or isinstance(COMPLAINT[left], End | Wait):
        return ()
    return (*session.trail, left)[-MOST_TRAIL:]


def _known(draft: Draft, name: str, turn: Turn) -> bool:
    match name:
        case "story":
            return isinstance(Story()(draft.story, turn.today), str)
        case "what" | "who":
            return name in draft.asked or len(draft.asked) >= MOST_ASKED or not open_question(draft, name)
        case "place":
            return draft.place is not None and not draft.vague
        case "pin":
            return not draft.pin
        case "region":
            return not draft.regions
        case "day":
            return draft.day is not None
        case "evidence":
            return draft.evidence_asked or not turn.channel.media
        case "privacy":
            return bool(draft.privacy)
        case "personal":
            return bool(draft.personal) or not personal(draft.story)
        case _:
            return False
