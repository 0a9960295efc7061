"""A Redis Cluster of three masters with a replica each, one with two, made without redis-cli."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import redis
from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot

from tests.stranger.carriers import until
from tests.topologies.servers import DURABLE, Server, following, launch, ports, stop

MASTERS = 3
BUS = 10_000
"""A node's bus port lies so far after its port where no other is set."""

OPTIONS = {**DURABLE, "cluster-enabled": "yes", "cluster-node-timeout": 1000, "cluster-require-full-coverage": "no"}


@dataclass
class Cluster:
    """Servers that share the keys; the masters come first."""

    servers: list[Server]

    @property
    def url(self) -> str:
        """The REDIS_URL, with two nodes to ask first."""
        return f"redis+cluster://127.0.0.1:{self.servers[0].port},127.0.0.1:{self.servers[-1].port}"

    def master(self, key: str) -> Server:
        """Return the living master of a key, as the first that answers sees it."""
        slot = key_slot(key.encode())
        found = [port for first, last, port in self._ranges() if first <= slot <= last]
        return next(server for server in self.servers if server.port in found)

    def settled(self) -> bool:
        """Tell whether all living nodes name the same living masters for all slots, and take commands."""
        living = [server for server in self.servers if server.lives]
        ports = {server.port for server in living}
        with suppress(redis.RedisError):
            seen = {tuple(_ranges(server)) for server in living}
            owned = sum(last + 1 - first for first, last, port in min(seen) if port in ports)
            states = {_state(server)["cluster_state"] for server in living}
            return (len(seen), owned, states) == (1, REDIS_CLUSTER_HASH_SLOTS, {"ok"})
        return False

    def _ranges(self) -> list[tuple[int, int, int]]:
        return _ranges(next(server for server in self.servers if server.lives))


def _ranges(server: Server) -> list[tuple[int, int, int]]:
    """Return first slot, last slot and the master's port of each row."""
    return sorted((first, last, master[1]) for first, last, master, *_ in server.do("CLUSTER", "SLOTS"))


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start a cluster, and stop it."""
    servers = [launch(folder / str(port), port, OPTIONS) for port in ports(2 * MASTERS + 1, BUS)]
    try:
        until(lambda: all(server.up() for server in servers), "the servers do not come up")
        _join(servers)
        made = Cluster(servers)
        until(made.settled, "the slots have no masters")
        yield made
    finally:
        stop(servers)


def _join(servers: list[Server]) -> None:
    masters, replicas = servers[:MASTERS], servers[MASTERS:]
    for number, server in enumerate(servers):
        server.do("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        servers[0].do("CLUSTER", "MEET", "127.0.0.1", server.port)
    for number, master in enumerate(masters):
        first, last = (REDIS_CLUSTER_HASH_SLOTS * each // MASTERS for each in (number, number + 1))
        master.do("CLUSTER", "ADDSLOTS", *range(first, last))
    known = str(len(servers))
    until(lambda: {_state(each)["cluster_known_nodes"] for each in servers} == {known}, "the nodes do not meet")
    for master, replica in zip((*masters, masters[0]), replicas, strict=True):
        replica.do("CLUSTER", "REPLICATE", master.do("CLUSTER", "MYID").decode())
    until(lambda: all(map(following, replicas)), "the replicas do not follow")


def _state(server: Server) -> dict[str, str]:
    said = server.do("CLUSTER", "INFO").decode().split()
    return dict(line.split(":", 1) for line in said)
