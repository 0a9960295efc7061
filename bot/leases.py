"""Who works on which partition of the outbox: each belongs to one worker at a time, for as long as it shows life.

So the tasks of a citizen are carried out by one worker, in order, and one that was given up for dead and wakes
again finds that its partitions are another's.
"""

import random
import time
from collections.abc import Callable
from math import ceil
from typing import Final, TypeAlias

from bot import keys
from bot.connecting import Client
from bot.lua import Script

Term: TypeAlias = tuple[int, int]

PRESENT: Final = Script("""
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if ARGV[2] == '0' then redis.call('ZREM', KEYS[1], ARGV[1])
else redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1]) end
return redis.call('ZCARD', KEYS[1])
""")

RENEW: Final = Script("""
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
""")

RELEASE: Final = Script("""
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
""")


class Leases:
    """The partitions of one worker, which is known as `name`; a lease holds for `seconds` after a sign of life.

    `clock` counts seconds and goes on while the process stands still.
    """

    def __init__(
        self, client: Client, name: str, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self.name = name
        self.seconds = seconds
        self._clock = clock
        self._until: dict[int, float] = {}
        self._terms: dict[int, int] = dict.fromkeys(range(keys.PARTITIONS), 0)

    @property
    def mine(self) -> frozenset[Term]:
        """Return the partitions that were ours at the last sign of life, and the how manieth time they are.

        What stands in one that was lost meanwhile must be read anew.
        """
        return frozenset((partition, self._terms[partition]) for partition in self._until)

    def sure(self, partition: int) -> bool:
        """Tell whether a partition is ours for certain, without asking."""
        return self._clock() < self._until.get(partition, 0.0)

    async def renew(self) -> None:
        """Give a sign of life, then give up or take over partitions until every worker has its share.

        Raises redis.RedisError.
        """
        workers = await PRESENT.run(self._client, (keys.WORKERS,), self.name, self._ms)
        for partition in sorted(self._until):
            await self._renew(partition)
        share = ceil(keys.PARTITIONS / max(workers, 1))
        for partition in sorted(self._until)[share:]:
            await self.release(partition)
        others = [each for each in range(keys.PARTITIONS) if each not in self._until]
        random.shuffle(others)
        for partition in others:
            if len(self._until) >= share:
                return
            await self._claim(partition)

    def lost(self, partition: int) -> None:
        """Take note that a partition is another's."""
        self._until.pop(partition, None)

    async def release(self, partition: int) -> None:
        """Leave a partition to others at once."""
        self.lost(partition)
        await RELEASE.run(self._client, (keys.lease(partition),), self.name)

    async def leave(self) -> None:
        """Leave everything to others at once; raises redis.RedisError."""
        for partition in sorted(self._until):
            await self.release(partition)
        await PRESENT.run(self._client, (keys.WORKERS,), self.name, 0)

    async def _renew(self, partition: int) -> None:
        asked = self._clock()
        if await RENEW.run(self._client, (keys.lease(partition),), self.name, self._ms):
            self._until[partition] = asked + self.seconds
        else:
            self.lost(partition)

    async def _claim(self, partition: int) -> None:
        asked = self._clock()
        if await self._client.execute_command("SET", keys.lease(partition), self.name, "NX", "PX", self._ms):
            self._until[partition] = asked + self.seconds
            self._terms[partition] += 1

    @property
    def _ms(self) -> int:
        return int(self.seconds * 1000)
