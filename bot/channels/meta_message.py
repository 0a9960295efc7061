"""A bubble as a message of Meta's Cloud API: text, buttons, or a button that shares the place.

Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages.
"""

from typing import Final

from bot.channels.graph import Object
from bot.channels.keyboard import numbered
from conversations.bubble import Bubble
from conversations.channel import WHATSAPP_MENU, Menu

MENU: Final = WHATSAPP_MENU.menu or Menu(0, 0, 0)


def message_of(address: str, bubble: Bubble, outbox_id: str) -> Object:
    """Return the body of a call that sends a bubble; Meta gives `outbox_id` back with what becomes of it."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(address),
        "biz_opaque_callback_data": outbox_id,
        **_content(bubble),
    }


def _recipient(address: str) -> Object:
    """Name the citizen by number, or by the id of one who shows a user name instead."""
    name = address.removeprefix("whatsapp:")
    return {"to": name.removeprefix("+")} if name.startswith("+") else {"recipient": name}


def _content(bubble: Bubble) -> Object:
    labels = [button.label for button in bubble.buttons]
    short = len(bubble.text) <= MENU.body
    if labels and short and len(labels) <= MENU.buttons and MENU.holds(labels):
        return _interactive(
            "button", bubble.text, {"buttons": [_button(bubble, each) for each in range(len(labels))]}
        )
    if bubble.request and bubble.request.kind == "place" and short and not labels:
        return _interactive("location_request_message", bubble.text, {"name": "send_location"})
    return {"type": "text", "text": {"body": numbered(bubble), "preview_url": False}}


def _button(bubble: Bubble, number: int) -> Object:
    button = bubble.buttons[number]
    return {"type": "reply", "reply": {"id": button.data, "title": button.label}}


def _interactive(kind: str, text: str, action: Object) -> Object:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": text}, "action": action}}
