"""What workers tell of themselves and the outbox."""

import asyncio

import pytest
import redis

from bot import connecting, health, keys
from bot.health import Health
from bot.outbox import Counts
from bot.telling import Telling, told


def test_the_note_has_the_backend_apart_from_the_channels() -> None:
    places = {"cases": "Temporary", "telegram": "ok", "dialog": "ok"}
    note = told(Counts(3, 1, 2500), 100.0, 2, places)
    assert note == Health(100.0, 2, 3, 2.5, 1, "Temporary", {"telegram": "ok"})


@pytest.mark.parametrize("moments", [1, 2], ids=["once", "twice in a moment"])
def test_one_worker_writes_it_for_all_of_them(client: "redis.Redis", redis_url: str, moments: int) -> None:
    async def tell() -> None:
        connected = connecting.asynchronous(redis_url)
        for number in range(moments):
            await Telling(connected, {"cases": f"said by {number}"}).tell()
        await connected.aclose()

    client.zadd(keys.WORKERS, {"a": 2e12, "b": 2e12})
    asyncio.run(tell())
    note = health.decode(client.get(health.KEY))
    assert note is not None
    assert (note.workers, note.waiting, note.backend) == (2, 0, "said by 0")
