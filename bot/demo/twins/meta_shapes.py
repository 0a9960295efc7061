"""The shapes of what Meta brings to a webhook.

Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages.
"""

import secrets
from typing import Final

from bot.demo.twins.files import File
from bot.demo.twins.meta_api import Object, Sent
from bot.demo.twins.screens import Entry
from bot.demo.twins.twin import CITIZEN

KINDS: Final = {"image": "image", "video": "video", "audio": "audio"}


def wamid() -> str:
    """Make an id of a message."""
    return f"wamid.{secrets.token_urlsafe(40)}"


def message(entry: Entry, file: File | None) -> Object:
    """Return the part of a message that tells what a phone sent."""
    if entry.place:
        return {
            "type": "location",
            "location": dict(zip(("latitude", "longitude"), entry.place, strict=True)),
        }
    if file is None:
        return {"type": "text", "text": {"body": entry.text}}
    kind = "sticker" if file.type == "image/webp" else KINDS.get(file.type.partition("/")[0], "document")
    about = {"id": media_id(entry.media), "mime_type": file.type, "sha256": ""}
    return {"type": kind, kind: about | ({"caption": entry.text} if entry.text else {})}


def sender(address: str) -> tuple[Object, Object]:
    """Return how a message names who sent it, and the contact beside it."""
    name = address.removeprefix("whatsapp:")
    profile = {"profile": {"name": CITIZEN}}
    if not name.startswith("+"):
        return {"from_user_id": name}, {**profile, "user_id": name}
    digits = name.removeprefix("+")
    return {"from": digits, "from_user_id": f"ID.{digits}"}, {**profile, "wa_id": digits, "user_id": f"ID.{digits}"}


def status(what: Sent, own: str, now: float, state: str, code: int = 0) -> Object:
    """Return what becomes of a message, with an error code where it failed."""
    name = what.address.removeprefix("whatsapp:")
    who = {"recipient_id": name[1:]} if name.startswith("+") else {"recipient_user_id": name}
    errors = {"errors": [{"code": code, "title": "Message failed to send"}]} if code else {}
    told = {"id": own, "status": state, "timestamp": str(int(now)), **who, **errors}
    return told | ({"biz_opaque_callback_data": what.opaque} if what.opaque else {})


def media_id(name: str) -> str:
    """Return the number by which Meta knows a file of this name in hexadecimal digits."""
    return str(int(name, 16))


def media_name(number: str) -> str:
    """Return the name of the file that has this number."""
    return f"{int(number):032x}"
