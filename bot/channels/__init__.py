"""Channels, outbound: a Bubble becomes a call to the provider."""

from datetime import datetime
from typing import Protocol

import msgspec

from conversations.bubble import Bubble


class Content(msgspec.Struct, frozen=True):
    """A file fetched from a channel; `type` is what the channel says it is."""

    data: bytes
    type: str


class Sender(Protocol):
    """A provider that carries messages to citizens."""

    async def send(self, address: str, bubble: Bubble, outbox_id: str) -> str:
        """Send and return the provider's id of the message, empty where it tells none.

        `outbox_id` names this message in the outbox, the same in every attempt.
        A message with a `template` is sent as that approved text, any other in its own words. Raises Temporary,
        Permanent, Blocked, Uncertain, or Closed where the channel takes no such message now.
        """

    async def sent(self, address: str, bubble: Bubble, since: datetime) -> bool:
        """Tell whether this message was taken after `since` (aware); False where the provider cannot tell.

        Raises Temporary or Permanent.
        """

    async def fetch(self, ref: str) -> Content:
        """Fetch a file that a citizen sent; `ref` is the event's.

        Raises Temporary or Permanent.
        """

    async def acknowledge(self, tap: str) -> None:
        """Tell the phone that a tap was taken; nothing where the provider knows no such thing."""

    async def close(self) -> None:
        """Let go of connections."""
