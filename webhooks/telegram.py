"""Telegram, inbound: secret -> update -> dispatcher -> a method call in the response."""

import json
from dataclasses import dataclass, field
from typing import Final

import msgspec

from bot.botapi.links import link
from bot.channels.markup import Markup, leading, markup
from bot.config import Settings
from bot.inbound import Inbound
from conversations.events import Event, Left, SentMedia, Tapped
from webhooks.route import BROKEN, JSON, NOTHING, Answer, Core, Denied, Request, Route, ignore, one_of, several
from webhooks.update import Chat, Member, Membership, Message, Point, Tap, Update, event_of

SECRET: Final = "HTTP_X_TELEGRAM_BOT_API_SECRET_TOKEN"  # noqa: S105 - the name of a header

DAY: Final = 86400  # seconds

_update = msgspec.json.Decoder(Update)
_encoder = msgspec.json.Encoder()


class Preview(msgspec.Struct, frozen=True):
    """Whether a link is shown with a picture of its page."""

    is_disabled: bool


PLAIN: Final = Preview(is_disabled=True)


class SendMessage(msgspec.Struct, frozen=True, omit_defaults=True, tag="sendMessage", tag_field="method"):
    """The Bot API's sendMessage, in plain text."""

    chat_id: int
    text: str
    link_preview_options: Preview
    reply_markup: Markup | None = None


@dataclass(frozen=True, slots=True)
class Hook:
    """Takes Telegram's updates, which carry one of `secrets` in a header where they are brought.

    `rides` is how many messages can answer an update at once; where none can, answers go to the outbox. `locale` is
    the usual language.
    """

    secrets: tuple[str, ...] = field(repr=False)
    core: Core
    rides: int = 1
    locale: str = ""

    def take(self, request: Request) -> Answer:
        """Verify, parse and pass on one update; the answer rides in the response.

        Raises Denied (401 for the secret, 400 for what is no JSON) and Busy.
        """
        if not one_of(request.headers.get(SECRET, ""), self.secrets):
            raise Denied(401, "secret")
        call = self.taken(request.read())
        return Answer(body=_encoder.encode(call), type=JSON) if call else NOTHING

    def taken(self, body: bytes) -> SendMessage | None:
        """Parse and pass on one update; return what is to be said at once.

        What no update of ours can be made of is acknowledged, for Telegram would send it again for a day.
        Raises Denied (400 for what is no JSON) and Busy.
        """
        update = self._parse(body)
        return self._answer(update) if update else None

    def _answer(self, update: Update) -> SendMessage | None:
        match update:
            case Update(message=Message(service=True)) | Update(edited_message=Message(location=Point())):
                ignore("telegram", "service")  # also a live location that moves
                return None
            case Update(message=Message(chat=Chat(type="private", id=chat)) as message, update_id=number):
                spoken = message.sender.language_code[:2] if message.sender else ""
                return self._turn(chat, f"tg:{number}", event_of(message), hint=spoken)
            case Update(edited_message=Message(chat=Chat(type="private", id=chat)), update_id=number):
                return self._turn(chat, f"tg:{number}", SentMedia("edited"))
            case Update(callback_query=Tap(message=None, sender=citizen) as tap):
                return self._turn(citizen.id, f"cb:{tap.id}", Tapped(tap.data), tap.id)
            case Update(callback_query=Tap(message=carrier) as tap) if carrier and carrier.chat.type == "private":
                return self._turn(carrier.chat.id, f"cb:{tap.id}", Tapped(tap.data), tap.id)
            case Update(my_chat_member=Membership(Chat(id, "private"), Member("kicked")), update_id=number):
                self.core.receive(Inbound(f"telegram:{id}", f"tg:{number}", Left(), self.core.clock()))
                return None
            case _:
                return self._elsewhere(update)

    def _elsewhere(self, update: Update) -> SendMessage | None:
        """Take what is no private chat's: a group that takes the bot in, or writes, is sent to the private chat."""
        match update:
            case Update(message=Message(chat=Chat(type="group" | "supergroup", id=chat), text=str())):
                return self._refuse(chat)
            case Update(
                my_chat_member=Membership(Chat(chat, "group" | "supergroup"), Member("member" | "administrator"))
            ):
                return self._refuse(chat)
            case _:
                ignore("telegram", "kind")
                return None

    def _turn(self, chat: int, message_id: str, event: Event, tap: str = "", hint: str = "") -> SendMessage | None:
        inbound = Inbound(
            f"telegram:{chat}", message_id, event, self.core.clock(), "telegram", rides=self.rides, tap=tap,
            hint=hint if hint != self.locale else "",
        )  # fmt: skip
        bubbles = self.core.turn(inbound)
        return SendMessage(chat, bubbles[0].text, PLAIN, markup(bubbles[0])) if bubbles else None

    def _refuse(self, chat: int) -> SendMessage | None:
        """Send a group to the private chat, once a day."""
        text = self.core.phrase("group_only")
        if not text or not self.core.once(f"telegram:{chat}", DAY):
            return None
        name = self.core.bot_name()
        way = leading(self.core.phrase("private_chat"), link(name, "lapor")) if name else None
        return SendMessage(chat, text, PLAIN, way)

    def _parse(self, body: bytes) -> Update | None:
        try:
            return _update.decode(body)
        except BROKEN as error:
            self.core.unusable("telegram", "unusable", body)
            if not (isinstance(error, msgspec.ValidationError) or _is_json(body)):
                raise Denied(400, "malformed") from None
        ignore("telegram", "unusable")
        return None


def routes(settings: Settings, core: Core) -> tuple[Route, ...]:
    """Return the route of Telegram, none if the channel is off."""
    if settings.telegram is None:
        return ()
    return (
        Route(
            "telegram",
            "/webhooks/telegram",
            Hook(several(settings.telegram.secret), core, locale=settings.default_locale).take,
        ),
    )


def _is_json(body: bytes) -> bool:
    # The standard library reads half a pair of surrogates, which msgspec calls truncated.
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True
