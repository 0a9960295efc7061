"""Pictures, files and places that the citizen sends."""

from msgspec.structs import replace

from conversations import shelf
from conversations.cases import awaiting
from conversations.complaint import COMPLAINT, REPORT
from conversations.effects import Place, Say
from conversations.enclosing import ANSWERING, asked_first, enclosed
from conversations.events import SentMedia, SharedPlace
from conversations.files import left_out, once, same_album, take
from conversations.late import joined
from conversations.moves import ask, follow, remark, say_first
from conversations.reading.opening import Opening
from conversations.session import Draft, Session
from conversations.states import Ask, Gather
from conversations.taking import begin_report, grow, skip
from conversations.turn import Step, Turn
from conversations.understanding import tells

LONGEST_NAME = 200
"""Characters kept of the name that a phone gives a point."""

USABLE = frozenset({"photo", "document", "video", "voice"})


def sent(session: Session, event: SentMedia, turn: Turn) -> Step:
    """Take a file: into the answer to an agency, the report just sent, or the one that is being written."""
    if event.kind == "edited":
        return say_first(session, turn, "edited")
    if event.kind == "contact":
        return say_first(session, turn, "contact")
    if event.kind not in USABLE or not event.ref:
        return say_first(session, turn, "unreadable")
    if session.state in ANSWERING:
        return enclosed(session, event, turn)
    if session.state == "stars":
        return say_first(session, turn, "type_please")
    late = joined(session, event, turn, asked=awaiting(session) is not None)
    return late or _asked_for(session, event, turn) or _reported(session, event, turn)


def _asked_for(session: Session, event: SentMedia, turn: Turn) -> Step | None:
    """Take a file for the answer that an agency waits for; None where none waits or something else is written."""
    case = awaiting(session) if session.draft is None else None
    if case is None:
        return None
    if tells(event.caption, turn.script(session)):
        return asked_first(session, case, event, turn)
    return enclosed(replace(session, state="reply", topic=case.key, misses=0), event, turn)


def _reported(session: Session, event: SentMedia, turn: Turn) -> Step:
    """Take a file into the report that is being written, or begin one with it."""
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
    draft = session.draft
    assert draft is not None  # noqa: S101 - begun by the caller
    quiet = bool(draft.media) and same_album(draft, event, turn) and not event.caption.strip()
    if draft.full:
        return _left_out(session, draft, event, turn)
    session, taken = _take(session, event, turn)
    if quiet:
        return session, taken
    session, effects = _go_on(session, event, turn)
    return session, (*taken, *effects)


def _left_out(session: Session, draft: Draft, event: SentMedia, turn: Turn) -> Step:
    """Say, once for one album, that no more files fit; a caption is story all the same."""
    draft, telling = once(draft, "full", event, turn)
    session, remarks = _captioned(replace(session, draft=left_out(draft, turn)), event, turn)
    if not telling:
        return session, remarks
    session, effects = say_first(session, turn, "full")
    return session, (*remarks, *effects)


def _take(session: Session, event: SentMedia, turn: Turn) -> Step:
    draft = session.draft
    assert draft is not None  # noqa: S101 - begun by the caller
    draft, attach = take(draft, event, turn)
    session, remarks = _captioned(replace(session, draft=draft), event, turn)
    return session, (attach, *remarks)


def _captioned(session: Session, event: SentMedia, turn: Turn) -> Step:
    """Add what stands below a file to the story."""
    caption = event.caption.strip()
    return (grow(session, caption, turn) or (session, (Say("notes", "too_long"),))) if caption else (session, ())


def _spoken(session: Session, turn: Turn) -> Step:
    """Ask for a typed line beside a voice note; a second one to the same question leaves the question out."""
    if session.misses and isinstance(COMPLAINT[session.state], Ask | Gather):
        return skip(session, turn)
    session = replace(session, misses=session.misses + 1)
    return ask(session, turn, "voice") if session.state == "story" else say_first(session, turn, "voice")


def _go_on(session: Session, event: SentMedia, turn: Turn) -> Step:
    """Ask what is missing now; a file that came while something else was asked leaves that question open."""
    if session.state == "evidence":
        return follow(session.with_draft(evidence_asked=True), "privacy", turn)
    if event.kind == "voice" and not event.caption.strip():
        return _spoken(session, turn)
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
