"""Tasks that cannot work: what they are and why, to be tried again or dropped by an operator."""

import time
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from bot import keys
from bot.keys import PARTITIONS
from bot.line import Line
from bot.lua import Script
from bot.outbox import Fields, fields_of
from bot.store import opened
from bot.tasks import Task, encode
from bot.vault import Unopened, Vault

RETRY: Final = Script("""
if redis.call('XDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('XADD', KEYS[2], '*', 't', ARGV[2])
return 1
""")


class Parked(msgspec.Struct, frozen=True):
    """A parked task: `id` names it here, `action` says what it would do, `since` (unix seconds) when it was parked.

    Whose it is and what it says are not shown.
    """

    id: str
    since: int
    action: str
    attempts: int
    reason: str


class Parking:
    """The parked tasks of all partitions."""

    def __init__(self, line: Line, vault: Vault) -> None:
        self._line = line
        self._vault = vault

    def all(self) -> Iterator[Parked]:
        """Yield what is parked, partition by partition, oldest first; raises redis.RedisError."""
        for partition in (*range(PARTITIONS), keys.UNREAD):
            for id_, fields in self._entries(partition):
                yield _shown(partition, id_.decode(), fields, self._task(partition, fields))

    def retry(self, id_: str) -> bool:
        """Put a task back into the outbox, as if it had never been tried; False where there is none to retry.

        Raises redis.RedisError.
        """
        partition, entry = _parts(id_)
        found = self._entries(partition, entry, entry)
        task = self._task(partition, found[0][1]) if found else None
        if task is None:
            return False
        anew = msgspec.structs.replace(task, attempt=0, born=int(time.time() * 1000))
        names = (keys.parked(partition), keys.outbox(partition))
        return bool(RETRY.call(self._line, names, entry, self._vault.seal(encode(anew), keys.tag(partition))))

    def drop(self, id_: str) -> bool:
        """Let go of a task for good; False where there is none.

        Raises redis.RedisError.
        """
        partition, entry = _parts(id_)
        return bool(self._line.do("XDEL", keys.parked(partition), entry))

    def _entries(self, partition: int, first: str = "-", last: str = "+") -> Sequence[tuple[bytes, Fields]]:
        found = self._line.do("XRANGE", keys.parked(partition), first, last)
        return [(id_, fields_of(flat)) for id_, flat in found]

    def _task(self, partition: int, fields: Fields) -> Task | None:
        try:
            return opened(self._vault, fields.get(b"t", b""), partition)
        except (Unopened, msgspec.DecodeError):
            return None


def _shown(partition: int, entry: str, fields: Fields, task: Task | None) -> Parked:
    kind = "request" if b"body" in fields else "unreadable"
    return Parked(
        f"{partition}.{entry}",
        int(entry.partition("-")[0]) // 1000,
        type(task.action).__name__ if task else kind,
        int(fields.get(b"attempts", b"0")),
        fields.get(b"reason", b"").decode(errors="replace"),
    )


def _parts(id_: str) -> tuple[int, str]:
    """Split an id; one that is none names an entry that is not there."""
    partition, _, entry = id_.partition(".")
    time_, _, count = entry.partition("-")
    if not (partition.isdecimal() and int(partition) <= keys.UNREAD and time_.isdecimal() and count.isdecimal()):
        return 0, "0-1"
    return int(partition), entry
