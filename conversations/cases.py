"""Confirmed reports: what the backend tells of them, STATUS, answering the agency, solved or not."""

from datetime import timedelta

from msgspec.structs import replace

from conversations.answers import MOST_STORY, find_day, is_story
from conversations.complaint import REPORT
from conversations.effects import Say
from conversations.events import CaseMoved
from conversations.filing import tell_number
from conversations.late import late_say
from conversations.moves import IDLE, ask, enter, miss, remark
from conversations.news import gathered, kind_of, tell, warning_at
from conversations.reading.category import categories
from conversations.rendering import fits
from conversations.session import Case, Session
from conversations.turn import Step, Turn
from conversations.upcoming import OVER, step_of
from conversations.wording import case_values, list_of, recent, values_of

MOST_GAPS = 20


def moved(session: Session, event: CaseMoved, turn: Turn) -> Step:
    """Take a case event: each is told once, whatever order they come in, and a status never goes back."""
    before = session.report(event.report_id)
    if before is None:
        return erased(session, event, turn)
    if event.sequence <= before.sequence and event.sequence not in before.gaps:
        return session, ()
    case, kind = _heard(before, event, turn), kind_of(before, event)
    if kind and session.muted:
        case = replace(case, missed=True)
    elif kind:
        case = gathered(case, kind, event.message, turn)
    return tell_number(withdrawn(session.with_case(case), case), case, event.tracking_id or "", turn)


def erased(session: Session, event: CaseMoved, turn: Turn) -> Step:
    """Tell news of a report that the citizen had us forget, and forget it again."""
    if session.muted:
        return session, ()
    number = event.tracking_id or ""
    before = Case(event.report_id, "", report_id=event.report_id, tracking_id=number, told="tracking")
    kind = kind_of(before, event) or ("agency_message" if event.message else "")
    case = gathered(_heard(before, event, turn), kind, event.message, turn)
    _, effects = tell(Session(state="story", locale=session.locale, cases=(case,)), turn, alone=False)
    return session, tuple(replace(each, minor=False) for each in effects if isinstance(each, Say))


def _heard(case: Case, event: CaseMoved, turn: Turn) -> Case:
    """Return the case with what the event says; an event that comes late changes no status."""
    asks = event.type in {"agency_question", "closing_soon"}
    if event.sequence < case.sequence:
        gaps = tuple(each for each in case.gaps if each != event.sequence)
        late_question = event.type == "agency_question" and case.status not in OVER and not case.following
        return replace(case, gaps=gaps, question=case.question or late_question)
    skipped = range(max(case.sequence + 1, event.sequence - MOST_GAPS), event.sequence)
    changed = event.type == "status_changed"
    ended = changed and event.status in {*OVER, "answered_by_reporter"}
    after = replace(
        case,
        sequence=event.sequence,
        gaps=(*case.gaps, *skipped)[-MOST_GAPS:],
        status=event.status,
        agency=event.agency or case.agency,
        message=event.message or case.message,
        closes_on=event.closes_on if changed else event.closes_on or case.closes_on,
        question=not case.following and (asks or (case.question and not ended)),
        verdict=not case.following and event.status == "closed" and not (case.solved and case.status == "closed"),
        solved=case.solved and event.status == "closed",
        answered=case.answered and not changed,
    )
    return dated(case, after, event, turn)


def dated(before: Case, case: Case, event: CaseMoved, turn: Turn) -> Case:
    """Return a case with the day of its present step, and with the closing that this event tells of as known."""
    if step_of(case) != step_of(before) or event.type == "agency_question":
        case = replace(case, since=turn.today)
    closes_on = case.closes_on
    soon = closes_on is not None and warning_at(closes_on, case, turn) <= turn.now
    return replace(case, warned=closes_on) if soon or event.type == "closing_soon" else case


def withdrawn(session: Session, case: Case) -> Session:
    """Return the session past a question that nobody asks any more."""
    asked = {"question": case.question, "verdict": case.verdict}
    if session.topic != case.key or asked.get(session.state, True):
        return session
    return replace(session, state=IDLE, shown=(), misses=0)


def list_cases(session: Session, turn: Turn) -> Step:
    """Show the citizen's reports; a single one at once. A report that is being written goes on."""
    if not session.cases and turn.channel.numbered and session.draft is None:
        return enter(replace(session, held=""), "finding", turn)
    if not session.cases:
        return remark(session, turn, "no_cases", request="" if turn.channel.numbered else "number")
    if len(session.cases) == 1:
        return show(session, session.cases[0], turn)
    seen = tuple(
        replace(case, news=None) if case.news and not case.news.messages else case for case in session.cases
    )
    session = replace(session, cases=seen)
    if session.state in REPORT:
        return beside(session, Say("several", "list", list_of(recent(session), session, turn)), turn)
    return reminded(enter(replace(session, topic=""), "cases", turn), turn)


def show(session: Session, case: Case, turn: Turn) -> Step:
    """Show one report; before it, what is still open about its files. One that is being written goes on."""
    if case.news and not set(case.news.messages) - {case.message}:
        case = replace(case, news=None)
        session = session.with_case(case)
    if session.state in REPORT:
        session = session.with_case(replace(case, missed=False))
        text = "followed" if case.following else "ask"
        return beside(session, Say("case", text, case_values(case, session, turn)), turn)
    session, effects = enter(replace(session, topic=case.key), "case", turn)
    draft = next((each for each in session.sending if each.id == case.key), None)
    if draft is not None and not all(medium.attachment_id for medium in draft.media):
        effects = (replace(late_say("files", draft, session, turn), minor=True), *effects)
    return reminded((session, effects), turn)


def beside(session: Session, answer: Say, turn: Turn) -> Step:
    """Say what was asked for while a report is being written, and where there is room its question again."""
    after, effects = ask(session, turn)
    says = [each for each in effects if isinstance(each, Say)]
    if fits(answer, says, turn.script(session), turn.channel):
        return after, (answer, *effects)
    return session, (answer,)


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


def doubtful(session: Session, text: str, turn: Turn) -> bool:
    """Tell whether a text may be no answer to the question: it tells of a problem and a day, or comes late."""
    case = session.case(session.topic)
    late = case is not None and case.since is not None and turn.today > case.since + timedelta(days=1)
    tells = categories(text, turn.script(session).phrases("category")) and find_day(text, turn.today)
    return is_story(text) and (late or bool(tells))


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


def addressed(session: Session) -> Case | None:
    """Return the case that BALAS means: the one that waits, the one just shown, the latest."""
    with_agency = [case for case in session.cases if case.report_id and not case.following]
    topic = session.case(session.topic)
    latest = with_agency[-1] if with_agency else None
    return awaiting(session) or (topic if topic in with_agency else latest)
