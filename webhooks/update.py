"""Telegram's Update (Bot API 10), only the fields we use, and the event it stands for."""

from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta

from conversations.events import Event, MediaKind, SentMedia, SharedNumber, SharedPlace
from conversations.slash import heard
from webhooks.phone import e164

Id: TypeAlias = Annotated[int, Meta(ge=-(2**52), le=2**52)]  # the Bot API promises at most 52 bits


NONE: Final = msgspec.Raw()


class Chat(msgspec.Struct, frozen=True):
    """A chat; in a private one its id is the citizen's."""

    id: Id
    type: Literal["private", "group", "supergroup", "channel"]


class User(msgspec.Struct, frozen=True):
    """A citizen; `language_code` is the phone's language (IETF: id, en, pt-br)."""

    id: Id
    language_code: str = ""


class Size(msgspec.Struct, frozen=True):
    """One size of a photo, in pixels."""

    file_id: str
    width: int
    height: int


class File(msgspec.Struct, frozen=True):
    """A document, a video, a voice message, an audio file or a sticker."""

    file_id: str
    mime_type: str = ""


class Point(msgspec.Struct, frozen=True):
    """A point on the map, in degrees (WGS 84)."""

    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]


class Venue(msgspec.Struct, frozen=True):
    """A point with a name."""

    location: Point
    title: str = ""
    address: str = ""


class Contact(msgspec.Struct, frozen=True):
    """A contact; it is of the account `user_id`, which Telegram knows by the number, where it has one."""

    phone_number: str = ""
    user_id: int = 0


class Message(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """A message, with one of what it can carry."""

    chat: Chat
    text: str | None = None
    caption: str = ""
    media_group_id: str = ""
    photo: tuple[Size, ...] = ()
    animation: File | None = None
    video: File | None = None
    video_note: File | None = None
    voice: File | None = None
    audio: File | None = None
    sticker: File | None = None
    document: File | None = None
    contact: Contact | None = None
    location: Point | None = None
    venue: Venue | None = None
    pinned_message: msgspec.Raw = NONE
    message_auto_delete_timer_changed: msgspec.Raw = NONE
    write_access_allowed: msgspec.Raw = NONE
    chat_background_set: msgspec.Raw = NONE
    sender: User | None = None

    @property
    def service(self) -> bool:
        """Tell whether Telegram itself says something about the chat, which the citizen did not send to anyone."""
        told = (self.pinned_message, self.message_auto_delete_timer_changed, self.write_access_allowed)
        return any((*told, self.chat_background_set))


class Carrier(msgspec.Struct, frozen=True):
    """The message whose button was tapped; an old one holds no more than its chat."""

    chat: Chat


class Tap(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """A tap on a button (callback query)."""

    id: str
    sender: User
    message: Carrier | None = None
    data: str = ""


class Member(msgspec.Struct, frozen=True):
    """What the bot is in a chat: `kicked` in a private one says that the citizen blocked it."""

    status: str


class Membership(msgspec.Struct, frozen=True):
    """A change of what the bot is in a chat."""

    chat: Chat
    new_chat_member: Member


class Update(msgspec.Struct, frozen=True):
    """An update; of a kind we do not use, it has none of the fields below its id."""

    update_id: Id
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Tap | None = None
    my_chat_member: Membership | None = None


def event_of(message: Message) -> Event:
    """Return what the citizen did with a message."""
    match message:
        case Message(text=str(text)):
            return heard(text)
        case Message(venue=Venue(location=point) as venue):
            name = ", ".join(part for part in (venue.title, venue.address) if part)
            return SharedPlace(point.latitude, point.longitude, name)
        case Message(location=Point() as point):
            return SharedPlace(point.latitude, point.longitude)
        case Message(contact=Contact() as contact) if number := own_number(contact, message.chat):
            return SharedNumber(number)
        case Message(photo=sizes) if sizes:
            largest = max(sizes, key=lambda size: size.width * size.height)
            return _media(message, "photo", File(largest.file_id, "image/jpeg"))  # Telegram turns photos into JPEG
        case _:
            return _file(message)


def own_number(contact: Contact, chat: Chat) -> str | None:
    """Return the number (E.164) of a contact that is the citizen's own, None for someone else's.

    In a private chat the chat's id is the citizen's. Telegram writes the number with or without the plus.
    """
    return e164(f"+{contact.phone_number.lstrip('+')}") if contact.user_id == chat.id else None


def _file(message: Message) -> SentMedia:
    # An animation comes with a copy of itself as document, so documents are looked at last.
    files: tuple[tuple[MediaKind, File | None], ...] = (
        ("video", message.animation),
        ("video", message.video),
        ("video", message.video_note),
        ("voice", message.voice),
        ("voice", message.audio),
        ("sticker", message.sticker),
        ("document", message.document),
    )
    for kind, file in files:
        if file is not None:
            return _media(message, kind, file)
    return _media(message, "contact" if message.contact else "other", File(""))


def _media(message: Message, kind: MediaKind, file: File) -> SentMedia:
    return SentMedia(kind, file.file_id, file.mime_type, message.caption, message.media_group_id)
