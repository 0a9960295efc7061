"""Citizens' documents in Redis, sealed: load is one command, commit is one script."""

from typing import Any, Final, Literal, TypeAlias

import msgspec
import redis

from bot import keys
from bot.document import Document, pack, unpack
from bot.errors import Misconfigured
from bot.line import Line
from bot.lua import Part, Script
from bot.owners import Registry
from bot.quota import NO_LIMIT, Rate
from bot.tasks import Task, decode, encode
from bot.vault import Names, Unopened, Vault
from conversations.bubble import Bubble

VERSION_BYTES: Final = 8
NO_VERSION: Final = b""
RECEIPT_SECONDS: Final = 2 * 86400

Fate: TypeAlias = Literal["stored", "overtaken", "flooded"]
"""What became of a commit: another turn was faster, or the channel brings more than it may."""

COMMIT: Final = Script("""
if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[1] then return 0 end
local apart = tonumber(ARGV[4])
if apart > 0 then
  local clock = redis.call('TIME')
  local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
  local busy = math.max(now, tonumber(redis.call('GET', KEYS[3]) or '0'))
  if busy - now > ARGV[5] + apart then busy = now end
  if busy - now > tonumber(ARGV[5]) then return -1 end
  redis.call('SET', KEYS[3], string.format('%.3f', busy + apart), 'PX', 600000)
end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
for i = 6, #ARGV do redis.call('XADD', KEYS[2], '*', 't', ARGV[i]) end
return 1
""")
FATES: Final[dict[int, Fate]] = {1: "stored", 0: "overtaken", -1: "flooded"}

MOST_UNREAD: Final = 10_000

RANKS: Final = {"accepted": 1, "sent": 2, "failed": 3, "delivered": 4, "read": 5}
"""What is known of a message, from less to more: reports come in any order, and none takes anything back."""

RECEIVE: Final = Script("""
local known = redis.call('GET', KEYS[1])
if known and string.sub(known, 1, 1) >= string.sub(ARGV[1], 1, 1) then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
""")


_bubbles = msgspec.msgpack.Encoder()
_bubble = msgspec.msgpack.Decoder(Bubble)


class Stored(msgspec.Struct, frozen=True):
    """A document as it was found, with the version that a commit must find again; None where there is none."""

    document: Document | None
    version: bytes = NO_VERSION


class Commit(msgspec.Struct, frozen=True):
    """What a turn made: the document, how long it is kept (seconds) and its tasks."""

    document: Document
    ttl: int
    tasks: tuple[Task, ...] = ()


