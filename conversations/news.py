"""News of reports: gathered for a minute, held at night, told together and each thing once."""

from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import Final

from msgspec.structs import replace

from conversations.complaint import REPORT
from conversations.effects import Effect, Remind, Say
from conversations.events import CaseMoved
from conversations.moves import ask
from conversations.rendering import packed, texts_of
from conversations.service import zone_of
from conversations.session import Case, News, Session
from conversations.turn import Step, Turn
from conversations.upcoming import OVER
from conversations.wording import ASKED, case_values, list_of, sentence

MOST_MESSAGES: Final = 10
"""Messages of one report that wait to be told, and that are remembered as told."""

FOLLOWED: Final = {
    "agency_question": "followed_question", "closing_soon": "followed_closing",
    "reopened": "followed", "status_changed": "followed",
}  # fmt: skip
"""What is said of news to whoever only follows the report, the weightiest first."""

TALKING: Final = 600
"""Seconds after which a citizen who was heard is not awake for sure."""

ANSWERING: Final = frozenset({"reply", "dispute", "which", "stars", "question", "erase", "filing"})
"""The states, besides those of a report, in which the citizen may be typing an answer."""

SPREAD: Final = 600
"""Seconds over which the news that was held at night is told in the morning."""

WARNED_BEFORE: Final = 2
"""Working days before a case is closed silently on which the citizen is warned."""


def mark(text: str) -> bytes:
    """Return six bytes that stand for a message of an agency."""
    return blake2b(text.encode(), digest_size=6).digest()


def kind_of(before: Case, event: CaseMoved) -> str:
    """Return what sort of news an event is for who knows the case as it was `before`; empty for none."""
    spoken = bool(event.message) and mark(event.message or "") not in before.marks
    if event.sequence < before.sequence:
        asks = event.type == "agency_question" and before.status not in OVER
        return ("agency_question" if asks else "agency_message") if spoken else ""
    moved = event.closes_on is not None and event.closes_on != before.closes_on
    match event.type:
        case "status_changed":
            same = event.status == before.status and not (before.answered and event.status == "closed")
            known = same or (event.status == "answered_by_reporter" and before.answered)
            other = event.agency is not None and event.agency != before.agency and not before.answered
            if known and not (spoken or moved or other):
                return ""
            again = before.status == "closed" and event.status not in {"closed", "answered_by_reporter"}
            return "reopened" if again else "status_changed"
        case "agency_message":
            return "agency_message" if spoken else ""
        case "agency_question":
            return "agency_question" if spoken or moved or not (before.question or before.following) else ""
        case "closing_soon":
            due = event.closes_on or before.closes_on
            return "closing_soon" if spoken or due is None or due != before.warned else ""
        case _:
            return ""


def gathered(case: Case, kind: str, message: str | None, turn: Turn) -> Case:
    """Return the case with one more thing to tell of it."""
    news = case.news or News(int(turn.now.timestamp()))
    kinds = news.kinds if kind in news.kinds else (*news.kinds, kind)
    said = (message,) if message and message not in news.messages else ()
    marks = (*case.marks, mark(message)) if message else case.marks
    return replace(
        case,
        news=replace(news, kinds=kinds, messages=(*news.messages, *said)[-MOST_MESSAGES:]),
        marks=marks[-MOST_MESSAGES:],
    )


def waiting(session: Session) -> tuple[Case, ...]:
    """Return the cases of which there is something to tell."""
    return tuple(case for case in session.cases if case.news)


def ripen(session: Session, turn: Turn) -> Step:
    """Tell the news whose time has come, and set the deadline for the rest."""
    effects: tuple[Effect, ...] = ()
    session = _warned(session, turn)
    when = _when(session, turn)
    if when is not None and when <= turn.now:
        session, effects = tell(session, turn, alone=True)
    session, more = schedule(session, turn)
    return session, (*effects, *more)


def schedule(session: Session, turn: Turn) -> Step:
    """Set the deadline by which there will be something to tell."""
    times = [at for case in session.cases if (at := _warning(case, turn)) and at > turn.now]
    if when := _when(session, turn):
        times.append(when)
    wakes = int(min(times).timestamp() * 1000) if times else 0
    if wakes == session.wakes:
        return session, ()
    return replace(session, wakes=wakes), (Remind(wakes),) if wakes else ()


def _when(session: Session, turn: Turn) -> datetime | None:
    """Return when the news that waits is to be told: not at night, unless a conversation is going on."""
    cases = waiting(session)
    if not cases or session.left:
        return None
    heard = min(case.news.at for case in cases if case.news)
    at = datetime.fromtimestamp(heard + turn.service.wait, turn.now.tzinfo)
    if turn.since(session.heard) <= TALKING:
        return at
    return max(_morning(case, max(at, turn.now), turn) for case in cases) if at <= turn.now else at


