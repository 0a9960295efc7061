"""A bubble as a message of Meta's Cloud API: text, buttons, a list, or a button that shares the place.

Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages.
"""

from typing import Final

from bot.approvals.listing import Listed
from bot.channels.graph import Object
from bot.channels.keyboard import numbered
from bot.errors import Closed
from conversations.bubble import Bubble, Button, Template
from conversations.channel import WHATSAPP_MENU, Menu
from conversations.templates import taps_of, values_of

MENU: Final = WHATSAPP_MENU.menu or Menu(0, 0, 0)


def message_of(address: str, bubble: Bubble, outbox_id: str, approved: Listed | None = None) -> Object:
    """Return the body of a call that sends a bubble, as the `approved` template where there is one.

    Meta gives `outbox_id` back with what becomes of it. Raises Closed where the template wants another value.
    """
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(address),
        "biz_opaque_callback_data": outbox_id,
        **(_template(bubble.template, approved) if bubble.template and approved else _content(bubble)),
    }


def _recipient(address: str) -> Object:
    """Name the citizen by number, or by the id of one who shows a user name instead."""
    name = address.removeprefix("whatsapp:")
    return {"to": name.removeprefix("+")} if name.startswith("+") else {"recipient": name}


def _content(bubble: Bubble) -> Object:
    labels = [button.label for button in bubble.buttons]
    short = len(bubble.text) <= MENU.body
    if labels and short and MENU.holds(labels):
        if MENU.quick(labels):
            return _interactive("button", bubble.text, {"buttons": list(map(_button, bubble.buttons))})
        if 0 < len(bubble.opener) <= MENU.button:
            rows = [{"id": button.data, "title": button.label} for button in bubble.buttons]
            return _interactive("list", bubble.text, {"button": bubble.opener, "sections": [{"rows": rows}]})
    if bubble.request and bubble.request.kind == "place" and short and not labels:
        return _interactive("location_request_message", bubble.text, {"name": "send_location"})
    return {"type": "text", "text": {"body": numbered(bubble), "preview_url": False}}


def _template(template: Template, approved: Listed) -> Object:
    try:
        values = values_of(template, approved.gaps)
    except KeyError:
        raise Closed("the approved template wants another value") from None
    named = [
        {"type": "text", "parameter_name": name, "text": value}
        for name, value in zip(approved.gaps, values, strict=True)
    ]
    body = [{"type": "body", "parameters": named}] if named else []
    taps = [_tap(number, data) for number, data in enumerate(taps_of(template)[: approved.buttons])]
    about = {"name": approved.name, "language": {"code": approved.language}, "components": [*body, *taps]}
    return {"type": "template", "template": about}


def _tap(number: int, data: str) -> Object:
    parameters = [{"type": "payload", "payload": data}]
    return {"type": "button", "sub_type": "quick_reply", "index": str(number), "parameters": parameters}


def _button(button: Button) -> Object:
    return {"type": "reply", "reply": {"id": button.data, "title": button.label}}


def _interactive(kind: str, text: str, action: Object) -> Object:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": text}, "action": action}}
