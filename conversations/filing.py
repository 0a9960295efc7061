"""A confirmed report on its way to the backend: its number, its files, its refusal."""

from msgspec.structs import replace

from conversations.acts import WAIT_FOR_FILES, WAIT_FOR_NUMBER, hand_over
from conversations.complaint import REPORT
from conversations.effects import Effect, Reply, Say
from conversations.events import Attached, Filed, Outcome, Refused
from conversations.moves import ask
from conversations.session import Case, Draft, Medium, Session
from conversations.turn import Step, Turn
from conversations.wording import case_values


def outcome(session: Session, event: Outcome, turn: Turn) -> Step:
    """Take the backend's answer to what was sent."""
    match event:
        case Filed():
            return filed(session, event, turn)
        case Refused():
            return refused(session, event, turn)
        case Attached():
            return attached(session, event, turn)


def filed(session: Session, event: Filed, turn: Turn) -> Step:
    """Take that the backend has the report: tell its number, once, as soon as there is one."""
    case = session.case(event.key)
    if case is None:  # the citizen had us forget it meanwhile
        session, effects = _arrived(session, event, turn)
    else:
        case = replace(case, report_id=event.report_id, status=event.status)
        session, effects = tell_number(session.with_case(case), case, event.tracking_id or "", turn)
    session, more = _settle(session, turn)
    return session, (*effects, *more)


def _arrived(session: Session, event: Filed, turn: Turn) -> Step:
    """Tell the number of a forgotten report, and note its id: files that come late must find it."""
    sending = (
        replace(draft, report_id=event.report_id) if draft.id == event.key else draft for draft in session.sending
    )
    session = replace(session, sending=tuple(sending))
    if not event.tracking_id:
        return session, ()
    return session, (push("filed", "erased", Case(event.key, "", tracking_id=event.tracking_id), session, turn),)


def tell_number(session: Session, case: Case, tracking_id: str, turn: Turn) -> Step:
    """Tell the tracking id unless the citizen knows it."""
    if not tracking_id or case.told == "tracking":
        return session, ()
    case = replace(case, tracking_id=tracking_id, told="tracking")
    session = session.with_case(case)
    if session.state in {"filing", "queued"}:
        session = replace(session, state="filed", topic=case.key)
    return session, (push("filed", "ask", case, session, turn),)


def push(section: str, text: str, case: Case, session: Session, turn: Turn) -> Say:
    """Return what the citizen is told of a case without having asked."""
    return Say(section, text, case_values(case, session, turn), push=True)


def refused(session: Session, event: Refused, turn: Turn) -> Step:
    """Give a report that will never be taken back for a change, under a new submission id."""
    draft = next((draft for draft in session.sending if draft.id == event.key), None)
    if draft is None:
        return session, ()
    session = replace(
        session,
        cases=tuple(case for case in session.cases if case.key != event.key),
        sending=tuple(each for each in session.sending if each.id != event.key),
    )
    if not draft.story:  # the citizen had us forget it meanwhile
        return session, (Say("notes", "refused_erased", push=True),)
    draft = replace(draft, id=turn.fresh, provisional=turn.provisional, handed_over=False)
    if session.state in REPORT:
        aside = replace(draft, aside=int(turn.now.timestamp()))
        return replace(session, shelf=(*session.shelf, aside)), (Say("notes", "refused_later", push=True),)
    return ask(replace(session, draft=draft, state="review", trail=()), turn, "refused")


def attached(session: Session, event: Attached, turn: Turn) -> Step:
    """Note in its report, wherever that stands by now, that a file is at the backend or never will be."""

    def marked(draft: Draft) -> Draft:
        media = tuple(_answered(medium, event) for medium in draft.media)
        return draft if media == draft.media else replace(draft, media=media)

    session = replace(
        session,
        draft=session.draft and marked(session.draft),
        shelf=tuple(map(marked, session.shelf)),
        sending=tuple(map(marked, session.sending)),
    )
    session, effects = _settle(session, turn)
    if event.attachment_id:
        return session, effects
    number = event.key.rpartition("/")[2]
    return session, (*effects, Say("attachment", "refused", {"attachment": number}, push=True))


def lapsed(session: Session, due: int, turn: Turn) -> Step:
    """Hand over what waited for files; then tell the provisional numbers still owed."""
    if due != session.due:
        return session, ()
    waiting = [draft for draft in session.sending if not draft.handed_over]
    effects: tuple[Effect, ...] = ()
    for draft in waiting:
        session, more = hand_over(session, draft, turn, WAIT_FOR_NUMBER - WAIT_FOR_FILES)
        effects = (*effects, *more)
    return (session, effects) if waiting else tell_provisional(session, turn)


def tell_provisional(session: Session, turn: Turn) -> Step:
    """Tell the provisional number of every report whose number the citizen does not know."""
    owed = [replace(case, told="provisional") for case in session.cases if not case.told]
    for case in owed:
        session = session.with_case(case)
    if owed and session.state == "filing":
        session = replace(session, state="queued", topic=owed[-1].key)
    return session, tuple(push("queued", "ask", case, session, turn) for case in owed)


def repeated(session: Session, text: str, turn: Turn) -> bool:
    """Tell whether a text confirms once more the report that was just sent."""
    if session.state not in {"filing", "queued", "filed"}:
        return False
    return turn.script(session).choice("review", text, session.shown) == "send"


def _answered(medium: Medium, event: Attached) -> Medium:
    if medium.key != event.key:
        return medium
    return replace(medium, attachment_id=event.attachment_id, failed=not event.attachment_id)


def _settle(session: Session, turn: Turn) -> Step:
    """Move every confirmed report on whose files are all answered for."""
    effects: tuple[Effect, ...] = ()
    for draft in session.sending:
        case = session.case(draft.id)
        report_id = case.report_id if case else draft.report_id
        if draft.pending:
            continue
        if not draft.handed_over:
            session, more = hand_over(session, draft, turn, WAIT_FOR_NUMBER)
            effects = (*effects, *more)
        elif report_id:
            session = replace(session, sending=tuple(each for each in session.sending if each != draft))
            effects = (*effects, *_late_files(draft, report_id, session, turn))
    return session, effects


def _late_files(draft: Draft, report_id: str, session: Session, turn: Turn) -> tuple[Effect, ...]:
    """Send the files that came too late for the report after it."""
    late = tuple(medium for medium in draft.media if medium.attachment_id and not medium.joined)
    if not late:
        return ()
    body = turn.script(session).text("notes", "late_files")
    ids = tuple(medium.attachment_id for medium in late)
    return (Reply(f"{late[0].key}/late", report_id, body, attachments=ids),)
