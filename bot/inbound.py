"""What a webhook or the worker hands to the dispatcher."""

from datetime import datetime

import msgspec

from conversations.events import Event


class Inbound(msgspec.Struct, frozen=True):
    """One event from one address.

    `message_id` is the channel's own id of the message: the same id gives the same answer again and no second
    effect. `provider` is who brought it (`telegram`, `twilio`, `gateway`) and so who carries the answers; empty
    where no citizen wrote. `rides` is how many messages the webhook's own response carries back. `tap` is the
    id of a button tap that the channel wants acknowledged (Telegram's callback query). `words` says that the
    response carries text alone, so that a message with buttons does not ride. `hint` is the language of the phone,
    empty where that is the usual one or not known.
    """

    address: str
    message_id: str
    event: Event
    received_at: datetime
    provider: str = ""
    rides: int = 0
    tap: str = ""
    words: bool = False
    hint: str = ""
