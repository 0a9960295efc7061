"""How fast providers may be sent to: all workers together, and answers before news."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Final

import msgspec

from bot import keys
from bot.connecting import Client
from bot.lua import Script

TAKE: Final = Script("""
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local busy = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
if busy - now > ARGV[3] + ARGV[1] then busy = now end
local wait = busy - now - tonumber(ARGV[2])
if wait > 0 then return math.ceil(wait) end
redis.call('SET', KEYS[1], string.format('%.3f', busy + tonumber(ARGV[1])), 'PX', 60000)
return 0
""")


class Speed(msgspec.Struct, frozen=True):
    """What a provider takes: messages a second in all, and milliseconds between two to one chat; 0 is no limit."""

    a_second: int = 0
    pace_ms: int = 0


NO_LIMIT: Final = Speed()
BURST_MS: Final = 500
"""Answers may come this much at once."""
RESERVE_MS: Final = 250
"""News leaves so much of it to answers: where many wait, an answer finds room at once."""


class Stopping(Exception):
    """The worker stops before this was begun."""


class Pacer:
    """Hands out turns to send by a provider, answers first; `take` asks for one and says how long to wait (s)."""

    def __init__(self, take: Callable[[bool], Awaitable[float]]) -> None:
        self._take = take
        self._queue: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._number = count()
        self._some = asyncio.Event()

    async def turn(self, *, push: bool) -> None:
        """Wait for a turn; raises Stopping where the worker stops meanwhile."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (push, next(self._number), mine))
        self._some.set()
        await mine

    async def run(self) -> None:
        """Hand out turns for ever; raises what `take` raises."""
        while True:
            await self._some.wait()
            if not self._queue:
                self._some.clear()
                continue
            wait = await self._take(self._queue[0][0])
            if wait > 0:
                await asyncio.sleep(wait)  # meanwhile an answer may have come to the head
            else:
                self._give()

    def close(self) -> None:
        """Turn away whoever waits: the worker stops."""
        for _, _, each in self._queue:
            if not each.done():
                each.set_exception(Stopping())
        self._queue.clear()

    def _give(self) -> None:
        _, _, first = heapq.heappop(self._queue)
        if not first.done():
            first.set_result(None)


def taking(client: Client, provider: str, speed: Speed) -> Callable[[bool], Awaitable[float]]:
    """Return what asks Redis for a turn, the same for all workers."""

    async def take(push: bool) -> float:  # noqa: FBT001 - what is asked for
        if not speed.a_second:
            return 0.0
        burst = BURST_MS - RESERVE_MS if push else BURST_MS
        wait: int = await TAKE.run(client, (keys.rate(provider),), str(1000 / speed.a_second), burst, BURST_MS)
        return wait / 1000

    return take
