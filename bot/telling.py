"""What the workers tell of themselves and the outbox, every few seconds, for /readyz, /metrics and the doctor."""

import time
from collections.abc import Mapping
from typing import Final

from bot import health, keys
from bot.connecting import Client
from bot.health import Health
from bot.outbox import Counts, counts

EVERY_MS: Final = 5000


class Telling:
    """Writes the note that `bot.health` describes, one worker for all of them.

    `places` says how the providers and the case backend (`cases`) were last.
    """

    def __init__(self, client: Client, places: Mapping[str, str]) -> None:
        self._client = client
        self._places = places

    async def tell(self) -> None:
        """Write the note, unless a worker did so a moment ago; raises redis.RedisError."""
        if not await self._client.execute_command("SET", keys.TELLING, "1", "NX", "PX", EVERY_MS):
            return
        workers = int(await self._client.execute_command("ZCARD", keys.WORKERS))
        now = time.time()
        note = told(await counts(self._client, int(now * 1000)), now, workers, self._places)
        await self._client.execute_command("SET", health.KEY, health.encode(note), "EX", health.SECONDS)


def told(found: Counts, now: float, workers: int, places: Mapping[str, str]) -> Health:
    """Return the note for `now` (unix seconds)."""
    channels = {place: how for place, how in places.items() if place not in {"cases", "dialog"}}
    late = found.overdue_ms / 1000
    return Health(now, workers, found.waiting, late, found.parked, places.get("cases", "unknown"), channels)
