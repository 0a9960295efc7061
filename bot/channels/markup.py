"""What stands below a message on Telegram (Bot API 10), its reply_markup; light enough for the web process.

Source: https://core.telegram.org/bots/api#replykeyboardmarkup and what follows there.
"""

from typing import Final, TypeAlias

import msgspec

from bot.channels.keyboard import rows
from conversations.bubble import Bubble, Button, Request


class Key(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button below the message, which says `callback_data` to us or leads to `url`."""

    text: str
    callback_data: str = ""
    url: str = ""


class Keyboard(msgspec.Struct, frozen=True):
    """The buttons below the message, in rows."""

    inline_keyboard: list[list[Key]]


class Ask(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button in the place of the phone's keyboard that tells where the phone is, or its number."""

    text: str
    request_location: bool = False
    request_contact: bool = False


class ReplyKeyboard(msgspec.Struct, frozen=True):
    """What stands in the place of the phone's keyboard; it steps aside once it was used."""

    keyboard: list[list[Ask]]
    resize_keyboard: bool = True
    one_time_keyboard: bool = True


class Remove(msgspec.Struct, frozen=True):
    """Give the phone its own keyboard back."""

    remove_keyboard: bool = True


Markup: TypeAlias = Keyboard | ReplyKeyboard | Remove

REMOVE: Final = Remove()


def markup(bubble: Bubble) -> Markup:
    """Return what stands below a message in a private chat.

    A message carries one of these. A question that was answered by typing leaves its keyboard on the screen, so
    what has no buttons takes it away; a phone without one does nothing.
    """
    if bubble.buttons:
        return Keyboard([[_key(button) for button in row] for row in rows(bubble.buttons)])
    return ReplyKeyboard([[_ask(bubble.request)]]) if bubble.request else REMOVE


def leading(label: str, url: str) -> Keyboard:
    """Return one button that leads to a page or a chat."""
    return Keyboard([[Key(label, url=url)]])


def _key(button: Button) -> Key:
    return Key(button.label, button.data)


def _ask(request: Request) -> Ask:
    return Ask(request.label, request.kind == "place", request.kind == "number")
