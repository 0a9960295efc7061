"""The nodes of a cluster, and which of them holds a key."""

from collections.abc import Generator, Sequence
from typing import Any, Final, TypeAlias

import redis
from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot
from redis.exceptions import AskError, ClusterDownError, MovedError, ReadOnlyError, TryAgainError

from bot.redis_url import Host
from bot.routing import NO_KEY, Command, Node, Sending, Steps, Word, waiting

HOPS: Final = 5
PAUSE: Final = 0.05
"""Seconds between two tries while a slot is on its way to another node."""

SCRIPTS: Final = ("EVAL", "EVALSHA")
KEY_AT: Final = {**dict.fromkeys(SCRIPTS, 3), "XGROUP": 2, "XINFO": 2, "OBJECT": 2, "MEMORY": 2}
STREAMS: Final = ("XREAD", "XREADGROUP")

Owners: TypeAlias = Sequence[Node | None]


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
