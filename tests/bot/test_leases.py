"""Each partition is one worker's: shared fairly, kept by signs of life, taken over after death."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import redis

from bot import connecting, keys
from bot.keys import PARTITIONS
from bot.leases import Leases


def with_leases(url: str, names: str, play: Callable[..., Awaitable[object]], seconds: float = 5.0) -> object:
    async def run() -> object:
        client = connecting.asynchronous(url)
        try:
            return await play(*(Leases(client, name, seconds) for name in names))
        finally:
            await client.aclose()

    return asyncio.run(run())


@pytest.mark.usefixtures("client")
def test_one_worker_alone_has_all_partitions(redis_url: str) -> None:
    async def play(leases: Leases) -> int:
        await leases.renew()
        return sum(leases.sure(partition) for partition in range(PARTITIONS))

    assert with_leases(redis_url, "a", play) == PARTITIONS


@pytest.mark.usefixtures("client")
def test_a_second_worker_gets_its_half_and_none_is_held_twice(redis_url: str) -> None:
    async def play(first: Leases, second: Leases) -> tuple[int, int, int]:
        for each in (first, second, first, second):
            await each.renew()
        mine, others = ({partition for partition, _ in each.mine} for each in (first, second))
        return len(mine), len(others), len(mine & others)

    assert with_leases(redis_url, "ab", play) == (32, 32, 0)


@pytest.mark.usefixtures("client")
def test_a_worker_that_leaves_makes_room_at_once(redis_url: str) -> None:
    async def play(first: Leases, second: Leases) -> int:
        for each in (first, second, first, second):
            await each.renew()
        await first.leave()
        await second.renew()
        return len(second.mine)

    assert with_leases(redis_url, "ab", play) == PARTITIONS


def test_a_partition_that_another_has_by_now_is_lost_and_taken_again_as_a_new_term(
    redis_url: str, client: "redis.Redis"
) -> None:
    async def play(leases: Leases) -> tuple[bool, list[int]]:
        await leases.renew()
        client.set(keys.lease(7), "another")
        await leases.renew()
        lost = 7 not in {partition for partition, _ in leases.mine}
        client.delete(keys.lease(7))
        await leases.renew()
        return lost, [term for partition, term in leases.mine if partition == 7]

    assert with_leases(redis_url, "a", play) == (True, [2])


@pytest.mark.usefixtures("client")
def test_a_lease_is_not_sure_any_more_once_its_time_is_over(redis_url: str) -> None:
    now = [100.0]

    async def run() -> list[bool]:
        client = connecting.asynchronous(redis_url)
        leases = Leases(client, "a", 5.0, clock=lambda: now[0])
        await leases.renew()
        seen = []
        for at in (104.9, 105.0):
            now[0] = at
            seen.append(leases.sure(0))
        await client.aclose()
        return seen

    assert asyncio.run(run()) == [True, False]
