"""How fast providers are sent to: by all workers together, and answers before news."""

import asyncio

import pytest

from bot import connecting
from bot.pacing import Pacer, Speed, Stopping, taking


@pytest.mark.usefixtures("client")
def test_all_workers_together_keep_the_speed_of_a_provider(redis_url: str) -> None:
    async def run() -> list[int]:
        clients = [connecting.asynchronous(redis_url) for _ in range(2)]
        takes = [taking(client, "telegram", Speed(a_second=2)) for client in clients]
        waits = [await takes[number % 2](False) for number in range(3)]
        for client in clients:
            await client.aclose()
        return [round(wait, 1) > 0 for wait in waits]

    assert asyncio.run(run()) == [False, False, True]


@pytest.mark.usefixtures("client")
def test_news_leaves_room_for_an_answer(redis_url: str) -> None:
    async def run() -> tuple[bool, bool]:
        client = connecting.asynchronous(redis_url)
        take = taking(client, "telegram", Speed(a_second=30))
        while not await take(True):
            pass
        answer, news = await take(False), await take(True)
        await client.aclose()
        return answer > 0, news > 0

    assert asyncio.run(run()) == (False, True)


def test_an_answer_that_comes_later_goes_before_news_that_waits() -> None:
    async def run() -> list[str]:
        order: list[str] = []
        free = asyncio.Event()

        async def take(_push: bool) -> float:  # noqa: FBT001
            await free.wait()
            return 0.0

        pacer = Pacer(take)

        async def send(name: str, *, push: bool) -> None:
            await pacer.turn(push=push)
            order.append(name)

        running = asyncio.create_task(pacer.run())
        waiting = [asyncio.create_task(send(f"news {number}", push=True)) for number in (1, 2)]
        await asyncio.sleep(0)
        waiting.append(asyncio.create_task(send("answer", push=False)))
        await asyncio.sleep(0)
        free.set()
        await asyncio.gather(*waiting)
        running.cancel()
        return order

    assert asyncio.run(run()) == ["answer", "news 1", "news 2"]


def test_who_waits_while_the_worker_stops_is_turned_away() -> None:
    async def run() -> str:
        async def take(_push: bool) -> float:  # noqa: FBT001
            return 60.0

        pacer = Pacer(take)
        waiting = asyncio.create_task(pacer.turn(push=False))
        await asyncio.sleep(0)
        pacer.close()
        try:
            await waiting
        except Stopping:
            return "turned away"
        return "sent"

    assert asyncio.run(run()) == "turned away"
