"""The worker: takes tasks from the outbox, carries them out, and settles what became of them."""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeAlias
from weakref import WeakValueDictionary

import msgspec
import redis
import structlog

from bot.carrying import Carrier
from bot.errors import Busy, Failure
from bot.outbox import Entry, Outbox
from bot.retrying import judge
from bot.tasks import Send, Task

AT_ONCE: Final = 64
TICK: Final = 0.1
BLOCK_MS: Final = 200
ALIVE: Final = 3.0
DEAD_MS: Final = 12_000

Duty: TypeAlias = Callable[[], Coroutine[Any, Any, object]]

log = structlog.get_logger()


class Worker:
    """Shares the outbox with other workers; what one of them held when it died is taken over by the rest.

    `polls` is called every second. `now` returns unix seconds; `dead_ms` is for how long a worker may give no
    sign of life.
    """

    def __init__(
        self,
        outbox: Outbox,
        carrier: Carrier,
        polls: Duty,
        now: Callable[[], float] = time.time,
        dead_ms: int = DEAD_MS,
    ) -> None:
        self._outbox = outbox
        self._carrier = carrier
        self._polls = polls
        self._now = now
        self._dead_ms = dead_ms
        self._free = asyncio.Semaphore(AT_ONCE)
        self._held: dict[tuple[int, bytes], Entry] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._order: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._chance = random.Random()  # noqa: S311 - spreads retries, guards nothing

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; then finish what is in hand."""
        await self._steadily("prepare", self._outbox.prepare, stop)
        async with asyncio.TaskGroup() as duties:
            duties.create_task(self._repeat("read", self._read, 0.0, stop))
            duties.create_task(self._repeat("move_due", self._move_due, TICK, stop))
            duties.create_task(self._repeat("keep", self._keep, ALIVE, stop))
            duties.create_task(self._repeat("poll", self._polls, 1.0, stop))
        while self._tasks:
            await asyncio.wait(self._tasks, timeout=ALIVE)
            await self._outbox.keep(list(self._held.values()))

    async def _repeat(self, name: str, duty: Duty, pause: float, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self._steadily(name, duty, stop)
            await _wait(stop, pause)

    async def _steadily(self, name: str, duty: Duty, stop: asyncio.Event) -> None:
        """Do a duty; while Redis is away, try again every second."""
        while not stop.is_set():
            try:
                await duty()
            except redis.RedisError as error:
                log.warning("redis_away", duty=name, error=type(error).__name__)
                await _wait(stop, 1.0)
            else:
                return

    async def _read(self) -> None:
        try:
            entries = await self._outbox.read(AT_ONCE, BLOCK_MS)
        except redis.ResponseError:  # a Redis that lost its data has no group
            await self._outbox.prepare()
            return
        for entry in entries:
            await self._start(entry)

    async def _move_due(self) -> None:
        await self._outbox.move_due(int(self._now() * 1000))

    async def _keep(self) -> None:
        await self._outbox.keep(list(self._held.values()))
        for entry in await self._outbox.take_over(self._dead_ms):
            await self._start(entry)

    async def _start(self, entry: Entry) -> None:
        place = (entry.partition, entry.id)
        if place in self._held:
            return
        self._held[place] = entry
        await self._free.acquire()
        task = asyncio.create_task(self._work(entry))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, entry: Entry) -> None:
        try:
            if entry.task is None:
                await self._outbox.park(entry, "cannot be read")
            elif isinstance(entry.task.action, Send):
                async with self._order.setdefault(entry.task.address, asyncio.Lock()):
                    await self._carry(entry, entry.task)
            else:
                await self._carry(entry, entry.task)
        except redis.RedisError as error:
            log.warning("redis_away", duty="settle", error=type(error).__name__)
        finally:
            self._free.release()
            del self._held[entry.partition, entry.id]

    async def _carry(self, entry: Entry, task: Task) -> None:
        kind = type(task.action).__name__
        try:
            await self._carrier.carry(task)
        except (Failure, Busy) as error:
            await self._settle(entry, task, error)
        except Exception as error:  # noqa: BLE001 - a poison task must not stop the others
            log.warning("poison", action=kind, task=task.id, error=type(error).__name__)
            await self._outbox.park(entry, f"poison: {type(error).__name__}")
        else:
            await self._outbox.done(entry)
            log.info("done", action=kind, task=task.id, attempt=task.attempt)

    async def _settle(self, entry: Entry, task: Task, error: Failure | Busy) -> None:
        now = int(self._now() * 1000)
        verdict = judge(task, error, now, self._chance)
        log.warning(
            verdict.what,
            action=type(task.action).__name__,
            task=task.id,
            attempt=task.attempt,
            reason=verdict.reason,
        )
        match verdict.what:
            case "again":
                next_try = msgspec.structs.replace(task, attempt=task.attempt + 1)
                await self._outbox.again(entry, next_try, now + int(verdict.pause * 1000))
            case "park":
                await self._outbox.park(entry, verdict.reason)
            case "drop":
                await self._outbox.done(entry)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
