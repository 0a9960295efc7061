"""One task, from its turn to what became of it."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

import redis
import structlog
from msgspec.structs import replace

from bot import metrics
from bot.carrying import Carrier
from bot.errors import Blocked, Busy, Failure, Temporary, Uncertain
from bot.leases import Leases
from bot.outbox import Entry, Lost, Outbox
from bot.pacing import NO_LIMIT, Pacer, Speed, Stopping
from bot.retrying import Chance, judge
from bot.tasks import Acknowledge, Reword, Send, Task
from conversations.effects import Attach, File, Forget, Rate, Reply

AT_ONCE: Final = 32
"""Calls at once to one place: a backend that hangs leaves the phones their own."""
AWAY: Final = 1.0
"""Seconds until Redis is asked again after it did not answer."""

Noted = TypeVar("Noted")

log = structlog.get_logger()


@dataclass(slots=True)
class Errands:
    """Carries out what stands in the outbox; `forgets` drops what is kept of the citizen whom an entry forgets.

    `now` returns unix seconds; `places` says how each place that is called was last: `ok`, or the kind of failure.
    """

    outbox: Outbox
    leases: Leases
    carrier: Carrier
    forgets: Callable[[Entry], Awaitable[None]]
    pacers: Mapping[str, Pacer] = field(default_factory=dict)
    speeds: Mapping[str, Speed] = field(default_factory=dict)
    now: Callable[[], float] = time.time
    places: dict[str, str] = field(default_factory=dict)
    chance: Chance = field(default_factory=random.Random)
    _rooms: dict[str, asyncio.Semaphore] = field(default_factory=dict)

    async def run(self, entry: Entry) -> Entry | None:
        """Carry a task out; return the entry as it is to be tried again, None where it is finished.

        Raises Lost where the partition is another worker's, Stopping where it was not begun before the end.
        """
        task = entry.task
        if task is None:
            metrics.PARKED.labels("unreadable").inc()
            await self._note(lambda: self.outbox.park(entry, "cannot be read"))
            return None
        try:
            return await self._tried(entry, task)
        except redis.RedisError as error:
            return self._away(entry, error)
        except (Lost, Stopping):
            raise
        except Exception as error:  # noqa: BLE001 - a poison task must not stop the others
            await self._parked(entry, task, f"poison: {type(error).__name__}")
            return None

    async def _tried(self, entry: Entry, task: Task) -> Entry | None:
        if entry.state == "sending":
            return await self._judged(entry, task, Uncertain("the worker that was sending it is gone"))
        entry, wait = await self._begun(entry, task)
        if wait:
            return replace(entry, due=self._ms(wait))
        try:
            async with self._room(task):
                await self._carry(entry, task)
        except redis.RedisError as error:
            return self._away(entry, error)
        except (Failure, Busy) as error:
            return await self._judged(entry, task, error)
        await self._note(lambda: self.outbox.done(entry))
        metrics.DONE.labels(type(task.action).__name__).inc()
        log.info("done", **self._about(task))
        return None

    async def _begun(self, entry: Entry, task: Task) -> tuple[Entry, float]:
        """Wait for a turn to send and note that it is about to be; return the seconds that it must wait longer."""
        if not isinstance(task.action, Send):
            if not self.leases.sure(entry.partition):
                raise Lost
            return entry, 0.0
        if pacer := self.pacers.get(task.provider):
            await pacer.turn(push=task.action.push)
        pace = self.speeds.get(task.provider, NO_LIMIT).pace_ms
        begun, wait = await self.outbox.begin(entry, self.carrier.store.name(task.address), pace)
        return begun, wait / 1000

    def _away(self, entry: Entry, error: redis.RedisError) -> Entry:
        log.warning("redis_away", duty="carry", error=type(error).__name__)
        return replace(entry, due=self._ms(AWAY))

    def _room(self, task: Task) -> asyncio.Semaphore:
        return self._rooms.setdefault(place_of(task), asyncio.Semaphore(AT_ONCE))

    async def _carry(self, entry: Entry, task: Task) -> None:
        place = place_of(task)
        try:
            await self.carrier.carry(task)
        except (Temporary, Uncertain) as error:
            self.places[place] = type(error).__name__
            raise
        self.places[place] = "ok"
        if isinstance(task.action, Forget):
            await self.forgets(entry)

    async def _judged(self, entry: Entry, task: Task, error: Failure | Busy) -> Entry | None:
        verdict = judge(task, error, self._ms(0), self.chance)
        log.warning(verdict.what, reason=verdict.reason, **self._about(task))
        match verdict.what:
            case "park":
                await self._parked(entry, task, verdict.reason)
            case "drop":
                if isinstance(error, Blocked):
                    await self.carrier.left(task)
                await self._note(lambda: self.outbox.done(entry))
            case "again":
                return await self._put_off(entry, task, verdict.pause, in_doubt=isinstance(error, Uncertain))
        return None

    async def _put_off(self, entry: Entry, task: Task, pause: float, *, in_doubt: bool) -> Entry:
        metrics.RETRIES.labels(type(task.action).__name__).inc()
        after = replace(
            entry,
            task=replace(task, attempt=task.attempt + 1),
            due=self._ms(pause),
            state="uncertain" if in_doubt else "pending",
        )
        return await self._note(lambda: self.outbox.again(after))

    async def _parked(self, entry: Entry, task: Task, reason: str) -> None:
        metrics.PARKED.labels(type(task.action).__name__).inc()
        await self._note(lambda: self.outbox.park(entry, reason))

    async def _note(self, settle: Callable[[], Awaitable[Noted]]) -> Noted:
        """Note what became of a task, as soon as Redis answers: what was done must not be done again."""
        while True:
            try:
                return await settle()
            except redis.RedisError as error:
                log.warning("redis_away", duty="settle", error=type(error).__name__)
                await asyncio.sleep(AWAY)

    def _about(self, task: Task) -> dict[str, object]:
        """Return what a log may say of a task: a citizen is told from others by the name, no more."""
        name = self.carrier.store.name(task.address)
        return {"action": type(task.action).__name__, "task": task.id, "attempt": task.attempt, "citizen": name}

    def _ms(self, after: float) -> int:
        return int((self.now() + after) * 1000)


def place_of(task: Task) -> str:
    """Return where a task goes: a provider, `cases` for the case backend, or `dialog`."""
    match task.action:
        case Send() | Reword() | Acknowledge() | Attach():
            return task.provider
        case File() | Reply() | Rate():
            return "cases"
        case _:
            return "dialog"