def _morning(case: Case, at: datetime, turn: Turn) -> datetime:
    """Return when a case may be spoken of: at once, or when the night is over; what cannot wait does not."""
    there = at.astimezone(zone_of(case.region, turn.now.tzinfo))
    awake = turn.service.awake(there)
    if awake == there or (case.closes_on is not None and there.date() <= case.closes_on < awake.date()):
        return at
    return awake + _spread(case)


def _spread(case: Case) -> timedelta:
    """Return some minutes, always the same for one case, so that not all citizens are told in one moment."""
    return timedelta(seconds=int.from_bytes(blake2b(case.key.encode(), digest_size=2).digest()) % SPREAD)


def _warning(case: Case, turn: Turn) -> datetime | None:
    """Return when the citizen is to be warned that a case will be closed silently; None where there is no need."""
    if case.closes_on is None or case.warned == case.closes_on or case.following:
        return None
    if case.status in OVER:
        return None
    return warning_at(case.closes_on, case, turn)


def warning_at(closes_on: date, case: Case, turn: Turn) -> datetime:
    """Return the morning on which a closing would be warned of."""
    day = turn.ahead(closes_on, -WARNED_BEFORE)
    zone = zone_of(case.region, turn.now.tzinfo)
    return datetime.combine(day, time(turn.service.quiet[1]), zone) + _spread(case)


def _warned(session: Session, turn: Turn) -> Session:
    """Return the session with the warnings to tell whose time has come."""
    for case in session.cases:
        at = _warning(case, turn)
        if at is not None and at <= turn.now and not session.muted:
            warned = replace(case, warned=case.closes_on, question=True)
            session = session.with_case(gathered(warned, "closing_soon", None, turn))
    return session


def tell(session: Session, turn: Turn, *, alone: bool) -> Step:
    """Tell all that waits, in one message where it can be; `alone` where no message is being answered."""
    cases = waiting(session)
    if session.muted:
        missed = (replace(case, news=None, missed=case.missed or case.news is not None) for case in session.cases)
        return replace(session, cases=tuple(missed)), ()
    session = replace(session, cases=tuple(replace(case, news=None) for case in session.cases))
    if len(cases) == 1:
        return _of_one(session, cases[0], turn, free=alone and _free(session, cases[0], turn))
    says = tuple(say for case in cases for say in _says(case, session, turn))
    script = turn.script(session)
    if says and (turn.channel.window or len(packed(texts_of(says, script, turn.channel), turn.channel)) > 1):
        return session, (_several(cases, session, turn),)
    return session, says


def _several(cases: tuple[Case, ...], session: Session, turn: Turn) -> Say:
    return Say("several", "ask", list_of(cases, session, turn), push=True)


def _free(session: Session, case: Case, turn: Turn) -> bool:
    """Tell whether a citizen can be asked about a case, without another answer being taken for the answer to it."""
    answering = session.state in ANSWERING and turn.since(session.heard) <= 6 * TALKING
    if session.state == "question" and session.topic == case.key:
        return True
    return session.state not in REPORT and not answering


def _of_one(session: Session, case: Case, turn: Turn, *, free: bool) -> Step:
    """Tell the news of one report; where it asks for an answer, what the citizen writes next is that."""
    says = _says(case, session, turn)
    if not says or not free:
        return session, says
    closed = {"closed": "verdict"} if case.verdict else {}
    state = ({"agency_question": "question"} | closed).get(says[-1].text)
    if state is None:
        return session, says
    session, asked = ask(replace(session, state=state, topic=case.key, misses=0), turn)
    values = case_values(_told(case), session, turn, ASKED[state])
    effects = (replace(say, values=values, push=True) for say in asked if isinstance(say, Say))
    return session, (*says[:-1], *effects)


def _told(case: Case) -> Case:
    """Return a case with all the messages that wait as its message."""
    messages = case.news.messages if case.news else ()
    return replace(case, message="\n".join(map(sentence, messages)))


def _says(case: Case, session: Session, turn: Turn) -> tuple[Say, ...]:
    """Return what is told of one report: what asks for an answer, else its status, else what the agency writes."""
    kinds = case.news.kinds if case.news else ()
    said = _told(case)
    if case.following:
        return (
            _say(
                next((text for kind, text in FOLLOWED.items() if kind in kinds), "agency_message"),
                said,
                session,
                turn,
            ),
        )
    status = next((kind for kind in ("reopened", "status_changed") if kind in kinds), "")
    text = "reopened" if status == "reopened" and case.status != "closed" else case.status
    closing = case.closes_on is None or case.closes_on >= turn.today
    if status and case.status in OVER:
        return (_say(text, said, session, turn),)
    if "agency_question" in kinds and case.question:
        before = (replace(_say(text, replace(said, message=""), session, turn), minor=True),) if status else ()
        return (*before, _say("agency_question", said, session, turn))
    if "closing_soon" in kinds and case.question and closing:
        return (_say("closing_soon", said, session, turn),)
    if status:
        return (_say(text, said, session, turn),)
    return (_say("agency_message", said, session, turn),) if said.message else ()


def _say(text: str, case: Case, session: Session, turn: Turn) -> Say:
    return Say("news", text, case_values(case, session, turn), push=True)
