"""The rules of Telegram's Bot API that a bot can break, and the shapes of its updates.

Source: https://core.telegram.org/bots/api; the descriptions of errors are those its server gives.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn, TypeAlias

import msgspec

from bot.demo.twins.files import File
from bot.demo.twins.screens import Entry
from bot.demo.twins.twin import CITIZEN
from conversations.bubble import Button

LONGEST: Final = 4096  # characters of a text
LONGEST_DATA: Final = 64  # bytes of callback_data
WIDEST: Final = {"width": 1280, "height": 960}  # what the server scales a photo of a phone to

Parameters: TypeAlias = Mapping[str, Any]
Object: TypeAlias = dict[str, Any]


class Refusal(Exception):
    """The Bot API refuses a call with this status and description."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status


class Sent(msgspec.Struct, frozen=True):
    """What a sendMessage asks for."""

    chat_id: int
    text: str
    buttons: tuple[tuple[Button, ...], ...]


def sent(parameters: Parameters) -> Sent:
    """Check the parameters of sendMessage.

    Raises Refusal.
    """
    text = str(parameters.get("text", "")).strip()
    if not text:
        _bad("message text is empty")
    if len(text) > LONGEST:
        _bad("message is too long")
    if parameters.get("parse_mode"):
        _bad("unsupported parse_mode")  # the real one knows HTML and Markdown; the bot sends plain text only
    return Sent(_chat(parameters), text, _buttons(parameters))


def _chat(parameters: Parameters) -> int:
    chat_id = str(parameters.get("chat_id", ""))
    if not chat_id:
        _bad("chat_id is empty")
    if not chat_id.removeprefix("-").isdecimal():
        _bad("chat not found")
    return int(chat_id)


def _buttons(parameters: Parameters) -> tuple[tuple[Button, ...], ...]:
    """Read the inline keyboard, which comes as an object or, in a form, as its JSON."""
    markup = parameters.get("reply_markup") or {}
    try:
        keyboard = json.loads(markup) if isinstance(markup, str) else markup
        return tuple(tuple(_button(given) for given in row) for row in keyboard.get("inline_keyboard", ()))
    except (ValueError, AttributeError, TypeError):
        _bad("can't parse reply keyboard markup JSON object")


def _button(given: Parameters) -> Button:
    label, data = str(given.get("text", "")), str(given.get("callback_data", ""))
    if not label:
        _bad("text buttons are unallowed in the inline keyboard")
    if not 0 < len(data.encode()) <= LONGEST_DATA:
        _bad("BUTTON_DATA_INVALID")
    return Button(label, data)


def updates(parameters: Parameters) -> list[str]:
    """Read the kinds of updates that are wanted, a list or, in a form, its JSON.

    Raises Refusal.
    """
    given = parameters["allowed_updates"]
    try:
        return [str(each) for each in (json.loads(given) if isinstance(given, str) else given)]
    except (ValueError, TypeError):
        _bad("can't parse allowed updates JSON object")


def _bad(why: str) -> NoReturn:
    raise Refusal(400, f"Bad Request: {why}")


def message(entry: Entry, file: File | None) -> Object:
    """Return the Message that a citizen sent in a private chat, with the file it names."""
    chat = chat_of(entry)
    told = {"message_id": entry.id, "from": person(chat["id"]), "chat": chat, "date": entry.at}
    if file:
        return {**told, **_attachment(entry.media, file), **({"caption": entry.text} if entry.text else {})}
    if entry.place:
        return {**told, "location": dict(zip(("latitude", "longitude"), entry.place, strict=True))}
    return {**told, "text": entry.text}


def said(entry: Entry) -> Object:
    """Return the Message that the bot sent."""
    return {"message_id": entry.id, "chat": chat_of(entry), "date": entry.at, "text": entry.text}


def chat_of(entry: Entry) -> Object:
    """Return the private chat of an address such as `telegram:12345`."""
    return {"id": int(entry.address.partition(":")[2]), "type": "private", "first_name": CITIZEN}


def person(number: int) -> Object:
    """Return the User at the phone."""
    return {"id": number, "is_bot": False, "first_name": CITIZEN, "language_code": "id"}


def _attachment(name: str, file: File) -> Object:
    """Return the part of a Message that holds a picture, or a document of any other kind."""
    if file.type.startswith("image/"):
        return {"photo": [{**about(name, file), **WIDEST}]}
    return {"document": {**about(name, file), "mime_type": file.type}}


def about(name: str, file: File) -> Object:
    """Return what every object that holds a file says of it."""
    return {"file_id": name, "file_unique_id": name[:16], "file_size": len(file.data)}
