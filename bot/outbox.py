"""The outbox in Redis: a stream of sealed tasks for each of 64 partitions, read by the worker that has its lease.

A task stays in its stream until it is done or parked; what is known of one that was tried stands beside it. Every
write is refused to a worker whose lease is another's by now.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias, cast

import msgspec
from msgspec.structs import replace

from bot import keys
from bot.connecting import Client
from bot.keys import PARTITIONS
from bot.lua import Part, Script
from bot.store import opened
from bot.tasks import Task
from bot.vault import Unopened, Vault

State: TypeAlias = Literal["pending", "sending", "uncertain"]
Fields: TypeAlias = dict[bytes, bytes]

BATCH: Final = 200
OLDEST: Final = 20
"""So many of a partition's tasks are looked at for how late the work is."""

BEGIN: Final = Script("""
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
if #redis.call('XRANGE', KEYS[4], ARGV[2], ARGV[2]) == 0 then return -1 end
if (redis.call('HGET', KEYS[2], ARGV[2]) or '') ~= ARGV[5] then return -1 end
local wait = redis.call('PTTL', KEYS[3])
if wait > 0 then return wait end
if ARGV[4] ~= '0' then redis.call('SET', KEYS[3], '1', 'PX', ARGV[4]) end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 0
""")

SETTLE: Final = Script("""
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] == 'again' then
  if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('HSET', KEYS[3], ARGV[2], ARGV[4]) end
  return 1
end
if redis.call('XDEL', KEYS[2], ARGV[2]) == 1 and ARGV[3] == 'park' then
  redis.call('XADD', KEYS[4], '*', 'reason', ARGV[4], 'attempts', ARGV[5], 't', ARGV[6])
end
redis.call('HDEL', KEYS[3], ARGV[2])
return 1
""")


class Lost(Exception):
    """The partition is another worker's by now."""


class Entry(msgspec.Struct, frozen=True):
    """A task as it stands in its partition; `task` is None where it cannot be read.

    `due` is when it is to be tried, in unix milliseconds; `state` is `sending` while a message may be on its way,
    and `uncertain` after that could not be found out. `known` is what Redis has of both, empty for a new one.
    """

    partition: int
    id: bytes
    task: Task | None
    raw: bytes = b""
    due: int = 0
    state: State = "pending"
    known: bytes = b""

    @property
    def attempts(self) -> int:
        """Return how often it was tried."""
        return self.task.attempt if self.task else 0

    @property
    def place(self) -> tuple[int, bytes]:
        """Return what tells this entry from all others."""
        return self.partition, self.id


