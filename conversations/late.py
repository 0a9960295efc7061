"""Files that come when their report is sent already: for ten minutes they join it, and begin no other."""

from typing import Final

from msgspec.structs import replace

from conversations.answers import MOST_STORY
from conversations.effects import Effect, Reply, Say
from conversations.events import SentMedia
from conversations.files import in_album, left_out, once, take
from conversations.reading.personal import masked, personal
from conversations.session import Case, Draft, Session
from conversations.turn import Step, Turn
from conversations.understanding import tells
from conversations.wording import case_values, files_of

LATE: Final = 600
"""Seconds after filing within which a file joins the report."""


def joined(session: Session, event: SentMedia, turn: Turn, *, asked: bool) -> Step | None:
    """Add a file to the report that was just sent, and say so once for one album; None where it belongs to none.

    `asked` says that an agency waits for an answer, which a file is sooner than a part of the report.
    """
    draft = _joining(session, event, turn, asked=asked)
    if draft is None:
        return None
    draft, telling = once(draft, "full" if draft.full else "joined", event, turn)
    effects: tuple[Effect, ...] = ()
    if draft.full:
        say = late_say("full", draft, session, turn)
        draft = left_out(draft, turn)
    else:
        say = late_say("joined", draft, session, turn)
        draft, attach = take(draft, event, turn)
        draft = replace(draft, captions=f"{draft.captions}\n{event.caption}".strip())
        effects = (attach,)
    sending = tuple(draft if each.id == draft.id else each for each in session.sending)
    return replace(session, sending=sending), (*effects, say) if telling else effects


def _joining(session: Session, event: SentMedia, turn: Turn, *, asked: bool) -> Draft | None:
    """Return the report that a file came too late for: that of its album, or the one sent last.

    Not the latter where another is being written, or where the file's caption tells of a problem.
    """
    sent = [each for each in session.sending if turn.since(each.filed) <= LATE and case_of(session, each)]
    for each in sent:
        if in_album(each, event):
            return each
    if not sent or asked or session.draft is not None or tells(event.caption, turn.script(session)):
        return None
    return None if event.caption.strip() and sent[-1].full else sent[-1]


def late_say(text: str, draft: Draft, session: Session, turn: Turn) -> Say:
    """Return what is said of the files of a report that was sent; `joined` also before it has a number."""
    case = case_of(session, draft) or Case(draft.id, "")
    text = "early" if text == "joined" and not case.told else text
    return Say(
        "late", text, {**case_values(case, session, turn), "files": files_of(draft, turn.script(session), turn)}
    )


def case_of(session: Session, draft: Draft) -> Case | None:
    """Return the case that a report became, or that an answer is about."""
    return session.case(draft.id) or (session.report(draft.report_id) if draft.report_id else None)


def followed(session: Session, draft: Draft, report_id: str, turn: Turn) -> Step:
    """Send what came too late for a report after it, and keep for ten minutes what still later files need."""
    late = tuple(medium for medium in draft.media if medium.attachment_id and not medium.joined)
    rest = _rest(draft, session) if case_of(session, draft) and turn.channel.media else None
    sending = (rest if each.id == draft.id else each for each in session.sending)
    session = replace(session, sending=tuple(each for each in sending if each is not None))
    if not late and not draft.captions:
        return session, ()
    note = turn.script(session).text("notes", "late_files") if late else ""
    captions = masked(draft.captions, personal(draft.captions))
    key = f"{(late or draft.media[-1:])[0].key}/late"
    ids = tuple(medium.attachment_id for medium in late)
    return session, (Reply(key, report_id, f"{note}\n{captions}".strip()[:MOST_STORY], attachments=ids),)


def _rest(draft: Draft, session: Session) -> Draft:
    """Return what is left of a report that the backend has with all its files."""
    media = tuple(replace(medium, joined=bool(medium.attachment_id)) for medium in draft.media)
    case = case_of(session, draft)
    return Draft(
        draft.id,
        draft.provisional,
        media=media,
        album=draft.album,
        handed_over=True,
        report_id=draft.report_id or (case.report_id if case else ""),
        taken=draft.taken,
        filed=draft.filed,
        settled=True,
        said=draft.said,
        answers=draft.answers,
    )


def swept(session: Session, turn: Turn) -> Session:
    """Return the session without what nothing can join any more."""
    kept = tuple(
        each for each in session.sending if not each.settled or each.pending or turn.since(each.filed) <= LATE
    )
    return session if kept == session.sending else replace(session, sending=kept)
