"""Drafts set aside: none is thrown away before its time, and a phone cannot fill the shelf without end."""

from typing import Final

from msgspec.structs import replace

from conversations.session import Draft, Session
from conversations.turn import Turn

MOST: Final = 10
"""Drafts that a citizen may have set aside."""

KEPT: Final = 30 * 86400
"""Seconds for which a draft set aside is kept for sure, as the citizen is told."""


def full(session: Session, turn: Turn) -> bool:
    """Tell whether there is no room to set the present draft aside."""
    return session.draft is not None and not _blank(session.draft) and len(_room(session, turn)) >= MOST


def put(session: Session, turn: Turn) -> Session:
    """Return the session with its draft set aside, on top; an empty one is left out."""
    if session.draft is None:
        return session
    if _blank(session.draft):
        return replace(session, draft=None)
    aside = replace(session.draft, aside=int(turn.now.timestamp()))
    return replace(session, draft=None, shelf=(*_room(session, turn), aside))


def take(session: Session, turn: Turn) -> Session:
    """Return the session with the draft set aside last brought back.

    One that is being written goes underneath, so that the next older one comes next.
    """
    *rest, last = session.shelf
    beneath = put(replace(session, shelf=()), turn).shelf
    return replace(session, draft=last, shelf=(*beneath, *rest))


def _room(session: Session, turn: Turn) -> tuple[Draft, ...]:
    """Return what is on the shelf; from a full one, drafts that were kept their time are taken."""
    if len(session.shelf) < MOST:
        return session.shelf
    return tuple(draft for draft in session.shelf if not draft.aside or turn.since(draft.aside) <= KEPT)


def _blank(draft: Draft) -> bool:
    return not (draft.story or draft.media or draft.place)
