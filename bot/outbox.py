"""The outbox in Redis Streams: 64 partitions, one consumer group, tasks for now and for later.

A task leaves the outbox only when it is done, set for later or parked; what a dead worker held is taken over.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
import redis.asyncio
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot import keys
from bot.keys import PARTITIONS
from bot.tasks import Task, Wake, decode, encode

GROUP: Final = "workers"
BATCH: Final = 50

SETTLE: Final = """
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
if redis.call('XDEL', KEYS[1], ARGV[2]) == 0 then return 0 end
if ARGV[3] == 'later' then redis.call('ZADD', KEYS[2], ARGV[4], ARGV[5])
elseif ARGV[3] == 'park' then redis.call('XADD', KEYS[2], '*', 'reason', ARGV[4], 't', ARGV[5]) end
return 1
"""

DUE: Final = """
local moved = 0
for _, task in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])) do
  redis.call('ZREM', KEYS[2], task)
  redis.call('XADD', KEYS[1], '*', 't', task)
  moved = moved + 1
end
local due = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[2])
for i = 1, #due, 2 do
  redis.call('ZREM', KEYS[3], due[i])
  redis.call('XADD', KEYS[1], '*', 'wake', due[i], 'due', due[i + 1])
  moved = moved + 1
end
return moved
"""


class Entry(msgspec.Struct, frozen=True):
    """A task as it stands in its partition's stream; `task` is None where it cannot be read."""

    partition: int
    id: bytes
    task: Task | None
    raw: bytes = b""


class Outbox:
    """One worker's view of the outbox; `consumer` is its name in the group."""

    def __init__(self, client: "redis.asyncio.Redis", consumer: str) -> None:
        self._redis = client
        self._consumer = consumer
        self._settle = client.register_script(SETTLE)
        self._due = client.register_script(DUE)

    async def prepare(self) -> None:
        """Make the consumer group where it is missing."""
        for partition in range(PARTITIONS):
            try:
                await self._redis.xgroup_create(keys.outbox(partition), GROUP, id="0", mkstream=True)
            except redis.ResponseError as error:
                if "BUSYGROUP" not in str(error):
                    raise

    async def read(self, count: int, block_ms: int) -> list[Entry]:
        """Wait for new tasks, at most `block_ms`, and take up to `count` of each partition."""
        streams: dict[Any, Any] = {keys.outbox(partition): ">" for partition in range(PARTITIONS)}
        found: Any = await self._redis.xreadgroup(GROUP, self._consumer, streams, count=count, block=block_ms)
        return [entry for stream, items in found or () for entry in _entries(_partition(stream), items)]

    async def take_over(self, idle_ms: int) -> list[Entry]:
        """Take what another worker has held for `idle_ms` without a sign of life."""
        pipeline = self._redis.pipeline(transaction=False)
        for partition in range(PARTITIONS):
            pipeline.xautoclaim(keys.outbox(partition), GROUP, self._consumer, idle_ms, count=BATCH)
        replies: list[Any] = await pipeline.execute()
        return [entry for partition, reply in enumerate(replies) for entry in _entries(partition, reply[1])]

    async def keep(self, entries: Iterable[Entry]) -> None:
        """Give a sign of life for what is being worked on."""
        pipeline = self._redis.pipeline(transaction=False)
        for entry in entries:
            pipeline.xclaim(keys.outbox(entry.partition), GROUP, self._consumer, 0, [entry.id], justid=True)
        await pipeline.execute()

    async def done(self, entry: Entry) -> None:
        """Take a finished task out."""
        await self._finish(entry, keys.later(entry.partition), "done")

    async def again(self, entry: Entry, task: Task, due: int) -> None:
        """Set a task for later, at `due` (unix milliseconds)."""
        await self._finish(entry, keys.later(entry.partition), "later", due, encode(task))

    async def park(self, entry: Entry, reason: str) -> None:
        """Keep a task that cannot work, with the reason."""
        raw = encode(entry.task) if entry.task else entry.raw
        await self._finish(entry, keys.parked(entry.partition), "park", reason, raw)

    async def _finish(self, entry: Entry, key: str, how: str, *arguments: object) -> None:
        stream = keys.outbox(entry.partition)
        await self._settle(keys=[stream, key], args=[GROUP, entry.id, how, *arguments])  # type: ignore[list-item]

    async def move_due(self, now_ms: int) -> int:
        """Put what is due by now into the streams and return how many tasks that were."""
        pipeline = self._redis.pipeline(transaction=False)
        for partition in range(PARTITIONS):
            names = [keys.outbox(partition), keys.later(partition), keys.deadlines(partition)]
            await self._due(keys=names, args=[now_ms, BATCH], client=pipeline)
        return sum(await pipeline.execute())

    async def counts(self) -> dict[str, int]:
        """Return how many tasks wait, wait for later, and are parked."""
        pipeline = self._redis.pipeline(transaction=False)
        for partition in range(PARTITIONS):
            pipeline.xlen(keys.outbox(partition))
            pipeline.zcard(keys.later(partition))
            pipeline.xlen(keys.parked(partition))
        found: Sequence[int] = await pipeline.execute()
        return {"waiting": sum(found[0::3]), "later": sum(found[1::3]), "parked": sum(found[2::3])}


def connect(url: str) -> "redis.asyncio.Redis":
    """Return an asynchronous client that never repeats a write on its own.

    Its time-out is longer than the longest blocking read.
    """
    pool = redis.asyncio.BlockingConnectionPool.from_url(
        url,
        max_connections=32,
        timeout=5,
        socket_timeout=5,
        socket_connect_timeout=1,
        retry=Retry(NoBackoff(), 0),
        protocol=2,
    )
    return redis.asyncio.Redis(connection_pool=pool)


def _partition(stream: bytes) -> int:
    return int(stream[2:4])


def _entries(partition: int, items: Iterable[tuple[bytes, dict[bytes, bytes]]]) -> Iterable[Entry]:
    for id_, fields in items:
        if fields:  # XAUTOCLAIM of Redis 6.2 also lists entries that are deleted
            yield _entry(partition, id_, fields)


def _entry(partition: int, id_: bytes, fields: dict[bytes, bytes]) -> Entry:
    if b"wake" in fields:
        address, due = fields[b"wake"].decode(), int(float(fields[b"due"]))
        return Entry(partition, id_, Task(f"due:{due}", address, "", Wake(due), due))
    raw = fields.get(b"t", b"")
    try:
        return Entry(partition, id_, decode(raw))
    except msgspec.DecodeError:
        return Entry(partition, id_, None, raw)