class Outbox:
    """One worker's view of the outbox; `worker` is the name on its leases."""

    def __init__(self, client: Client, worker: str, vault: Vault | None = None) -> None:
        self._client = client
        self._worker = worker
        self._vault = vault or Vault()

    async def tried(self, partition: int) -> dict[bytes, bytes]:
        """Return what is known of the tasks of a partition that were tried, for `read`."""
        found = await self._client.execute_command("HGETALL", keys.tries(partition))
        return fields_of(found)

    async def read(self, partition: int, after: bytes, block_ms: int, tried: Mapping[bytes, bytes]) -> list[Entry]:
        """Wait at most `block_ms` for entries after one, and return them with what is known of them."""
        stream = keys.outbox(partition)
        found = await self._client.execute_command(
            "XREAD", "COUNT", BATCH, "BLOCK", block_ms, "STREAMS", stream, after
        )
        items = (item for _, items in found or () for item in items)
        return [self._entry(partition, id_, fields_of(flat), tried.get(id_)) for id_, flat in items]

    async def begin(self, entry: Entry, chat: str, pace_ms: int) -> tuple[Entry, int]:
        """Note that a message is about to be sent, unless `chat` got one less than `pace_ms` ago.

        Returns the entry as it stands then and the milliseconds to wait, 0 where it was noted. Raises Lost, also
        where another worker has carried it out or tried it since it was read here.
        """
        partition = entry.partition
        names = (keys.lease(partition), keys.tries(partition), keys.pace(partition, chat), keys.outbox(partition))
        known = _written(entry, "sending")
        wait = await BEGIN.run(self._client, names, self._worker, entry.id, known, pace_ms, entry.known)
        if wait < 0:
            raise Lost
        return (entry, int(wait)) if wait else (replace(entry, known=known), 0)

    async def done(self, entry: Entry) -> None:
        """Take a finished task out; raises Lost."""
        await self._settle(entry, "done")

    async def again(self, entry: Entry) -> Entry:
        """Keep for when and in what state a task is to be tried again, and return it; raises Lost."""
        known = _written(entry, entry.state)
        await self._settle(entry, "again", known)
        return replace(entry, known=known)

    async def park(self, entry: Entry, reason: str) -> None:
        """Keep a task that cannot work, with the reason; raises Lost."""
        await self._settle(entry, "park", reason, entry.attempts, entry.raw)

    async def _settle(self, entry: Entry, how: str, *arguments: Part) -> None:
        partition = entry.partition
        names = (keys.lease(partition), keys.outbox(partition), keys.tries(partition), keys.parked(partition))
        if not await SETTLE.run(self._client, names, self._worker, entry.id, how, *arguments):
            raise Lost

    async def purge(self, partition: int, address: str) -> None:
        """Drop what is parked for an address."""
        key = keys.parked(partition)
        for id_, flat in await self._client.execute_command("XRANGE", key, "-", "+"):
            task = self._read(fields_of(flat).get(b"t", b""), partition)
            if task is not None and task.address == address:
                await self._client.execute_command("XDEL", key, id_)

    def _entry(self, partition: int, id_: bytes, fields: dict[bytes, bytes], known: bytes | None) -> Entry:
        raw = fields.get(b"t", b"")
        task = self._read(raw, partition)
        if task is None:
            return Entry(partition, id_, None, raw)
        if known is None:
            return Entry(partition, id_, task, raw, task.born)
        attempt, due, state = known.decode().split()
        task = replace(task, attempt=int(attempt))
        return Entry(partition, id_, task, raw, int(due), cast("State", state), known)

    def _read(self, raw: bytes, partition: int) -> Task | None:
        try:
            return opened(self._vault, raw, partition)
        except (Unopened, msgspec.DecodeError):
            return None


def fields_of(flat: Sequence[bytes]) -> Fields:
    """Return the fields of an entry or a hash, which RESP2 has one after the other."""
    return dict(zip(flat[::2], flat[1::2], strict=True))


class Counts(msgspec.Struct, frozen=True):
    """How many tasks wait and are parked, and by how many milliseconds the most overdue one is late."""

    waiting: int = 0
    parked: int = 0
    overdue_ms: int = 0


async def counts(client: Client, now_ms: int) -> Counts:
    """Count what stands in all partitions; raises redis.RedisError."""
    unread = await client.execute_command("XLEN", keys.parked(keys.UNREAD))
    total = Counts(parked=unread)
    for partition in range(PARTITIONS):
        waiting = await client.execute_command("XLEN", keys.outbox(partition))
        parked = await client.execute_command("XLEN", keys.parked(partition))
        overdue = now_ms - await first_due(client, partition, now_ms) if waiting else 0
        total = Counts(total.waiting + waiting, total.parked + parked, max(total.overdue_ms, overdue))
    return total


async def first_due(client: Client, partition: int, now_ms: int) -> int:
    """Return when the first of a partition's oldest tasks was due, `now_ms` if none of them is."""
    oldest = await client.execute_command("XRANGE", keys.outbox(partition), "-", "+", "COUNT", OLDEST)
    tried = fields_of(await client.execute_command("HGETALL", keys.tries(partition)))
    due = (int(tried[id_].split()[1]) if id_ in tried else int(id_.partition(b"-")[0]) for id_, _ in oldest)
    return min((now_ms, *due))


def _written(entry: Entry, state: State) -> bytes:
    return f"{entry.attempts} {entry.due} {state}".encode()
