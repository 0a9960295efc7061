"""Which node gets a command: of one server, of a service that sentinels watch, or of a cluster.

Nothing is sent here. A route yields what to send, is told the reply or the error, and returns the reply. It sends a
command anew only where a node has said that it did not carry it out.
"""

from collections.abc import Generator, Sequence
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

import redis
from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot
from redis.exceptions import AskError, ClusterDownError, MovedError, ReadOnlyError, TryAgainError

from bot.redis_url import Host

HOPS: Final = 5
PAUSE: Final = 0.05
"""Seconds between two tries while a slot is on its way to another node."""

SCRIPTS: Final = ("EVAL", "EVALSHA")
READS: Final = frozenset(
    ("GET", "MGET", "EXISTS", "TTL", "HGET", "HGETALL", "XREAD", "XRANGE", "XLEN", "ZRANGE", "ZCARD", "SMEMBERS")
)
WAIT_MS: Final = 500
KEY_AT: Final = {**dict.fromkeys(SCRIPTS, 3), "XGROUP": 2, "XINFO": 2, "OBJECT": 2, "MEMORY": 2}
STREAMS: Final = ("XREAD", "XREADGROUP")
NO_KEY: Final = ("PING", "INFO", "TIME", "CONFIG", "CLUSTER", "SCRIPT", "COMMAND", "CLIENT")

Word: TypeAlias = bytes | str | int | float
Command: TypeAlias = Sequence[Word]


class Node(NamedTuple):
    """A server; `watches` is true for a sentinel."""

    host: str
    port: int
    watches: bool = False


class Sending(NamedTuple):
    """A command and where it goes, `after` so many seconds; `asking` where the slot is just arriving there.

    So many `replicas` must have what it wrote before it counts as done.
    """

    node: Node
    command: Command
    asking: bool = False
    after: float = 0.0
    replicas: int = 0

    def commands(self) -> list[Command]:
        """Return all that is sent, in order, on one connection."""
        before: list[Command] = [("ASKING",)] if self.asking else []
        behind: list[Command] = [("WAIT", self.replicas, WAIT_MS)] if self.replicas else []
        return [*before, self.command, *behind]

    def reply(self, replies: Sequence[Any]) -> Any:  # noqa: ANN401 - what Redis says to the command
        """Pick the command's own reply from all replies, errors among them.

        Raises the command's error, and TimeoutError where too few replicas have it.
        """
        found = replies[int(self.asking)]
        if isinstance(found, redis.RedisError):
            raise found
        if self.replicas and not (isinstance(replies[-1], int) and replies[-1] >= self.replicas):
            raise redis.TimeoutError("too few replicas have what was written")
        return found


Steps: TypeAlias = Generator[Sending, Any, Any]
Owners: TypeAlias = Sequence[Node | None]


class Route(Protocol):
    """Knows where commands go."""

    def carry(self, command: Command) -> Steps:
        """Yield what to send until the command is carried out, and return the reply.

        Raises redis.RedisError; ConnectionError where no node can take it now.
        """


class Direct:
    """To the one server there is."""

    HERE: Final = Node("", 0)

    def carry(self, command: Command) -> Steps:
        """Yield the command."""
        return (yield Sending(self.HERE, command))


