"""Answering: what a text means as the answer to the present question, and where it answers none."""

from typing import Final

from msgspec.structs import replace

from conversations import cases, filing, following, verdicts
from conversations.answers import Answer, Problem, denies, is_story, skips, unsure
from conversations.complaint import COMPLAINT, REPORT
from conversations.moves import IDLE, MOST_ASKED, ask, enter, follow, miss, say_first
from conversations.places import find_place
from conversations.reading.opening import Opening, addressee
from conversations.session import Draft, Session
from conversations.states import Ask, Choose, Gather
from conversations.taking import begin_report, gone_past, grow, keep, placed, skip, tell
from conversations.turn import Step, Turn
from conversations.understanding import tells

BREATH: Final = 4
"""Seconds within which several messages are one: nobody has read the question that the first one got."""

MOSTLY: Final = 0.7
"""A text of which a place is more than this share says where, not what."""


def answered(session: Session, text: str, turn: Turn) -> Step:
    """Read an answer to the present question."""
    state = COMPLAINT[session.state]
    match state:
        case Gather(name="story"):
            return tell(session, text, turn)
        case Gather() if skips(text) or denies(text):
            return skip(session, turn)
        case Choose(name="region") if skips(text) or unsure(text):
            return skip(session, turn)
        case Ask(optional=True) if skips(text) or unsure(text):
            return skip(session, turn)
        case Choose(name="region") | Ask(name="place") if done := gone_past(session, text, turn):
            return done
        case Ask():
            return replied(session, state, text, turn)
        case Choose(name="recall" | "command"):
            return miss(replace(session, held=f"{session.held}\n{text}"), turn, "unknown")
        case Choose() | Gather() if state.name in REPORT:
            return added(session, text, turn)
        case _:
            return anew(session, text, turn)


def replied(session: Session, state: Ask, text: str, turn: Turn) -> Step:
    """Read an answer to an open question; what may be none to the agency's is asked about."""
    found = state.read(text, turn.today)
    if isinstance(found, Problem):
        return unread(session, text, found, turn)
    if state.name == "question" and cases.doubtful(session, text, turn):
        return enter(replace(session, held=text), "which", turn)
    return taken(session, found, state.then, turn)


def taken(session: Session, answer: Answer, then: str, turn: Turn) -> Step:
    """Take an answer that was read."""
    draft = session.draft
    if session.state == "follow":
        return following.try_code(session, str(answer), turn)
    if (
        session.state == "place"
        and draft is not None
        and "where" not in draft.asked
        and len(draft.asked) < MOST_ASKED
    ):
        return located(session, draft, answer, then, turn)
    if session.state == "what" and draft is not None:
        return explained(session, draft, str(answer), then, turn)
    return follow(keep(session, answer, turn), then, turn)


def located(session: Session, draft: Draft, answer: Answer, then: str, turn: Turn) -> Step:
    """Take a place; one that no officer could find is asked for once more."""
    said = str(answer)
    kept = keep(session.with_draft(asked=(*draft.asked, "where")), answer, turn)
    if kept.draft is None or not kept.draft.vague:
        return follow(kept, then, turn)
    if is_story(said) and find_place(said, turn.knowledge.places) is None:
        return added(session.with_draft(asked=kept.draft.asked), said, turn)
    in_region = kept.draft.regions or (kept.draft.place and kept.draft.place.region_code)
    return ask(replace(kept, misses=1), turn, "more") if in_region else miss(kept, turn, "vague")


def explained(session: Session, draft: Draft, said: str, then: str, turn: Turn) -> Step:
    """Take what happened; a text that only says where is the place."""
    session = session.with_draft(asked=(*draft.asked, "what"))
    if names_place(said, turn):
        return follow(replace(session, draft=placed(draft, said, turn)), then, turn)
    grown = grow(session, said, turn)
    return after(grown, then, turn) if grown else say_first(session, turn, "too_long")


def names_place(text: str, turn: Turn) -> bool:
    """Tell whether a text says where and nothing else."""
    found = find_place(text, turn.knowledge.places)
    return found is not None and found.region is not None and len(found.said) > len(text) * MOSTLY


def after(grown: Step, then: str, turn: Turn) -> Step:
    """Go on after a story has grown, with what must be said of it first."""
    session, remarks = grown
    session, effects = follow(session, then, turn)
    return session, (*remarks, *effects)


def unread(session: Session, text: str, problem: Problem, turn: Turn) -> Step:
    """Take an answer that cannot be read: a story is kept, anything else is asked for again."""
    if not is_story(text):
        return miss(session, turn, problem.name)
    return added(session, text, turn) if session.state in REPORT else anew(session, text, turn)


def anew(session: Session, text: str, turn: Turn) -> Step:
    """Take a text that answers nothing: a story begins a report, anything else gets the menu."""
    if verdicts.denied(session, text, turn):
        return verdicts.dispute(session, text, turn)
    if session.state in {"replied", "disputed"} and 0 <= turn.since(session.heard) <= BREATH:
        return enter(replace(session, held=text), session.state, turn)  # the same answer goes on
    if filing.repeated(session, text, turn):
        return told_again(session, turn)
    if whom := addressee(text, turn.knowledge.agencies):
        return begin_report(session, whom, turn)
    if not tells(text, turn.script(session)):
        asked = isinstance(COMPLAINT[session.state], Choose) and (session.shown or session.state != IDLE)
        return miss(session, turn, "unknown") if asked else enter(session, "menu", turn)
    if case := cases.awaiting(session):
        return enter(replace(session, held=text, topic=case.key), "which", turn)
    return begin_report(session, Opening(text), turn)


def told_again(session: Session, turn: Turn) -> Step:
    """Answer a second confirmation: the report was sent once, here is its number."""
    session, owed = filing.tell_provisional(session, turn)
    return (session, owed) if owed else ask(session, turn, "again")


def added(session: Session, text: str, turn: Turn) -> Step:
    """Take a text where a choice or a file was asked for: more of the story, or not understood."""
    if session.draft is None or not is_story(text):
        return miss(session, turn, "unknown")
    grown = grow(session, text, turn)
    if grown is None:
        return say_first(session, turn, "too_long")
    session, remarks = grown
    if 0 <= turn.since(session.heard) <= BREATH:
        return replace(session, misses=0), remarks  # the question asked a moment ago still stands
    session, effects = say_first(replace(session, misses=0), turn, "added")
    return session, (*remarks, *effects)
