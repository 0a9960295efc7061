"""The shapes of what Telegram's Bot API tells: updates, and messages as it answers a call.

Source: https://core.telegram.org/bots/api.
"""

from typing import Any, Final, TypeAlias

from bot.demo.twins.files import File
from bot.demo.twins.screens import Entry
from bot.demo.twins.twin import CITIZEN

BOT: Final = {"id": 1708000001, "is_bot": True, "first_name": "LAPOR!", "username": "lapor_demo_bot"}
WIDEST: Final = {"width": 1280, "height": 960}  # what the server scales a photo of a phone to
KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member", "channel_post")
"""The kinds of updates that the twin makes, out of all."""

Object: TypeAlias = dict[str, Any]


def message(entry: Entry, file: File | None) -> Object:
    """Return the Message that a citizen sent in a private chat, with the file it names."""
    chat = chat_of(entry)
    told = {"message_id": entry.id, "from": person(chat["id"]), "chat": chat, "date": entry.at}
    if file:
        told |= {"media_group_id": entry.album} if entry.album else {}
        return {**told, **_attachment(entry.media, file), **({"caption": entry.text} if entry.text else {})}
    if entry.contact:
        contact = {"phone_number": entry.contact[0], "first_name": CITIZEN, "user_id": entry.contact[1]}
        return {**told, "contact": contact}
    if entry.place:
        return {**told, "location": dict(zip(("latitude", "longitude"), entry.place, strict=True))}
    return {**told, "text": entry.text}


def said(entry: Entry) -> Object:
    """Return the Message that the bot sent."""
    return {"message_id": entry.id, "chat": chat_of(entry), "date": entry.at, "text": entry.text}


def member(chat: Object, before: str, after: str, at: int) -> Object:
    """Return the change of what the bot is in a chat: kicked where its citizen blocked it."""
    was, now = ({"user": BOT, "status": status, "until_date": 0} for status in (before, after))
    return {
        "chat": chat,
        "from": person(abs(chat["id"])),
        "date": at,
        "old_chat_member": was,
        "new_chat_member": now,
    }


def chat_of(entry: Entry) -> Object:
    """Return the chat of an address such as `telegram:12345`."""
    return chat(int(entry.address.partition(":")[2]))


def chat(number: int) -> Object:
    """Return a chat by its number: a group's is below zero."""
    if number < 0:
        return {"id": number, "type": "supergroup", "title": "Warga RT 05"}
    return {"id": number, "type": "private", "first_name": CITIZEN}


def person(number: int) -> Object:
    """Return the User at the phone."""
    return {"id": number, "is_bot": False, "first_name": CITIZEN, "language_code": "id"}


def _attachment(name: str, file: File) -> Object:
    """Return the part of a Message that holds a file: as a picture, film or voice note, else as a document."""
    told = {**about(name, file), "mime_type": file.type}
    match file.type.partition(";")[0]:
        case "image/jpeg" | "image/png":
            return {"photo": [{**about(name, file), **WIDEST}]}
        case "image/webp":
            return {"sticker": {**about(name, file), "type": "regular", "width": 512, "height": 512}}
        case "audio/ogg":
            return {"voice": {**told, "duration": 3}}
        case "video/mp4":
            return {"video": {**told, **WIDEST, "duration": 3}}
        case _:
            return {"document": told}


def about(name: str, file: File) -> Object:
    """Return what every object that holds a file says of it."""
    return {"file_id": name, "file_unique_id": name[:16], "file_size": len(file.data)}
