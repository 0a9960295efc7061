"""Asking the case backend for events, in case some that it pushed did not arrive."""

import asyncio
import time
from typing import Final

import structlog

from bot import keys
from bot.cases.port import Cases
from bot.connecting import Client
from bot.dispatcher import notification
from bot.errors import Failure
from bot.store import Store

EVERY: Final = 60
"""Seconds between two polls, by all workers together."""

log = structlog.get_logger()


class Polling:
    """Polls the events after a cursor that all workers share; an event seen before changes nothing."""

    def __init__(self, client: Client, cases: Cases, store: Store) -> None:
        self._client = client
        self._cases = cases
        self._store = store

    async def poll(self) -> None:
        """Fetch what is new, unless a worker did so within the last minute.

        Raises redis.RedisError.
        """
        if not await self._client.execute_command("SET", keys.POLLING, "1", "NX", "EX", EVERY):
            return
        cursor = await self._client.execute_command("GET", keys.CURSOR)
        after = cursor.decode() if isinstance(cursor, bytes) else ""
        try:
            events, following = await self._cases.events(after)
        except Failure as error:
            log.warning("poll_failed", error=type(error).__name__)
            return
        for event in events:
            await asyncio.to_thread(self._store.append, notification(event, int(time.time() * 1000)))
        if following != after:
            await self._client.execute_command("SET", keys.CURSOR, following)
