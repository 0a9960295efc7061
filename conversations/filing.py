"""A confirmed report on its way to the backend: its number, its files, its refusal."""

from collections.abc import Callable

from msgspec.structs import replace

from conversations.acts import WAIT_FOR_FILES, WAIT_FOR_NUMBER, hand_over
from conversations.answers import MOST_STORY
from conversations.complaint import REPORT
from conversations.effects import Effect, Say
from conversations.enclosing import overdue
from conversations.events import Attached, Delayed, Filed, Outcome, Refused, ReplyRefused
from conversations.late import followed
from conversations.moves import ask
from conversations.script import fill
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
        case Delayed():
            return delayed(session, event)
        case ReplyRefused():
            return reply_refused(session, event, turn)


def filed(session: Session, event: Filed, turn: Turn) -> Step:
    """Take that the backend has the report: tell its number, once, as soon as there is one."""
    case = session.case(event.key)
    if case is None:  # the citizen had us forget it meanwhile
        session, effects = _arrived(session, event, turn)
    else:
        case = replace(case, report_id=event.report_id, status=event.status)
        session = _with_sending(session.with_case(case), event.key, filed=int(turn.now.timestamp()))
        session, effects = tell_number(session, case, event.tracking_id or "", turn)
    session, more = _settle(session, turn)
    return session, (*effects, *more)


def _arrived(session: Session, event: Filed, turn: Turn) -> Step:
    """Tell the number of a forgotten report, and note its id: files that come late must find it."""
    session = _with_sending(session, event.key, report_id=event.report_id)
    if not event.tracking_id:
        return session, ()
    return session, (push("filed", "erased", Case(event.key, "", tracking_id=event.tracking_id), session, turn),)


def _with_sending(session: Session, key: str, **changes: object) -> Session:
    """Return the session with fields of a report on its way changed."""
    sending = (
        replace(draft, **changes) if draft.id == key and not draft.settled else draft for draft in session.sending
    )
    return replace(session, sending=tuple(sending))


def tell_number(session: Session, case: Case, tracking_id: str, turn: Turn) -> Step:
    """Tell the tracking id unless the citizen knows it."""
    if not tracking_id or case.told == "tracking":
        return session, ()
    case = replace(case, tracking_id=tracking_id, told="tracking")
    session = session.with_case(case)
    if session.state in {"filing", "queued"}:
        session = replace(session, state="filed", topic=case.key)
    return session, (push("filed", "muted" if session.muted else "ask", case, session, turn),)


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
    draft = replace(
        draft,
        id=turn.fresh,
        provisional=turn.provisional,
        handed_over=False,
        story=f"{draft.story}\n{draft.captions}".strip(),
        captions="",
    )
    if session.state in REPORT:
        aside = replace(draft, aside=int(turn.now.timestamp()))
        return replace(session, shelf=(*session.shelf, aside)), (Say("notes", "refused_later", push=True),)
    return ask(replace(session, draft=draft, state="review", trail=()), turn, "refused")


def reply_refused(session: Session, event: ReplyRefused, turn: Turn) -> Step:
    """Keep an answer that will never be taken as a report of its own, for PULIHKAN, and say so."""
    case = session.report(event.report_id)
    if case is None:  # the citizen had us forget it meanwhile
        return session, ()
    session = session.with_case(replace(case, answered=False))
    script = turn.script(session)
    if event.body in {script.text("notes", "late_files"), script.text("notes", "in_files")}:
        return session, (push("replied", "lost", case, session, turn),)
    about = fill(script.text("replied", "about"), {"number": case.number})
    media = (Medium(f"{turn.fresh}/{place}", each) for place, each in enumerate(event.attachments, 1))
    story = f"{event.body[: MOST_STORY - 100]}\n{about}"
    draft = replace(turn.new_draft(), story=story, media=tuple(media), aside=int(turn.now.timestamp()))
    session = replace(session, shelf=(*session.shelf, draft))
    return session, (push("replied", "refused", case, session, turn),)


def attached(session: Session, event: Attached, turn: Turn) -> Step:
    """Note in its report, wherever that stands by now, that a file is at the backend or never will be."""

    def marked(draft: Draft) -> Draft:
        media = tuple(_answered(medium, event) for medium in draft.media)
        if media == draft.media:
            return draft
        told = bool(draft.filed) and not event.attachment_id  # now it can be sent again
        return replace(draft, media=media, filed=int(turn.now.timestamp()) if told else draft.filed)

    session, effects = _settle(_everywhere(session, marked), turn)
    return (session, effects) if event.attachment_id else (session, (*effects, _about(event.key, event.why)))


def delayed(session: Session, event: Delayed) -> Step:
    """Tell once that a file is still on its way."""

    def marked(draft: Draft) -> Draft:
        media = (replace(each, slow=each.slow or (each.pending and each.key == event.key)) for each in draft.media)
        return replace(draft, media=tuple(media))

    after = _everywhere(session, marked)
    return after, () if after == session else (_about(event.key, "slow"),)


def _everywhere(session: Session, marked: Callable[[Draft], Draft]) -> Session:
    """Return the session with every draft changed in which a file can stand."""
    return replace(
        session,
        draft=session.draft and marked(session.draft),
        letter=session.letter and marked(session.letter),
        shelf=tuple(map(marked, session.shelf)),
        sending=tuple(map(marked, session.sending)),
    )


def _about(key: str, text: str) -> Say:
    """Return what is said of a file by its number in the report."""
    return Say("attachment", text or "refused", {"attachment": key.rpartition("/")[2]}, push=True)


def lapsed(session: Session, due: int, turn: Turn) -> Step:
    """Hand over what waited for files; then tell provisional numbers still owed, and send files without words."""
    if due != session.due:
        return session, ()
    session, effects = _lapsed(session, turn)
    session, more = overdue(session, turn)
    return session, (*effects, *more)


def _lapsed(session: Session, turn: Turn) -> Step:
    waiting = [draft for draft in session.sending if not draft.handed_over]
    effects: tuple[Effect, ...] = ()
    for draft in waiting:
        session, more = hand_over(session, draft, turn, WAIT_FOR_NUMBER - WAIT_FOR_FILES)
        effects = (*effects, *more)
    if all(draft.answers for draft in waiting):  # else the number is waited for now
        session, owed = tell_provisional(session, turn)
        effects = (*effects, *owed)
    if session.state in {"following", "finding"}:
        session, more = ask(session, turn, "again")
        effects = (*effects, *more)
    return session, effects


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
            session, more = followed(session, draft, report_id, turn)
            effects = (*effects, *more)
    return session, effects
