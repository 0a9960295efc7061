"""A master and three replicas, watched by three sentinels."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import redis

from tests.stranger.carriers import until
from tests.topologies.servers import DURABLE, Server, following, launch, ports, stop

SERVICE = "lapor"
REPLICAS = 3
SENTINELS = 3
WATCH = """
sentinel myid {port:040x}
sentinel monitor {service} 127.0.0.1 {master} 2
sentinel down-after-milliseconds {service} 500
sentinel failover-timeout {service} 3000
"""
OTHER = "sentinel known-sentinel {service} 127.0.0.1 {port} {port:040x}\n"


@dataclass
class Watched:
    """Servers and those that watch them."""

    servers: list[Server]
    sentinels: list[Server]

    @property
    def url(self) -> str:
        """The REDIS_URL."""
        hosts = ",".join(f"127.0.0.1:{each.port}" for each in self.sentinels)
        return f"redis+sentinel://{hosts}/{SERVICE}/0"

    def master(self, _key: str) -> Server:
        """Return the master that the first sentinel names."""
        port = int(self.sentinels[0].do("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE)[1])
        return next(server for server in self.servers if server.port == port)

    def settled(self) -> bool:
        """Tell whether the master that is named lives, and all other living servers follow it."""
        with suppress(redis.RedisError):
            role, _, replicas = self.master("").do("ROLE")
            others = sum(server.lives for server in self.servers) - 1
            return bool((role, len(replicas)) == (b"master", others))
        return False


@contextmanager
def watched(folder: Path) -> Iterator[Watched]:
    """Start all of them, and stop them."""
    first, *rest = ports(1 + REPLICAS)
    others = ports(SENTINELS)
    servers = [launch(folder / str(first), first, DURABLE)]
    servers += [launch(folder / str(each), each, {**DURABLE, "replicaof": f"127.0.0.1 {first}"}) for each in rest]
    sentinels: list[Server] = []
    try:
        until(lambda: all(server.up() for server in servers), "the servers do not come up")
        until(lambda: all(map(following, servers[1:])), "the replicas do not follow")
        sentinels += [_sentinel(folder / str(port), first, port, others) for port in others]
        until(lambda: all(map(_aware, sentinels)), "the sentinels do not find each other")
        yield Watched(servers, sentinels)
    finally:
        stop([*sentinels, *servers])


def _sentinel(folder: Path, master: int, port: int, every: list[int]) -> Server:
    """Start a sentinel that is told of the others, which would take it two seconds to find out."""
    folder.mkdir()
    others = "".join(OTHER.format(service=SERVICE, port=each) for each in every if each != port)
    configuration = folder / "sentinel.conf"  # it writes into it what it learns
    configuration.write_text(WATCH.format(service=SERVICE, master=master, port=port) + others)
    return launch(folder, port, {}, str(configuration), "--sentinel")


def _aware(sentinel: Server) -> bool:
    """Tell whether a sentinel knows the replicas and the other sentinels."""
    if not sentinel.up():
        return False
    said = sentinel.do("SENTINEL", "MASTER", SERVICE)
    known = dict(zip(said[::2], said[1::2], strict=True))
    return (int(known[b"num-slaves"]), int(known[b"num-other-sentinels"])) == (REPLICAS, SENTINELS - 1)
