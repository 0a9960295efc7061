"""Pictures, files and places that the citizen sends."""

from conversations import shelf
from conversations.complaint import REPORT
from conversations.effects import Attach, Place, Say
from conversations.events import SentMedia, SharedPlace
from conversations.moves import follow, remark, say_first
from conversations.reading.opening import Opening
from conversations.session import MOST_MEDIA, Medium, Session
from conversations.taking import begin_report, grow
from conversations.turn import Step, Turn

LONGEST_NAME = 200
"""Characters kept of the name that a phone gives a point."""

USABLE = frozenset({"photo", "document", "video", "voice"})


def sent(session: Session, event: SentMedia, turn: Turn) -> Step:
    """Take a file into the report that is being written, or begin one with it; its caption is story."""
    if event.kind == "edited":
        return say_first(session, turn, "edited")
    if event.kind not in USABLE or not event.ref:
        return say_first(session, turn, "unreadable")
    if session.state in {"reply", "dispute", "stars"}:
        return say_first(session, turn, "type_please")
    reporting = _reporting(session, turn)
    return _added(reporting, event, turn) if reporting else remark(session, turn, "shelf_full")


def _reporting(session: Session, turn: Turn) -> Session | None:
    """Return the session with a report being written, None where there is no room for another."""
    if session.draft is not None and session.state in REPORT:
        return session
    if shelf.full(session, turn):
        return None
    session, _ = begin_report(session, Opening(""), turn)
    return session


def _added(session: Session, event: SentMedia, turn: Turn) -> Step:
    assert session.draft is not None  # noqa: S101 - begun by the caller
    same_album = bool(event.group) and event.group == session.draft.album
    if len(session.draft.media) >= MOST_MEDIA:
        return (session, ()) if same_album else say_first(session, turn, "full")
    session, taken = _take(session, event, turn)
    if same_album and not event.caption:
        return session, taken
    session, effects = _go_on(session, turn)
    return session, (*taken, *effects)


def _take(session: Session, event: SentMedia, turn: Turn) -> Step:
    draft = session.draft
    assert draft is not None  # noqa: S101 - begun by the caller
    key = f"{draft.id}/{len(draft.media) + 1}"
    session = session.with_draft(media=(*draft.media, Medium(key)), album=event.group)
    attach = Attach(key, event.ref, event.kind, event.content_type)
    if not event.caption.strip():
        return session, (attach,)
    grown = grow(session, event.caption.strip(), turn)
    session, remarks = grown or (session, (Say("notes", "too_long"),))
    return session, (attach, *remarks)


def _go_on(session: Session, turn: Turn) -> Step:
    """Ask what is missing now; a file that came while something else was asked leaves that question open."""
    if session.state == "evidence":
        return follow(session.with_draft(evidence_asked=True), "privacy", turn)
    if session.state == "story":
        return follow(session, "story", turn)
    return say_first(session, turn, "taken")


def pinned(session: Session, event: SharedPlace, turn: Turn) -> Step:
    """Take a point on the map as the place; what is near it is asked to be confirmed."""
    near = turn.knowledge.near(event.latitude, event.longitude)
    known = f"{near.name}, {near.region.name}" if near else ""
    text = ", ".join(part for part in (event.name.strip()[:LONGEST_NAME], known) if part)
    reporting = _reporting(session, turn)
    if reporting is None:
        return remark(session, turn, "shelf_full")
    place = Place(text, event.latitude, event.longitude, near.region.code if near else "")
    session = reporting.with_draft(place=place, pin=bool(near), regions=(), vague=False)
    if session.state in {"story", "what"}:
        return follow(session, "story", turn)
    return follow(session, "pin", turn)
