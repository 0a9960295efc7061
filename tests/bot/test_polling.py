"""Events that a push lost are fetched, once a minute by all workers together."""

import asyncio

import pytest
import redis

from bot import connecting, keys, tasks
from bot.cases.port import CaseEvent
from bot.errors import Temporary
from bot.polling import Polling
from conversations.events import CaseMoved
from tests.kept import store_at, tasks_of

EVENT = CaseEvent("e1", CaseMoved("status_changed", "R1", "verified", 1))


class Feed:
    """A backend with one event after the beginning."""

    def __init__(self, *, down: bool = False) -> None:
        self.down = down
        self.asked: list[str] = []

    async def events(self, after: str) -> tuple[tuple[CaseEvent, ...], str]:
        self.asked.append(after)
        if self.down:
            raise Temporary("down")
        return ((EVENT,), "1") if after == "" else ((), after)


def poll(feed: Feed, client: "redis.Redis", url: str, *, times: int, minutes: bool) -> None:
    async def run() -> None:
        connection = connecting.asynchronous(url)
        polling = Polling(connection, feed, store_at(url))  # type: ignore[arg-type]
        for _ in range(times):
            await polling.poll()
            if minutes:
                client.delete(keys.POLLING)
        await connection.aclose()

    asyncio.run(run())


@pytest.mark.parametrize(("minutes", "asked"), [(False, [""]), (True, ["", "1", "1"])])
def test_it_asks_once_a_minute_from_where_it_left_off(
    client: "redis.Redis",
    redis_url: str,
    minutes: bool,  # noqa: FBT001
    asked: list[str],
) -> None:
    feed = Feed()
    poll(feed, client, redis_url, times=3, minutes=minutes)
    assert feed.asked == asked
    (task,) = tasks_of(client, store_at(redis_url), "report:R1")
    assert task.action == tasks.Notify(EVENT)


def test_a_backend_that_is_down_is_asked_again_from_the_same_place(client: "redis.Redis", redis_url: str) -> None:
    feed = Feed(down=True)
    poll(feed, client, redis_url, times=2, minutes=True)
    assert feed.asked == ["", ""]
