"""Taking a file into a report, into an answer to the agency, or after a report that was sent."""

from typing import Final

from msgspec.structs import replace

from conversations.effects import Attach
from conversations.events import SentMedia
from conversations.session import Draft, Medium
from conversations.turn import Turn

BREATH: Final = 4
"""Seconds within which files are one album: WhatsApp delivers its pictures one by one, and tells no album."""


def take(draft: Draft, event: SentMedia, turn: Turn) -> tuple[Draft, Attach]:
    """Return the draft with one file more, and the order to fetch and store it."""
    key = f"{draft.id}/{len(draft.media) + 1}"
    media = (*draft.media, Medium(key, voice=event.kind == "voice"))
    taken = replace(draft, media=media, album=event.group or draft.album, taken=int(turn.now.timestamp()))
    return taken, Attach(key, event.ref, event.kind, event.content_type)


def left_out(draft: Draft, turn: Turn) -> Draft:
    """Return a full draft to which a file came that it cannot hold."""
    return replace(draft, taken=int(turn.now.timestamp()))


def same_album(draft: Draft, event: SentMedia, turn: Turn) -> bool:
    """Tell whether a file belongs to the album of the one before it, by its name or for following at once."""
    return in_album(draft, event) or 0 <= turn.since(draft.taken) <= BREATH


def in_album(draft: Draft, event: SentMedia) -> bool:
    """Tell whether a file bears the name of the album that was taken last."""
    return bool(event.group) and event.group == draft.album


def once(draft: Draft, what: str, event: SentMedia, turn: Turn) -> tuple[Draft, bool]:
    """Return the draft with `what` said of its files, and whether it must be: once for one album."""
    if what in draft.said:
        return draft, not same_album(draft, event, turn)
    return replace(draft, said=(*draft.said, what)), True
