"""Taking what the citizen gave: stories, answers and choices."""

import dataclasses
from typing import Final

from msgspec.structs import replace

from conversations import enclosing, shelf
from conversations.answers import MOST_STORY, Answer, Day, DayReader, Problem, Story, find_day
from conversations.cases import list_cases
from conversations.complaint import COMPLAINT
from conversations.effects import Place
from conversations.moves import enter, follow, miss, remark, say_first
from conversations.places import read_place
from conversations.reading.category import CATEGORIES
from conversations.reading.opening import Opening
from conversations.session import Draft, Session
from conversations.states import Choose
from conversations.turn import Step, Turn
from conversations.understanding import addressed, located, remarked, told_whole, understood

REGION_WORDS: Final = 2
"""An answer of so few words that names a region names nothing in it."""


def begin_report(session: Session, letter: Opening, turn: Turn) -> Step:
    """Begin a report with what was told, word for word; an older draft is set aside, where there is room."""
    if shelf.full(session, turn):
        return remark(session, turn, "shelf_full")
    draft = addressed(turn.new_draft(), letter, turn)
    session = replace(shelf.put(session, turn), draft=draft, state="story", trail=(), held="")
    return tell(session, letter.body, turn) if letter.body else enter(session, "story", turn)


def address(session: Session, letter: Opening, turn: Turn) -> Step:
    """Take what stands around the story where it was asked for; without a story, ask for it again."""
    draft = session.draft or turn.new_draft()
    if not letter.agency:
        letter = dataclasses.replace(letter, agency=draft.agency, region=draft.region)
    session = replace(session, draft=addressed(draft, letter, turn))
    return tell(session, letter.body, turn) if letter.body else enter(session, "story", turn)


def keep_for_later(session: Session, turn: Turn) -> Step:
    """Set the report aside; one that is empty is dropped, and where there is no room it stays the present one."""
    if shelf.full(session, turn):
        return enter(session, "menu", turn)
    kept = shelf.put(session, turn)
    return enter(session, "aside", turn) if kept.shelf != session.shelf else enter(kept, "menu", turn)


def tell(session: Session, text: str, turn: Turn) -> Step:
    """Take a piece of the story; go on when there is enough of it."""
    if session.draft is None:
        session = replace(session, draft=turn.new_draft())
    grown = grow(session, text, turn)
    if grown is None:
        return miss(session, turn, "long")
    session, remarks = grown
    assert session.draft is not None  # noqa: S101 - just made
    found = Story()(session.draft.story, turn.today)
    draft = told_whole(session.draft)
    session, effects = (
        miss(session, turn, found.name)
        if isinstance(found, Problem)
        else follow(replace(session, draft=draft), "what", turn)
    )
    return session, (*remarks, *effects)


def grow(session: Session, text: str, turn: Turn) -> Step | None:
    """Add to the story, read what it says besides, and say what must be said at once.

    Returns None where LAPOR! would not take that much.
    """
    assert session.draft is not None  # noqa: S101 - there is a story to add to
    story = f"{session.draft.story}\n{text}".strip()
    if len(story) > MOST_STORY:
        return None
    script = turn.script(session)
    draft, remarks = remarked(replace(session.draft, story=story), text, script)
    return replace(session, draft=understood(draft, text, script, turn)), remarks


def keep(session: Session, answer: Answer, turn: Turn) -> Session:
    """Keep an answer under the name of the state that asked."""
    draft = session.draft
    match session.state, answer:
        case "place", str() if draft:
            return replace(session, draft=placed(draft, answer, turn))
        case "day", Day():
            return session.with_draft(day=answer)
        case "who", str() if draft:
            return session.with_draft(agency=answer, asked=(*draft.asked, "who"))
        case "agency", str():
            return session.with_draft(agency=answer)
        case "rewrite", str():
            return session.with_draft(story=answer, personal="")
        case _:
            return replace(session, held=str(answer))


def placed(draft: Draft, answer: str, turn: Turn) -> Draft:
    """Return the draft with an answer to "where?"; behind it stands what was said before and nobody could find.

    That may say more than where, so it is dropped only where the answer or the story says it too.
    """
    places = turn.knowledge.places
    found = read_place(answer, places)
    before = draft.place.text if draft.place and draft.vague else ""
    if before and found.region is None and not found.choices:
        found = read_place(f"{answer}, {before}", places)
    elif before and before not in answer and before not in draft.story:
        found = replace(found, said=f"{answer}, {before}")
    only_region = len(answer.split()) <= REGION_WORDS
    draft = located(draft, found)
    draft = replace(draft, vague=draft.vague and (found.region is None or only_region))
    return draft if draft.day else replace(draft, day=find_day(answer, turn.today))