class Watched:
    """To the master of a service; after every lost connection the sentinels are asked again which one that is."""

    def __init__(self, service: str, sentinels: Sequence[Host], replicas: int = 0) -> None:
        self._replicas = replicas
        self._service = service
        self._sentinels = tuple(Node(*host, watches=True) for host in sentinels)
        self._master: Node | None = None

    def carry(self, command: Command) -> Steps:
        """Yield the command for the master."""
        master = self._master
        if master is None:
            master = self._master = yield from self._look_up()
        try:
            return (yield Sending(master, command, replicas=waiting(command, self._replicas)))
        except ReadOnlyError as error:
            self._master = None
            raise redis.ConnectionError("the master has become a replica") from error
        except (redis.ConnectionError, redis.TimeoutError):
            self._master = None
            raise

    def _look_up(self) -> Generator[Sending, Any, Node]:
        """Ask one sentinel after the other, as Redis tells clients to, until a master says that it is one."""
        for sentinel in self._sentinels:
            try:
                found = yield Sending(sentinel, ("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self._service))
                if not found:
                    continue
                master = Node(found[0].decode(), int(found[1]))
                role = yield Sending(master, ("ROLE",))
            except redis.RedisError:
                continue
            if role[0] == b"master":
                self._sentinels = tuple(dict.fromkeys((sentinel, *self._sentinels)))
                return master
        raise redis.ConnectionError("no sentinel names a master that is one")


class Sharded:
    """To the master of the key's slot; after every lost connection the cluster is asked again who holds what."""

    def __init__(self, seeds: Sequence[Host], replicas: int = 0) -> None:
        self._replicas = replicas
        self._seeds = tuple(Node(*host) for host in seeds)
        self._nodes = self._seeds
        self._owners: Owners = ()

    def carry(self, command: Command) -> Steps:
        """Yield the command for the node that holds its key, and follow where that node points."""
        owners = self._owners or (yield from self._learn())
        node = self._owner(owners, slot_of(command))
        sending = Sending(node, command, replicas=waiting(command, self._replicas))
        for _ in range(HOPS):
            try:
                return (yield sending)
            except AskError as error:  # MOVED is a kind of it
                sending = self._onward(sending, error)
            except TryAgainError:
                sending = sending._replace(after=PAUSE)
            except (ClusterDownError, ReadOnlyError) as error:
                self._doubt(sending.node)
                raise redis.ConnectionError("the node can take no writes now") from error
            except (redis.ConnectionError, redis.TimeoutError):
                self._doubt(sending.node)
                raise
        raise redis.ConnectionError("the cluster is being rearranged")

    def _owner(self, owners: Owners, slot: int | None) -> Node:
        found = self._nodes[0] if slot is None else owners[slot]
        if found is None:
            self._owners = ()
            raise redis.ConnectionError("no node holds this slot")
        return found

    def _onward(self, sending: Sending, error: AskError) -> Sending:
        """Follow a redirection; one without a host means the same host."""
        node = Node(error.host or sending.node.host, int(error.port))
        if isinstance(error, MovedError):
            self._nodes = (node, *(each for each in self._nodes if each != node))
            self._owners = ()
        return sending._replace(node=node, asking=not isinstance(error, MovedError), after=0.0)

    def _doubt(self, node: Node) -> None:
        """Learn anew before the next command, and ask this node last."""
        self._nodes = (*(each for each in self._nodes if each != node), node)
        self._owners = ()

    def _learn(self) -> Generator[Sending, Any, Owners]:
        for node in dict.fromkeys((*self._nodes, *self._seeds)):
            try:
                ranges = yield Sending(node, ("CLUSTER", "SLOTS"))
            except redis.RedisError:
                continue
            if ranges:
                return self._take(ranges, node)
        raise redis.ConnectionError("no node of the cluster answers")

    def _take(self, ranges: Sequence[Any], asked: Node) -> Owners:
        """Keep the rows of CLUSTER SLOTS: first slot, last slot, master, replicas; a node is host, port, more."""
        owners: list[Node | None] = [None] * REDIS_CLUSTER_HASH_SLOTS
        known = {asked: None}
        for first, last, *nodes in ranges:
            found = [Node((host or b"").decode() or asked.host, port) for host, port, *_ in nodes]
            known.update(dict.fromkeys(found))
            owners[first : last + 1] = [found[0]] * (last + 1 - first)
        self._nodes, self._owners = tuple(known), owners
        return owners


def waiting(command: Command, replicas: int) -> int:
    """Return how many replicas to wait for: none where a command only reads."""
    name = command[0]
    return 0 if name in READS or name in NO_KEY else replicas


def slot_of(command: Command) -> int | None:
    """Return the slot of a command's first key, None for a command without one."""
    name = _bytes(command[0]).decode().upper()
    if name in NO_KEY or (name in SCRIPTS and command[2] in (0, "0")):
        return None
    at = KEY_AT.get(name, 1)
    if name in STREAMS:
        at = [_bytes(word).upper() for word in command].index(b"STREAMS") + 1
    return key_slot(_bytes(command[at]))


def _bytes(word: Word) -> bytes:
    return word if isinstance(word, bytes) else str(word).encode()
