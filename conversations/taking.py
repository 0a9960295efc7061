"""Taking what the citizen gave: choices, answers and stories."""

from msgspec.structs import replace

from conversations.answers import MOST_STORY, Answer, Day, Problem, Story
from conversations.cases import list_cases
from conversations.complaint import COMPLAINT
from conversations.effects import Place
from conversations.moves import enter, follow, miss
from conversations.session import Draft, Session
from conversations.states import Choose
from conversations.turn import Step, Turn


def begin_report(session: Session, story: str, turn: Turn) -> Step:
    """Begin a report with what was told, word for word; an older draft is set aside."""
    session = replace(session.shelved(), draft=turn.new_draft(), state="story", trail=(), held="")
    return tell(session, story, turn) if story else enter(session, "story", turn)


def tell(session: Session, text: str, turn: Turn) -> Step:
    """Take a piece of the story; go on when there is enough of it."""
    if session.draft is None:
        session = replace(session, draft=turn.new_draft())
    assert session.draft is not None  # noqa: S101 - just made
    longer = lengthened(session.draft, text)
    if longer is None:
        return miss(session, turn, "long")
    session = replace(session, draft=longer)
    found = Story()(longer.story, turn.today)
    if isinstance(found, Problem):
        return miss(session, turn, found.name)
    return follow(session, "place", turn)


def lengthened(draft: Draft, text: str) -> Draft | None:
    """Return the draft with more of the story, None where LAPOR! would not take that much."""
    story = f"{draft.story}\n{text}".strip()
    return replace(draft, story=story) if len(story) <= MOST_STORY else None


def keep(session: Session, answer: Answer) -> Session:
    """Keep an answer under the name of the state that asked."""
    match session.state, answer:
        case "place", str():
            return session.with_draft(place=Place(answer))
        case "day", Day():
            return session.with_draft(day=answer)
        case "rewrite", str():
            return session.with_draft(story=answer)
        case _:
            return replace(session, held=str(answer))


def choose(session: Session, option: str, turn: Turn) -> Step:
    """Take a choice of the present menu and go where it leads."""
    state = COMPLAINT[session.state]
    assert isinstance(state, Choose)  # noqa: S101 - only menus offer choices
    target = state.target(option)
    match state.name, option:
        case "menu", "report":
            return begin_report(session, "", turn)
        case "menu", "status":
            return list_cases(session, turn)
        case "menu", "resume":
            return follow(session, target, turn)
        case "privacy", ("open" | "anonymous" | "secret" | "both"):
            return enter(session.with_draft(privacy=option), target, turn)
        case "cases", _ if target == "case":
            return enter(replace(session, topic=option), target, turn)
        case "which", "new":
            return begin_report(session, session.held, turn)
        case "language", _:
            return speak(replace(session, locale=option), turn)
        case _:
            return enter(session, target, turn)


def speak(session: Session, turn: Turn) -> Step:
    """Go on in the language just chosen, where the citizen was."""
    if session.draft is None:
        return enter(session, "menu", turn)
    return follow(session, "story", turn)


def skip(session: Session, turn: Turn) -> Step:
    """Leave a question out; what an officer needs is asked for once more before."""
    match session.state:
        case "place" if session.misses == 0:
            return miss(session, turn, "needed")
        case "place":
            return follow(session.with_draft(place=Place()), "day", turn)
        case "day":
            return follow(session.with_draft(day=Day("", None)), "evidence", turn)
        case "evidence":
            return follow(session.with_draft(evidence_asked=True), "privacy", turn)
        case "rewrite" | "edit":
            return enter(session, "review", turn)
        case "stars" | "reply" | "dispute":
            return enter(session, "menu", turn)
        case _:
            return miss(session, turn, "unknown")