def choose(session: Session, option: str, turn: Turn) -> Step:
    """Take a choice of the present menu and go where it leads."""
    state = COMPLAINT[session.state]
    assert isinstance(state, Choose)  # noqa: S101 - only menus offer choices
    target = state.target(option)
    if not target or (state.name == "language" and option not in turn.scripts):
        return say_first(session, turn, "moved")
    match state.name, option:
        case "menu", "report":
            return begin_report(session, Opening(""), turn)
        case "menu", "status":
            return list_cases(session, turn)
        case "review", "aside":
            return keep_for_later(session, turn)
        case "menu", "resume":
            return follow(session, target, turn)
        case "cases", _ if target == "case":
            return enter(replace(session, topic=option), target, turn)
        case "which", "new":
            return enclosing.moved(*begin_report(session, Opening(session.held), turn))
        case "language", _:
            return speak(replace(session, locale=option), turn)
        case (("pin" | "region" | "privacy" | "personal" | "category"), _):
            return decided(session, option, target, turn)
        case _:
            return enter(session, target, turn)


def gone_past(session: Session, text: str, turn: Turn) -> Step | None:
    """Take a day where it was asked once more where: the place stays as it is. Returns None for any other text."""
    draft = session.draft
    if draft is None or draft.day is not None or draft.place is None:
        return None
    day = DayReader()(text, turn.today)
    if isinstance(day, Problem):
        return None
    return follow(replace(session, draft=replace(draft, day=day, vague=False, regions=())), "day", turn)


def decided(session: Session, option: str, target: str, turn: Turn) -> Step:
    """Take a decision about the report."""
    draft = session.draft
    assert draft is not None  # noqa: S101 - it is about a report
    match session.state, option:
        case "pin", "wrong":
            point = replace(draft.place or Place(), text="", region_code="")
            return enter(session.with_draft(pin=False, place=point), target, turn)
        case "pin", _:
            draft = replace(draft, pin=False)
        case "region", _ if option in draft.regions:
            draft = replace(draft, regions=(), place=replace(draft.place or Place(), region_code=option))
        case "region", _:
            draft = replace(draft, regions=())
        case "privacy", ("open" | "anonymous" | "secret" | "both"):
            draft = replace(draft, privacy=option, whole=False)
        case "personal", ("mask" | "keep"):
            draft = replace(draft, personal=option)
        case "category", _ if option in CATEGORIES:
            draft = replace(draft, category=option)
    return follow(replace(session, draft=draft), target, turn)


def speak(session: Session, turn: Turn) -> Step:
    """Go on in the language just chosen, where the citizen was."""
    if session.draft is None:
        return enter(session, "menu", turn)
    return follow(session, "story", turn)


def placeless(session: Session, turn: Turn) -> Step:
    """Go on with what is known of the place; where nothing is, ask once more before."""
    if session.draft and session.draft.place:
        return follow(session.with_draft(vague=False), "pin", turn)
    if session.misses == 0:
        return miss(session, turn, "needed")
    return follow(session.with_draft(place=Place()), "pin", turn)


def unwritten(session: Session, turn: Turn) -> Step:
    """Take a voice note as the whole story: the report says that it is spoken."""
    asked = session.draft.asked if session.draft else ()
    return tell(session.with_draft(asked=(*asked, "what")), turn.script(session).text("notes", "spoken"), turn)


def skip(session: Session, turn: Turn) -> Step:
    """Leave a question out; what an officer needs is asked for once more before."""
    asked = session.draft.asked if session.draft else ()
    match session.state:
        case "place":
            return placeless(session, turn)
        case "what" | "who":
            return follow(session.with_draft(asked=(*asked, session.state)), session.state, turn)
        case "day":
            return follow(session.with_draft(day=Day("", None)), "who", turn)
        case "region":
            return decided(session, "other", "day", turn)
        case "evidence":
            return follow(session.with_draft(evidence_asked=True), "privacy", turn)
        case "rewrite" | "edit" | "agency" | "category":
            return enter(session, "review", turn)
        case "story" if session.draft and session.draft.spoken:
            return unwritten(session, turn)
        case "stars" | "reply" | "question" | "dispute" | "follow":
            return enclosing.sent_alone(session, turn) or enter(session, "menu", turn)
        case _:
            return miss(session, turn, "unknown")
