"""Confirmed reports: what the backend tells of them, STATUS, answering the agency, solved or not."""

from typing import Final

from msgspec.structs import replace

from conversations.answers import MOST_STORY
from conversations.complaint import REPORT
from conversations.effects import Say
from conversations.events import CaseMoved
from conversations.filing import push, tell_number
from conversations.late import late_say
from conversations.moves import ask, enter, miss, remark
from conversations.session import Case, Session
from conversations.turn import Step, Turn
from conversations.upcoming import step_of
from conversations.wording import case_values, values_of

MOST_GAPS = 20
FOLLOWED: Final = {"agency_question": "followed_question", "closing_soon": "followed_closing"}
"""What is said of an event to whoever only follows the report."""


def moved(session: Session, event: CaseMoved, turn: Turn) -> Step:
    """Take a case event: each is told once, whatever order they come in, and a status never goes back."""
    case = session.report(event.report_id)
    if case is None:
        return erased(session, event, turn)
    if event.sequence <= case.sequence and event.sequence not in case.gaps:
        return session, ()
    late, known = event.sequence < case.sequence, case.answered
    case = _heard(case, event, turn)
    session, numbered = tell_number(session.with_case(case), case, event.tracking_id or "", turn)
    case = session.case(case.key) or case
    if late and event.type in {"status_changed", "closing_soon"}:
        return session, numbered
    if event.status == "answered_by_reporter" and known and not event.message:
        return session, numbered  # the citizen knows
    if session.muted and event.type != "tracking_id_assigned":
        return session.with_case(replace(case, missed=True)), numbered
    session, effects = _tell(session, case, event, turn)
    return session, (*numbered, *effects)


def erased(session: Session, event: CaseMoved, turn: Turn) -> Step:
    """Tell news of a report that the citizen had us forget, and forget it again."""
    if session.muted:
        return session, ()
    case = Case(
        event.report_id, "", report_id=event.report_id, tracking_id=event.tracking_id or "", told="tracking"
    )
    _, effects = _tell(session, _heard(case, event, turn), event, turn)
    return session, effects


def _heard(case: Case, event: CaseMoved, turn: Turn) -> Case:
    """Return the case with what the event says; an event that comes late changes no status."""
    if event.sequence < case.sequence:
        return replace(case, gaps=tuple(each for each in case.gaps if each != event.sequence))
    skipped = range(max(case.sequence + 1, event.sequence - MOST_GAPS), event.sequence)
    after = replace(
        case,
        sequence=event.sequence,
        gaps=(*case.gaps, *skipped)[-MOST_GAPS:],
        status=event.status,
        agency=event.agency or case.agency,
        message=event.message or case.message,
        closes_on=event.closes_on or case.closes_on,
        question=not case.following and (case.question or event.type in {"agency_question", "closing_soon"}),
        verdict=not case.following and event.status == "closed",
        answered=case.answered and event.type != "status_changed",
    )
    return after if step_of(after) == step_of(case) else replace(after, since=turn.today)


def _tell(session: Session, case: Case, event: CaseMoved, turn: Turn) -> Step:
    text: str
    said = replace(case, message=event.message or "", agency=event.agency or case.agency)
    match event.type:
        case "tracking_id_assigned":
            return session, ()
        case "agency_question" | "closing_soon" | "status_changed" if case.following:
            text = FOLLOWED.get(event.type, "followed")
        case "status_changed" if event.status == "closed" and session.state not in REPORT:
            session, effects = ask(replace(session, state="verdict", topic=case.key), turn)
            return session, tuple(
                replace(say, values=case_values(said, session, turn, "verdict"), push=True)
                for say in effects
                if isinstance(say, Say)
            )
        case "status_changed":
            text = event.status
        case "agency_message" | "agency_question" | "closing_soon":
            text = event.type
    return session, (push("news", text, said, session, turn),)


def list_cases(session: Session, turn: Turn) -> Step:
    """Show the citizen's reports; a single one at once."""
    if not session.cases and turn.channel.numbered and session.draft is None:
        return enter(replace(session, held=""), "finding", turn)
    if not session.cases:
        return remark(session, turn, "no_cases", request="" if turn.channel.numbered else "number")
    if len(session.cases) == 1:
        return show(session, session.cases[0], turn)
    return reminded(enter(replace(session, topic=""), "cases", turn), turn)


def show(session: Session, case: Case, turn: Turn) -> Step:
    """Show one report; before it, what is still open about its files."""
    session, effects = enter(replace(session, topic=case.key), "case", turn)
    draft = next((each for each in session.sending if each.id == case.key), None)
    if draft is not None and not all(medium.attachment_id for medium in draft.media):
        effects = (replace(late_say("files", draft, session, turn), minor=True), *effects)
    return reminded((session, effects), turn)


def reminded(shown: Step, turn: Turn) -> Step:
    """Say first, where there is room, that news was stopped and how to get it again."""
    session, effects = shown
    if not session.muted:
        return shown
    return session, (Say("notes", "muted", values_of(session, turn), minor=True), *effects)


def numbered(session: Session, number: str) -> Case | None:
    """Return the report that the citizen knows by a number."""
    return next((case for case in session.cases if number in {case.tracking_id, case.provisional}), None)


def look_up(session: Session, number: str, turn: Turn) -> Step:
    """Show one report by its number; a number that is wrong or another's is answered alike."""
    found = numbered(session, number)
    if found is None:
        return remark(session, turn, "not_yours")
    return show(session, found, turn)


def awaiting(session: Session) -> Case | None:
    """Return the case whose agency waits for the citizen's answer, the latest first."""
    return next((case for case in reversed(session.cases) if case.question and case.report_id), None)


def begin_reply(session: Session, turn: Turn) -> Step:
    """Ask what to tell the agency."""
    case = addressed(session)
    if case is None:
        return remark(session, turn, "own_only" if session.cases else "no_cases")
    return enter(replace(session, topic=case.key), "reply", turn)


def answer(session: Session, text: str, turn: Turn) -> Step:
    """Pass on `BALAS <text>`, or `BALAS <number> <text>`, to the agency that is addressed."""
    first, _, rest = text.partition(" ")
    known = (case for case in session.cases if case.report_id and case.tracking_id == first.lstrip("#"))
    named = next(known, None)
    if named and named.following:
        return remark(session, turn, "own_only")
    case = named or addressed(session)
    assert case is not None  # noqa: S101 - asked for only where one is addressed
    body = rest.strip() if named else text
    session = replace(session, topic=case.key, held=body)
    if len(body) > MOST_STORY:
        return miss(replace(session, state="reply"), turn, "long")
    return enter(session, "replied" if body else "reply", turn)


def verdict_open(session: Session) -> bool:
    """Tell whether a case was called done and the citizen has not said if it is."""
    return any(case.verdict for case in session.cases)


def say_solved(session: Session, turn: Turn) -> Step:
    """Take SUDAH where a case was called done."""
    return _verdict(session, "stars", turn)


def say_unsolved(session: Session, turn: Turn) -> Step:
    """Take BELUM where a case was called done."""
    return _verdict(session, "dispute", turn)


def _verdict(session: Session, state: str, turn: Turn) -> Step:
    case = next(case for case in reversed(session.cases) if case.verdict)
    return enter(replace(session, topic=case.key), state, turn)


def addressed(session: Session) -> Case | None:
    """Return the case that BALAS means: the one that waits, the one just shown, the latest."""
    with_agency = [case for case in session.cases if case.report_id and not case.following]
    topic = session.case(session.topic)
    latest = with_agency[-1] if with_agency else None
    return awaiting(session) or (topic if topic in with_agency else latest)
