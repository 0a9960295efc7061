"""What stands in the outbox: an effect with the address it is for."""

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.cases.port import CaseEvent
from conversations.bubble import Bubble
from conversations.effects import Attach, Expel, File, Find, Follow, Forget, Offer, Rate, Reply, Unfollow
from conversations.events import Event


class Send(msgspec.Struct, frozen=True, tag=True):
    """Send a message; `push` marks one that answers nothing."""

    bubble: Bubble
    push: bool = False


class Acknowledge(msgspec.Struct, frozen=True, tag=True):
    """Tell the phone that a tap was taken."""

    tap: str


class Wake(msgspec.Struct, frozen=True, tag=True):
    """Tell the dialog, at `due` (unix milliseconds), that a deadline has come; one that was moved is let pass."""

    due: int


class Receive(msgspec.Struct, frozen=True, tag=True):
    """Take an event that could not be taken when it came, at `at` with this `message_id`."""

    message_id: str
    event: Event
    at: datetime


class Notify(msgspec.Struct, frozen=True, tag=True):
    """Find out whose report an event is about and hand it to the dialog."""

    event: CaseEvent


class Reword(msgspec.Struct, frozen=True, tag=True):
    """Say in approved words, once, what the message `outbox_id` said: the channel did not take it as it was."""

    outbox_id: str


Sharing: TypeAlias = Offer | Follow | Find | Unfollow | Expel

Action: TypeAlias = (
    Send | Acknowledge | Wake | Receive | Notify | Reword | File | Attach | Reply | Rate | Forget | Sharing
)


class Task(msgspec.Struct, frozen=True, array_like=True):
    """An action for an address, by way of a provider; `id` is the same in every attempt.

    `born` is when it was first due, in unix milliseconds.
    """

    id: str
    address: str
    provider: str
    action: Action
    born: int
    attempt: int = 0


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Task)

encode = _encoder.encode


def decode(data: bytes) -> Task:
    """Read a task back.

    Raises msgspec.DecodeError.
    """
    return _decoder.decode(data)
