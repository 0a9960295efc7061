"""Citizens' documents in Redis: load is one command, commit is one script."""

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot import keys
from bot.document import Document, pack, unpack
from bot.line import Line
from bot.tasks import Task, encode

VERSION_BYTES: Final = 8
NO_VERSION: Final = b""
OWNER_SECONDS: Final = 400 * 86400
RECEIPT_SECONDS: Final = 2 * 86400

COMMIT: Final = """
if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
if ARGV[4] == '0' then redis.call('ZREM', KEYS[3], ARGV[5])
elseif ARGV[4] ~= '' then redis.call('ZADD', KEYS[3], ARGV[4], ARGV[5]) end
for i = 6, #ARGV do redis.call('XADD', KEYS[2], '*', 't', ARGV[i]) end
return 1
"""
COMMIT_SHA: Final = hashlib.sha1(COMMIT.encode(), usedforsecurity=False).hexdigest()


class Stored(msgspec.Struct, frozen=True):
    """A document as it was found, with the version that a commit must find again; None where there is none."""

    document: Document | None
    version: bytes = NO_VERSION


class Commit(msgspec.Struct, frozen=True):
    """What a turn made: the document, how long it is kept (seconds), its tasks and its deadline.

    `due` is in unix milliseconds; 0 takes the deadline away, None leaves it as it is.
    """

    document: Document
    ttl: int
    tasks: tuple[Task, ...] = ()
    due: int | None = None


class Store:
    """Loads and commits documents; every write carries the version it was made from."""

    def __init__(self, client: "redis.Redis") -> None:
        self._line = Line(client)

    def load(self, address: str) -> Stored:
        """Return a citizen's document.

        Raises redis.RedisError. A read is harmless to repeat: a connection that a restarted server left dead is
        opened again once.
        """
        key = keys.document(address)
        try:
            found: bytes | None = self._line.do("GET", key)
        except redis.ConnectionError:
            found = self._line.do("GET", key)
        if found is None:
            return Stored(None)
        return Stored(unpack(found[VERSION_BYTES:]), found[:VERSION_BYTES])

    def commit(self, address: str, version: bytes, made: Commit) -> bool:
        """Store a document, set its deadline and put its tasks in the outbox, all or nothing.

        Returns False where another turn was faster. Raises redis.RedisError: then it may or may not be stored.
        """
        partition = keys.partition_of(address)
        after = int.from_bytes(version, "big") + 1
        command = (
            3,
            keys.document(address),
            keys.outbox(partition),
            keys.deadlines(partition),
            version,
            after.to_bytes(VERSION_BYTES, "big") + pack(made.document),
            made.ttl,
            "" if made.due is None else made.due,
            address,
            *map(encode, made.tasks),
        )
        try:
            return bool(self._line.do("EVALSHA", COMMIT_SHA, *command))
        except redis.exceptions.NoScriptError:
            return bool(self._line.do("EVAL", COMMIT, *command))

    def append(self, task: Task) -> None:
        """Put a task in the outbox by itself."""
        self._line.do("XADD", keys.outbox(keys.partition_of(task.address)), "*", "t", encode(task))

    def owner(self, report_id: str) -> str | None:
        """Return the address that filed a report."""
        found: bytes | None = self._line.do("GET", keys.owner(report_id))
        return found.decode() if found else None

    def own(self, report_id: str, address: str) -> None:
        """Remember who filed a report."""
        self._line.do("SET", keys.owner(report_id), address, "EX", OWNER_SECONDS)

    def disown(self, report_ids: Sequence[str]) -> None:
        """Forget who filed these reports."""
        for report_id in report_ids:
            self._line.do("DEL", keys.owner(report_id))

    def keep_receipt(self, outbox_id: str, status: str) -> None:
        """Keep what became of a message, for as long as its sending may be in doubt."""
        self._line.do("SET", keys.receipt(outbox_id), status, "EX", RECEIPT_SECONDS)

    def receipt(self, outbox_id: str) -> str | None:
        """Return what became of a message, None where nothing was heard."""
        found: bytes | None = self._line.do("GET", keys.receipt(outbox_id))
        return found.decode() if found else None

    def ping(self) -> None:
        """Ask whether Redis answers.

        Raises redis.RedisError where it does not.
        """
        self._line.do("PING")


def connect(url: str) -> "redis.Redis":
    """Return a client that never repeats a write on its own and never waits long for a silent server."""
    pool = redis.BlockingConnectionPool.from_url(
        url,
        max_connections=64,
        timeout=2,
        socket_timeout=2,
        socket_connect_timeout=1,
        retry=Retry(NoBackoff(), 0),
    )
    return redis.Redis(connection_pool=pool)
