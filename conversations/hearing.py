"""Hearing: what a text means where the citizen stands, and what comes of it."""

from math import inf
from typing import Final

from msgspec.structs import replace

from conversations import cases, filing, following, verdicts
from conversations.answers import Answer, Problem, denies, is_story, skips, ticket, unsure
from conversations.commands import OBEY
from conversations.complaint import COMPLAINT, REPORT
from conversations.moves import IDLE, MOST_ASKED, ask, enter, follow, found, miss, say_first
from conversations.places import find_place
from conversations.reading.opening import Opening, addressee, opening
from conversations.session import Session
from conversations.states import Ask, Choose, Gather
from conversations.taking import address, begin_report, choose, decided, gone_past, grow, keep, placed, skip, tell
from conversations.turn import Step, Turn
from conversations.understanding import tells
from conversations.wording import meant

LONG_SILENCE: Final = 6 * 3600
"""Seconds after which a citizen who writes again is told first what was being written."""

BREATH: Final = 4
"""Seconds within which several messages are one: nobody has read the question that the first one got."""

MOSTLY: Final = 0.7
"""A text of which a place is more than this share says where, not what."""

LEAVING: Final = frozenset(
    {"menu", "cancel", "back", "status", "language", "restore", "erase", "leave"} | {"code", "follow", "number"}
)
"""Control words that lead out of a story."""


def said(session: Session, text: str, turn: Turn) -> Step:
    """Understand a text: a choice of the menu shown, a control word, a new report, or an answer."""
    if session.state not in COMPLAINT:
        return stranded(found(session, turn), text, turn)
    script = turn.script(session)
    state = COMPLAINT[session.state]
    if not text:
        return miss(session, turn, "empty")
    if isinstance(state, Choose) and (option := meant(session, state, text, turn)):
        return chosen(session, option, turn)
    if session.state == "review" and (privacy := script.named("privacy", text)):
        return decided(replace(session, state="privacy"), privacy, "personal", turn)
    if done := ordered(session, text, turn):
        return done
    letter = opening(text, script, turn.knowledge.agencies)
    if letter.asked and session.state != "story":
        return begin_report(session, letter, turn)
    if awaits_story(session) and (whom := letter if letter.asked else addressee(text, turn.knowledge.agencies)):
        return address(session, whom, turn)
    if session.state in REPORT and session.draft is not None and LONG_SILENCE < turn.since(session.heard) < inf:
        return enter(replace(session, held=text), "recall", turn)
    return answered(session, letter.body if letter.asked else text, turn)


def awaits_story(session: Session) -> bool:
    """Tell whether a story is asked for of which nothing has been told yet."""
    return session.state == "story" and not (session.draft and session.draft.story)


def stranded(session: Session, text: str, turn: Turn) -> Step:
    """Take a text that answers a question which is no more: what it says by itself counts, the report goes on."""
    if done := ordered(session, text, turn):
        return done
    letter = opening(text, turn.script(session), turn.knowledge.agencies)
    if letter.asked:
        return begin_report(session, letter, turn)
    if session.draft is None:
        return anew(session, text, turn)
    return added(session, text, turn) if is_story(text) else say_first(session, turn, "moved")


def ordered(session: Session, text: str, turn: Turn, *, sure: bool = False) -> Step | None:
    """Obey a text that is a control word, or begins with one that may; None for any other text.

    Where it is `sure` that it is a command, nothing is asked first.
    """
    script = turn.script(session)
    command = script.command(text) or turn.polyglot.command(text)
    if command and (command not in {"solved", "unsolved"} or verdicts.judged(session)):
        return OBEY[command](session, turn) if sure else commanded(session, command, text, turn)
    prefix = script.opening(text)
    return opened(session, *prefix, turn) if prefix else None


def commanded(session: Session, command: str, text: str, turn: Turn) -> Step:
    """Obey a control word; inside a story that has begun, ask first whether it is one."""
    if session.state == "story" and session.draft is not None and session.draft.story and command in LEAVING:
        return enter(replace(session, held=text), "command", turn)
    return OBEY[command](session, turn)


def chosen(session: Session, option: str, turn: Turn) -> Step:
    """Take a choice; what was held while it was asked is taken up again."""
    match session.state, option:
        case "command", "obey":
            known = turn.script(session).command(session.held) or turn.polyglot.command(session.held)
            return OBEY[known or "menu"](resumed(session), turn)
        case "command", "story":
            return tell(resumed(session), session.held, turn)
        case "recall", "resume" if is_story(session.held) or session.trail[-1:] != ("story",):
            return answered(resumed(session), session.held, turn)
        case "recall", "resume":
            return ask(resumed(session), turn)
        case "recall", "anew":
            return begin_report(session, Opening(session.held if is_story(session.held) else ""), turn)
        case _:
            return choose(session, option, turn)


def resumed(session: Session) -> Session:
    """Return the session at the question that was put off, its trail as it was."""
    *rest, last = session.trail or ("story",)
    return replace(session, state=last, trail=tuple(rest), misses=0, shown=())


def opened(session: Session, word: str, rest: str, turn: Turn) -> Step | None:
    """Obey a control word with something behind it: STATUS or KODE <number>, BALAS <answer>, IKUTI <code>."""
    match word:
        case "code" if found := ticket(rest):
            return following.code_for(session, found, turn)
        case "follow" if not any(map(str.isalpha, rest)):
            return following.redeem(session, rest, turn)
        case "status" if found := ticket(rest):
            return cases.look_up(session, found, turn)
        case "solved" | "unsolved":
            return verdicts.because(session, word, rest, turn)
        case "reply" if cases.addressed(session) and (cases.awaiting(session) or session.draft is None):
            return cases.answer(session, rest, turn)
        case "reply" if session.draft is None and any(case.following for case in session.cases):
            return cases.begin_reply(session, turn)
        case _:
            return None


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
    """Take an answer that was read; a place that no officer could find is asked for once more."""
    draft = session.draft
    may_ask = draft is not None and "where" not in draft.asked and len(draft.asked) < MOST_ASKED
    if session.state == "place" and draft is not None and may_ask:
        said = str(answer)
        kept = keep(session.with_draft(asked=(*draft.asked, "where")), answer, turn)
        if kept.draft is None or not kept.draft.vague:
            return follow(kept, then, turn)
        if is_story(said) and find_place(said, turn.knowledge.places) is None:
            return added(session.with_draft(asked=kept.draft.asked), said, turn)
        in_region = kept.draft.regions or (kept.draft.place and kept.draft.place.region_code)
        return ask(replace(kept, misses=1), turn, "more") if in_region else miss(kept, turn, "vague")
    if session.state == "follow":
        return following.try_code(session, str(answer), turn)
    if session.state == "what" and draft is not None:
        session = session.with_draft(asked=(*draft.asked, "what"))
        if names_place(str(answer), turn):
            return follow(replace(session, draft=placed(draft, str(answer), turn)), then, turn)
        grown = grow(session, str(answer), turn)
        return after(grown, then, turn) if grown else say_first(session, turn, "too_long")
    return follow(keep(session, answer, turn), then, turn)


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
