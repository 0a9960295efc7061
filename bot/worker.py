"""The worker: holds its share of the outbox, takes tasks in as they come, and has them carried out in order."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

import redis
import structlog

from bot.carrying import Carrier
from bot.errands import Errands
from bot.lanes import Lanes
from bot.leases import Leases, Term
from bot.outbox import Entry, Lost, Outbox
from bot.pacing import Pacer, Speed, Stopping
from bot.tasks import Acknowledge, Reword, Send, Wake
from bot.tracing import where
from conversations.effects import Attach, Find, Follow, Forget, Offer

TICK: Final = 0.05
BLOCK_MS: Final = 2000
START: Final = b"0"
ENDING: Final = 30.0
"""For how many seconds a worker that stops waits for what it has in hand."""

Duty: TypeAlias = Callable[[], Coroutine[Any, Any, object]]

log = structlog.get_logger()


class Worker:
    """Shares the outbox with other workers.

    The partitions of one that died are taken over when its leases have run out; what it was sending is in doubt.
    Every second it does its `chores`; `now` returns unix seconds.
    """

    def __init__(  # noqa: PLR0913 - all that a worker works with
        self,
        outbox: Outbox,
        leases: Leases,
        carrier: Carrier,
        *,
        pacers: Mapping[str, Pacer] | None = None,
        speeds: Mapping[str, Speed] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._outbox, self._leases, self._now = outbox, leases, now
        self.chores: tuple[Duty, ...] = ()
        self._pacers = pacers or {}
        self._errands = Errands(outbox, leases, carrier, self._forget, self._pacers, speeds or {}, now)
        self._lanes = Lanes()
        self._readers: dict[Term, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._last = 0

    @property
    def places(self) -> Mapping[str, str]:
        """Return how the providers and the case backend (`cases`) were last: `ok`, or the kind of failure."""
        return self._errands.places

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; then finish what is in hand and leave the rest to others."""
        never = asyncio.Event()
        pacing = [asyncio.create_task(_repeat("pace", each.run, 0.0, never)) for each in self._pacers.values()]
        async with asyncio.TaskGroup() as duties:
            duties.create_task(_repeat("lease", self._share, self._leases.seconds / 4, stop))
            duties.create_task(_repeat("start", self._start_due, TICK, stop))
            for each in self.chores:
                duties.create_task(_repeat("chore", each, 1.0, stop))
        await _ended(self._readers.values())
        await self._finish()
        await _ended(pacing)
        with contextlib.suppress(redis.RedisError):
            await self._leases.leave()

    async def _finish(self) -> None:
        """Wait for what is in hand, and keep the leases meanwhile."""
        for pacer in self._pacers.values():
            pacer.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ENDING):
                while self._tasks:
                    await asyncio.wait(self._tasks, timeout=self._leases.seconds / 4)
                    with contextlib.suppress(redis.RedisError):
                        await self._leases.renew()
        await _ended(self._tasks)

    async def _share(self) -> None:
        """Give a sign of life; read the partitions that are ours by now, and no others."""
        try:
            await self._leases.renew()
        finally:
            mine = self._leases.mine
            for term in self._readers.keys() - mine:
                self._readers.pop(term).cancel()
                self._lanes.drop(self._lanes.held(term[0]))
            for term in mine - self._readers.keys():
                reading = _repeat("read", partial(self._read, term[0]), 0.0, asyncio.Event())
                self._readers[term] = asyncio.create_task(reading)

    async def _read(self, partition: int) -> None:
        """Take in the entries of a partition, those that stand there and those that come, while Redis answers."""
        tried, after = await self._outbox.tried(partition), START
        while True:
            for entry in await self._outbox.read(partition, after, BLOCK_MS, tried):
                after = entry.id
                self._lanes.add(entry)
            self._start()

    async def _start_due(self) -> None:
        now = self._ms()
        if now < self._last - 1000:
            self._lanes.hurry(now)  # the clock was set back
        self._last = now
        self._start()

    def _start(self) -> None:
        for entry in self._lanes.ready(self._ms()):
            task = asyncio.create_task(self._work(entry))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self, entry: Entry) -> None:
        after: Entry | None = None
        try:
            after = await self._errands.run(entry)
        except Stopping:
            log.info("left", partition=entry.partition)
        except Lost:
            self._leases.lost(entry.partition)
            log.warning("lost", partition=entry.partition)
        finally:
            if after is None:
                self._lanes.finish(entry)
            else:
                self._lanes.put_off(after)
        self._start()

    async def _forget(self, entry: Entry) -> None:
        """Drop what waits or is parked for a citizen who had everything erased, but for confirmed reports."""
        task = entry.task
        if task is None or not isinstance(task.action, Forget):
            return
        gone = [each for each in self._lanes.held(entry.partition) if _gone(each, entry, task.action.kept)]
        self._lanes.drop(gone)
        for each in gone:
            await self._outbox.done(each)
        await self._outbox.purge(entry.partition, task.address)

    def _ms(self) -> int:
        return int(self._now() * 1000)


def _gone(entry: Entry, forget: Entry, kept: tuple[str, ...]) -> bool:
    """Tell whether an entry is one that a citizen wants gone: of theirs, older, and no confirmed report."""
    if entry.task is None or forget.task is None or entry.task.address != forget.task.address:
        return False
    match entry.task.action:
        case Send() | Reword() | Acknowledge() | Wake() | Offer() | Follow() | Find():
            return _number(entry) < _number(forget)
        case Attach(key=key):
            return not key.startswith(kept)
        case _:
            return False


def _number(entry: Entry) -> tuple[int, ...]:
    return tuple(int(part) for part in entry.id.split(b"-"))


async def _repeat(name: str, duty: Duty, pause: float, stop: asyncio.Event) -> None:
    """Do a duty again and again until `stop` is set; while Redis is away, every second."""
    while not stop.is_set():
        try:
            await duty()
        except redis.RedisError as error:
            log.warning("redis_away", duty=name, error=type(error).__name__)
            await _wait(stop, 1.0)
        except Exception as error:  # noqa: BLE001 - a fault in one duty must not end the others
            log.error("duty_failed", duty=name, error=type(error).__name__, where=where(error))  # noqa: TRY400
            await _wait(stop, 1.0)
        else:
            await _wait(stop, pause)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def _ended(tasks: Iterable["asyncio.Task[None]"]) -> None:
    """End tasks and wait until they have."""
    ending = list(tasks)
    for each in ending:
        each.cancel()
    await asyncio.gather(*ending, return_exceptions=True)
