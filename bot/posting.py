"""Sending one message: in our own words while the channel's window is open, else in approved ones."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

import redis
from msgspec.structs import replace

from bot import metrics
from bot.channels import Sender
from bot.channels.keyboard import numbered
from bot.errors import Closed
from bot.store import Store
from bot.tasks import Task
from conversations.bubble import Bubble, Template
from conversations.events import Event, Withheld
from conversations.templates import WAITING
from conversations.window import is_open

LINKED: Final = frozenset({"gateway"})
"""Providers whose delivery reports may name a message by their id of it alone."""


class Carrier(Protocol):
    """What sending a message asks of the rest of the worker."""

    @property
    def store(self) -> Store:
        """Return where documents, receipts and messages that were sent are kept."""

    @property
    def locale(self) -> str:
        """Return the usual language."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Return what tells the aware time."""

    def sender(self, task: Task) -> Sender:
        """Return the provider of a task; raises Permanent where it is off."""

    async def tell(self, address: str, message_id: str, event: Event) -> None:
        """Hand an event to the dialog, once per message id."""


@dataclass(frozen=True, slots=True)
class Post:
    """Sends the message of one task."""

    carrier: Carrier
    task: Task

    async def send(self, bubble: Bubble, *, closed: bool = False) -> None:
        """Send a message, one that was tried before only if it did not come; `closed` says that the window is.

        Raises Temporary, Permanent, Blocked or Uncertain.
        """
        sender = self.carrier.sender(self.task)
        first, *others = await self._wordings(bubble, closed=closed)
        if not (self.task.attempt and await self._came(sender, first)):
            for worded in (first, *others):
                if await self._sent(sender, bubble, worded):
                    break
        metrics.ANSWERS.labels(self.task.address.partition(":")[0], "outbox").inc()

    async def reword(self, outbox_id: str) -> None:
        """Say in approved words what the channel did not take; where these were refused, it stays owed.

        Raises Temporary, Permanent, Blocked or Uncertain.
        """
        kept = await asyncio.to_thread(self.carrier.store.sent, self.task.address, outbox_id)
        if kept is None:
            return
        if kept.template:
            await Post(self.carrier, replace(self.task, id=f"{outbox_id}/template")).send(kept, closed=True)
        else:
            await self._withhold(kept, outbox_id)
        await asyncio.to_thread(self.carrier.store.drop_sent, self.task.address, outbox_id)

    async def _wordings(self, bubble: Bubble, *, closed: bool) -> list[Bubble]:
        """Return a message in the ways in which it can be said now, the best first."""
        own, plain = bubble.template, replace(bubble, template=None)
        waiting = replace(bubble, template=Template(WAITING, own.language if own else self.carrier.locale))
        if own is None:  # it answers the citizen, or its channel has no window
            return [plain, waiting]
        approved = [bubble, waiting] if own.kind != WAITING else [waiting]
        return approved if closed or not await self._open() else [plain, *approved]

    async def _open(self) -> bool:
        """Tell whether the citizen was heard lately."""
        stored = await asyncio.to_thread(self.carrier.store.load, self.task.address)
        return stored.document is not None and is_open(stored.document.session.heard, self.carrier.clock())

    async def _sent(self, sender: Sender, bubble: Bubble, worded: Bubble) -> bool:
        """Send a message; tell whether its channel takes it so.

        The template that only tells that there is news says so little that the words themselves stay owed.
        """
        if worded.template and worded.template.kind == WAITING:
            await self._withhold(bubble, self.task.id)
        try:
            provider_id = await sender.send(self.task.address, worded, self.task.id)
        except Closed:
            return False
        await self._keep(provider_id, bubble, worded)
        return True

    async def _withhold(self, bubble: Bubble, outbox_id: str) -> None:
        await self.carrier.tell(self.task.address, f"withheld:{outbox_id}", Withheld(numbered(bubble)))

    async def _keep(self, provider_id: str, bubble: Bubble, worded: Bubble) -> None:
        """Note that a message was sent, and keep it where its channel may refuse it later."""
        store, address = self.carrier.store, self.task.address
        with contextlib.suppress(redis.RedisError):  # what is noted in the outbox next says as much
            await asyncio.to_thread(store.keep_receipt, self.task.id, "accepted", provider_id)
            if provider_id and self.task.provider in LINKED:
                await asyncio.to_thread(store.keep_link, self.task.provider, provider_id, self.task.id)
            if bubble.template and not (worded.template and worded.template.kind == WAITING):
                kept = replace(bubble, template=None) if worded.template else bubble
                await asyncio.to_thread(store.keep_sent, address, self.task.id, kept)

    async def _came(self, sender: Sender, worded: Bubble) -> bool:
        """Tell whether a message that was tried was taken: by its delivery reports, or by the provider's list."""
        told = await asyncio.to_thread(self.carrier.store.receipt, self.task.id)
        if told and told != "failed":
            return True
        return await sender.sent(self.task.address, worded, datetime.fromtimestamp(self.task.born / 1000, UTC))