class Store:
    """Loads and commits documents; every write carries the version it was made from.

    `owners` says whose reports are.

    Every method raises redis.RedisError where Redis does not answer: then a write may or may not have been made.
    """

    def __init__(self, line: Line, vault: Vault | None = None) -> None:
        self._line = line
        self._vault = vault or Vault()
        self._names = Names(self._name_key)
        self.owners = Registry(line, self._vault, self.name)

    def unlock(self) -> None:
        """Get the key of names.

        Raises Misconfigured where DATA_KEY does not open what is kept.
        """
        try:
            self._names.of("")
        except Unopened as error:
            raise Misconfigured(
                f"DATA_KEY does not open what Redis holds, it is {error}; put that key back"
            ) from None

    def name(self, address: str) -> str:
        """Return what stands for an address in the names of keys and in logs."""
        return self._names.of(address)

    def load(self, address: str) -> Stored:
        """Return a citizen's document.

        A read is harmless to repeat: a connection that a restarted server left dead is opened again once. Raises
        Unopened or msgspec.DecodeError for one that cannot be read.
        """
        key = keys.document(self._names.of(address))
        try:
            found: bytes | None = self._line.do("GET", key)
        except redis.ConnectionError:
            found = self._line.do("GET", key)
        if found is None:
            return Stored(None)
        return Stored(unpack(self._vault.open(found[VERSION_BYTES:], key)), found[:VERSION_BYTES])

    def commit(self, address: str, version: bytes, made: Commit, allowed: Rate = NO_LIMIT) -> Fate:
        """Store a document and put its tasks in the outbox, all or nothing.

        `allowed` is what the channel may bring.
        """
        name = self._names.of(address)
        partition = keys.partition_of(name)
        key = keys.document(name)
        after = (int.from_bytes(version, "big") + 1).to_bytes(VERSION_BYTES, "big")
        names = (key, keys.outbox(partition), keys.quota(partition, address.partition(":")[0]))
        arguments: tuple[Part, ...] = (
            version,
            after + self._vault.seal(pack(made.document), key),
            made.ttl,
            str(allowed.apart * keys.PARTITIONS),
            allowed.burst_ms,
            *(self._sealed(task, partition) for task in made.tasks),
        )
        return FATES[COMMIT.call(self._line, names, *arguments)]

    def append(self, task: Task) -> None:
        """Put a task in the outbox by itself."""
        partition = keys.partition_of(self._names.of(task.address))
        self._line.do("XADD", keys.outbox(partition), "*", "t", self._sealed(task, partition))

    def park(self, task: Task, reason: str) -> None:
        """Keep what could not be taken, with the reason, which holds nothing of the citizen's."""
        partition = keys.partition_of(self._names.of(task.address))
        self._line.do("XADD", keys.parked(partition), "*", "reason", reason, "t", self._sealed(task, partition))

    def park_unread(self, route: str, reason: str, body: bytes) -> None:
        """Keep a request that a webhook could not read; of all those, the latest MOST_UNREAD."""
        sealed = self._vault.seal(body, keys.tag(keys.UNREAD))
        fields = ("reason", f"{route}: {reason}", "body", sealed)
        self._line.do("XADD", keys.parked(keys.UNREAD), "MAXLEN", "~", MOST_UNREAD, "*", *fields)

    def keep_receipt(self, outbox_id: str, status: str, provider_id: str = "") -> None:
        """Keep what became of a message, for as long as its sending may be in doubt; `status` is one of RANKS."""
        said = f"{RANKS[status]} {status} {provider_id}".rstrip()
        RECEIVE.call(self._line, (keys.receipt(outbox_id),), said, RECEIPT_SECONDS)

    def keep_link(self, provider: str, provider_id: str, outbox_id: str) -> None:
        """Keep which message of the outbox a provider means by its own id; take what it told of it before."""
        self._line.do("SET", keys.link(provider, provider_id), outbox_id, "EX", RECEIPT_SECONDS)
        if told := self.receipt(_foreign(provider, provider_id)):
            self.keep_receipt(outbox_id, told)

    def keep_report(self, provider: str, provider_id: str, status: str) -> None:
        """Keep what became of a message that a provider names by its own id.

        It may come before the worker has told whose that id is (`keep_link`): each side writes first, then looks
        what the other has written.
        """
        self.keep_receipt(_foreign(provider, provider_id), status)
        found: bytes | None = self._line.do("GET", keys.link(provider, provider_id))
        if found:
            self.keep_receipt(found.decode(), status)

    def receipt(self, outbox_id: str) -> str | None:
        """Return what became of a message, None where nothing was heard."""
        found: bytes | None = self._line.do("GET", keys.receipt(outbox_id))
        return found.decode().split()[1] if found else None

    def keep_sent(self, address: str, outbox_id: str, bubble: Bubble) -> None:
        """Keep a message that its channel may still refuse, for as long as that may take."""
        key = keys.sent(self._names.of(address))
        self._line.do("HSET", key, outbox_id, self._vault.seal(_bubbles.encode(bubble), key))
        self._line.do("EXPIRE", key, RECEIPT_SECONDS)

    def sent(self, address: str, outbox_id: str) -> Bubble | None:
        """Return a message that was kept, None where it was not, or was dropped."""
        key = keys.sent(self._names.of(address))
        found: bytes | None = self._line.do("HGET", key, outbox_id)
        return _bubble.decode(self._vault.open(found, key)) if found else None

    def drop_sent(self, address: str, outbox_id: str = "") -> None:
        """Drop a message that was kept, without its id all to that address."""
        key = keys.sent(self._names.of(address))
        self._line.do(*(("HDEL", key, outbox_id) if outbox_id else ("DEL", key)))

    def ask(self, *command: bytes | str | int) -> Any:  # noqa: ANN401 - what Redis says to the command
        """Ask Redis something about itself."""
        return self._line.do(*command)

    def ping(self) -> None:
        """Ask whether Redis answers."""
        self._line.do("PING")

    def _sealed(self, task: Task, partition: int) -> bytes:
        return self._vault.seal(encode(task), keys.tag(partition))

    def _name_key(self) -> bytes:
        found: bytes | None = self._line.do("GET", keys.NAMES)
        if found is None:
            made = self._vault.seal(self._vault.new_name_key(), keys.NAMES)
            self._line.do("SET", keys.NAMES, made, "NX")
            found = self._line.do("GET", keys.NAMES) or made
        key = self._vault.open(found, keys.NAMES)
        if self._vault.aged(found):
            self._line.do("SET", keys.NAMES, self._vault.seal(key, keys.NAMES))
        return key


def _foreign(provider: str, provider_id: str) -> str:
    """Return what stands for an outbox id while it is not known."""
    return f"{provider}:{provider_id}"


def opened(vault: Vault, raw: bytes, partition: int) -> Task:
    """Read a task of a partition back.

    Raises Unopened or msgspec.DecodeError.
    """
    return decode(vault.open(raw, keys.tag(partition)))
