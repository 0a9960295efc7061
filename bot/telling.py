"""What the workers tell of themselves and the outbox, every few seconds, for /readyz, /metrics and the doctor."""

import time
from collections.abc import Callable
from typing import Final

from bot import health, keys
from bot.connecting import Client
from bot.health import Health
from bot.outbox import Counts, counts

EVERY_MS: Final = 5000


class Telling:
    """Writes the note that `bot.health` describes, one worker for all of them; `backend` says how that was last."""

    def __init__(self, client: Client, backend: Callable[[], str]) -> None:
        self._client = client
        self._backend = backend

    async def tell(self) -> None:
        """Write the note, unless a worker did so a moment ago; raises redis.RedisError."""
        if not await self._client.execute_command("SET", keys.TELLING, "1", "NX", "PX", EVERY_MS):
            return
        workers = int(await self._client.execute_command("ZCARD", keys.WORKERS))
        now = time.time()
        note = told(await counts(self._client, int(now * 1000)), now, workers, self._backend())
        await self._client.execute_command("SET", health.KEY, health.encode(note), "EX", health.SECONDS)


def told(found: Counts, now: float, workers: int, backend: str) -> Health:
    """Return the note for `now` (unix seconds)."""
    return Health(now, workers, found.waiting, found.overdue_ms / 1000, found.parked, backend)
