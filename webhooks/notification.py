"""Meta's webhook notification, only the fields we use, and the event that a message of it stands for.

Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages.
"""

import re
from typing import Annotated, Final

import msgspec

from conversations.events import Event, MediaKind, Said, SentMedia, SharedPlace, Tapped

PHONE: Final = re.compile(r"[1-9][0-9]{5,14}", re.ASCII)
# A business-scoped user id stands for a citizen who shows a user name: country, a point, up to 128 characters.
USER: Final = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}", re.ASCII)

KINDS: Final[dict[str, MediaKind]] = {
    "image": "photo",
    "video": "video",
    "audio": "voice",
    "document": "document",
    "sticker": "sticker",
    "contacts": "contact",
    "edit": "edited",
    "revoke": "edited",
}
SILENT: Final = frozenset(("reaction", "system", "request_welcome"))
"""What is no message to us: a mark on one of ours, a changed number, a chat that was opened."""


class Text(msgspec.Struct, frozen=True):
    """A text."""

    body: str = ""


class Choice(msgspec.Struct, frozen=True):
    """A button or a row that was tapped; `id` is what we gave it."""

    id: str = ""


class Interactive(msgspec.Struct, frozen=True):
    """A tap on a button or a row of a list; what else there is has neither."""

    button_reply: Choice | None = None
    list_reply: Choice | None = None


class Quick(msgspec.Struct, frozen=True):
    """A tap on a button of a template."""

    payload: str = ""
    text: str = ""


class Point(msgspec.Struct, frozen=True):
    """A point on the map, in degrees (WGS 84), with a name where the citizen chose a place."""

    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    name: str = ""
    address: str = ""


class File(msgspec.Struct, frozen=True):
    """A file that Meta keeps for seven days."""

    id: str = ""
    mime_type: str = ""
    caption: str = ""


class Sender(msgspec.Struct, frozen=True, rename={"phone": "from", "user": "from_user_id", "group": "group_id"}):
    """Who sent a message, under which id; in a group there is a `group`."""

    id: Annotated[str, msgspec.Meta(min_length=1)]
    phone: str = ""
    user: str = ""
    group: str = ""

    @property
    def address(self) -> str | None:
        """Return the citizen's address; None for one that cannot be answered."""
        if PHONE.fullmatch(self.phone):
            return f"whatsapp:+{self.phone}"
        return next((f"whatsapp:{name}" for name in (self.phone, self.user) if USER.fullmatch(name)), None)


class Message(msgspec.Struct, frozen=True):
    """A message: its `type` names the field that holds what was sent."""

    type: str
    text: Text | None = None
    interactive: Interactive | None = None
    button: Quick | None = None
    location: Point | None = None
    image: File | None = None
    video: File | None = None
    audio: File | None = None
    document: File | None = None
    sticker: File | None = None


class Fault(msgspec.Struct, frozen=True):
    """An error by its number."""

    code: int = 0


class Status(
    msgspec.Struct, frozen=True, rename={"user": "recipient_user_id", "outbox_id": "biz_opaque_callback_data"}
):
    """What became of a message of ours; `outbox_id` is the id that we gave it."""

    id: str
    status: str
    recipient_id: str = ""
    user: str = ""
    outbox_id: str = ""
    errors: tuple[Fault, ...] = ()


class Number(msgspec.Struct, frozen=True, rename={"id": "phone_number_id"}):
    """The number of ours that it is about."""

    id: str = ""


class Value(msgspec.Struct, frozen=True):
    """What happened at a number: messages and statuses, each read by itself so that none spoils the others."""

    metadata: Number = Number()
    messages: tuple[msgspec.Raw, ...] = ()
    statuses: tuple[msgspec.Raw, ...] = ()
    errors: tuple[msgspec.Raw, ...] = ()


class Change(msgspec.Struct, frozen=True):
    """One change; those of other fields than `messages` tell of templates and accounts."""

    field: str = ""
    value: msgspec.Raw = msgspec.Raw(b"null")


class Entry(msgspec.Struct, frozen=True):
    """The changes of one business account."""

    changes: tuple[Change, ...] = ()


class Notification(msgspec.Struct, frozen=True):
    """What one request brings."""

    entry: tuple[Entry, ...] = ()


def event_of(message: Message) -> Event:
    """Return what the citizen did with a message."""
    match message:
        case Message(type="text", text=Text(body=body)):
            return Said(body)
        case Message(type="interactive", interactive=Interactive(button_reply=Choice(id=data))):
            return Tapped(data)
        case Message(type="interactive", interactive=Interactive(list_reply=Choice(id=data))):
            return Tapped(data)
        case Message(type="button", button=Quick() as quick):
            return Tapped(quick.payload) if quick.payload else Said(quick.text)
        case Message(type="location", location=Point() as point):
            name = ", ".join(part for part in (point.name, point.address) if part)
            return SharedPlace(point.latitude, point.longitude, name)
        case _:
            return _media(message)


def _media(message: Message) -> SentMedia:
    files = (message.image, message.video, message.audio, message.document, message.sticker)
    file = next((each for each in files if each is not None), File())
    return SentMedia(KINDS.get(message.type, "other"), file.id, file.mime_type, file.caption)
