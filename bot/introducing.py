"""Asking Telegram what the bot is called, for the web process, which asks nobody."""

import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot import keys
from bot.connecting import Client
from bot.errors import Failure

EVERY: Final = 3600.0
"""Seconds between two questions; BotFather can change the name."""

AGAIN: Final = 60.0
"""Seconds until the next question where Telegram did not answer."""

log = structlog.get_logger()


class Introducing:
    """Keeps the bot's user name in Redis; `ask` returns it, `now` tells seconds that only go on."""

    def __init__(
        self, client: Client, ask: Callable[[], Awaitable[str]], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._ask = ask
        self._now = now
        self._next = 0.0

    async def learn(self) -> None:
        """Ask for the name and keep it, where that is due; raises redis.RedisError."""
        now = self._now()
        if now < self._next:
            return
        self._next = now + AGAIN
        try:
            name = await self._ask()
        except Failure as error:
            log.warning("name_unknown", error=type(error).__name__)
            return
        await self._client.execute_command("SET", keys.BOT_NAME, name)
        self._next = now + EVERY
