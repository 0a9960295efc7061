"""Telegram, inbound: secret -> update -> dispatcher -> a method call in the response."""

from dataclasses import dataclass
from typing import Final

import msgspec

from bot.channels.keyboard import rows
from bot.config import Settings
from bot.inbound import Inbound
from conversations.bubble import Bubble, Button
from conversations.events import Event, SentMedia, Tapped
from webhooks.route import BROKEN, JSON, NOTHING, Answer, Core, Denied, Request, Route, ignore, same
from webhooks.update import Chat, Message, Tap, Update, event_of

SECRET: Final = "HTTP_X_TELEGRAM_BOT_API_SECRET_TOKEN"  # noqa: S105 - the name of a header

_update = msgspec.json.Decoder(Update)
_encoder = msgspec.json.Encoder()


class Key(msgspec.Struct, frozen=True):
    """A button below the message."""

    text: str
    callback_data: str


class Keyboard(msgspec.Struct, frozen=True):
    """The buttons below the message, in rows."""

    inline_keyboard: list[list[Key]]


class Preview(msgspec.Struct, frozen=True):
    """Whether a link is shown with a picture of its page."""

    is_disabled: bool = True


class SendMessage(msgspec.Struct, frozen=True, omit_defaults=True, tag="sendMessage", tag_field="method"):
    """The Bot API's sendMessage, in plain text."""

    chat_id: int
    text: str
    link_preview_options: Preview
    reply_markup: Keyboard | None = None


@dataclass(frozen=True, slots=True)
class Hook:
    """Takes Telegram's updates, which carry `secret` in a header."""

    secret: str
    core: Core

    def take(self, request: Request) -> Answer:
        """Verify, parse and pass on one update; the answer rides in the response.

        What no update of ours can be made of is acknowledged, for Telegram would send it again for a day.
        Raises Denied (401 for the secret, 400 for what is no JSON) and Busy.
        """
        if not same(request.headers.get(SECRET, ""), self.secret):
            raise Denied(401, "secret")
        update = _parse(request.read())
        return self._answer(update) if update else NOTHING

    def _answer(self, update: Update) -> Answer:
        match update:
            case Update(message=Message(chat=Chat(type="private", id=chat)) as message, update_id=number):
                return self._turn(chat, f"tg:{number}", event_of(message))
            case Update(edited_message=Message(chat=Chat(type="private", id=chat)), update_id=number):
                return self._turn(chat, f"tg:{number}", SentMedia("edited"))
            case Update(message=Message(chat=Chat(type="group" | "supergroup", id=chat), text=str())):
                return self._refuse(chat)
            case Update(callback_query=Tap(message=None, sender=citizen) as tap):
                return self._turn(citizen.id, f"cb:{tap.id}", Tapped(tap.data), tap.id)
            case Update(callback_query=Tap(message=carrier) as tap) if carrier and carrier.chat.type == "private":
                return self._turn(carrier.chat.id, f"cb:{tap.id}", Tapped(tap.data), tap.id)
            case _:
                ignore("telegram", "kind")
                return NOTHING

    def _turn(self, chat: int, message_id: str, event: Event, tap: str = "") -> Answer:
        received = self.core.clock()
        inbound = Inbound(f"telegram:{chat}", message_id, event, received, "telegram", rides=1, tap=tap)
        bubbles = self.core.turn(inbound)
        return _ride(chat, bubbles[0]) if bubbles else NOTHING

    def _refuse(self, chat: int) -> Answer:
        text = self.core.phrase("group_only")
        return _ride(chat, Bubble(text)) if text else NOTHING


def routes(settings: Settings, core: Core) -> tuple[Route, ...]:
    """Return the route of Telegram, none if the channel is off."""
    if settings.telegram is None:
        return ()
    return (Route("telegram", "/webhooks/telegram", Hook(settings.telegram.secret, core).take),)


def _parse(body: bytes) -> Update | None:
    try:
        return _update.decode(body)
    except msgspec.ValidationError:
        ignore("telegram", "unusable")
        return None
    except BROKEN:
        raise Denied(400, "malformed") from None


def _ride(chat: int, bubble: Bubble) -> Answer:
    keyboard = Keyboard([[_key(button) for button in row] for row in rows(bubble.buttons)])
    call = SendMessage(chat, bubble.text, Preview(), keyboard if bubble.buttons else None)
    return Answer(body=_encoder.encode(call), type=JSON)


def _key(button: Button) -> Key:
    return Key(button.label, button.data)
