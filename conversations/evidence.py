"""Pictures, files and places that the citizen sends."""

from msgspec.structs import replace

from conversations.complaint import REPORT
from conversations.effects import Attach, Place
from conversations.events import SentMedia, SharedPlace
from conversations.moves import ask, follow, say_first
from conversations.session import MOST_MEDIA, Medium, Session
from conversations.taking import begin_report, lengthened
from conversations.turn import Step, Turn

USABLE = frozenset({"photo", "document", "video", "voice"})


def sent(session: Session, event: SentMedia, turn: Turn) -> Step:
    """Take a file into the report that is being written, or begin one with it; its caption is story."""
    if event.kind not in USABLE or not event.ref:
        return say_first(session, turn, "unreadable")
    if session.state in {"reply", "dispute", "stars"}:
        return say_first(session, turn, "type_please")
    if session.draft is None or session.state not in REPORT:
        session, _ = begin_report(session, "", turn)
    assert session.draft is not None  # noqa: S101 - begun just now
    same_album = bool(event.group) and event.group == session.draft.album
    if len(session.draft.media) >= MOST_MEDIA:
        return (session, ()) if same_album else say_first(session, turn, "full")
    session, attach = _take(session, event)
    if same_album and not event.caption:
        return session, (attach,)
    session, effects = _go_on(session, turn)
    return session, (attach, *effects)


def _take(session: Session, event: SentMedia) -> tuple[Session, Attach]:
    draft = session.draft
    assert draft is not None  # noqa: S101 - begun by the caller
    key = f"{draft.id}/{len(draft.media) + 1}"
    draft = lengthened(draft, event.caption.strip()) or draft
    session = replace(session, draft=replace(draft, media=(*draft.media, Medium(key)), album=event.group))
    return session, Attach(key, event.ref, event.kind, event.content_type)


def _go_on(session: Session, turn: Turn) -> Step:
    """Ask what is missing now; a file that came while something else was asked leaves that question open."""
    if session.state == "evidence":
        return follow(session.with_draft(evidence_asked=True), "privacy", turn)
    if session.state == "story":
        return follow(session, "story", turn)
    return say_first(session, turn, "taken")


def pinned(session: Session, event: SharedPlace, turn: Turn) -> Step:
    """Take a point on the map as the place."""
    place = Place(event.name.strip(), event.latitude, event.longitude)
    if session.draft is None or session.state not in REPORT:
        session, _ = begin_report(session, "", turn)
    session = session.with_draft(place=place)
    if session.state in {"story", "place"}:
        return follow(session, "story" if session.state == "story" else "day", turn)
    return ask(replace(session, misses=0), turn) if session.state == "review" else say_first(session, turn, "taken")
