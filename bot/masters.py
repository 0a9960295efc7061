"""The Redis servers that hold data: the one that is named, the one that sentinels name, or a cluster's masters."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, TypeAlias

import redis
from redis.backoff import NoBackoff
from redis.connection import parse_url
from redis.retry import Retry

from bot import redis_url
from bot.connecting import RAW
from bot.redis_url import POOL, Host, Target

PATIENT: Final[dict[str, Any]] = {"socket_timeout": 2, "socket_connect_timeout": 1}  # seconds

Servers: TypeAlias = "dict[str, redis.Redis]"


@contextmanager
def connect(url: str) -> Iterator[Servers]:
    """Yield a client for each server that holds data, by its address (`host:port`), and close them.

    Raises redis.RedisError where the servers cannot be found, ValueError for an URL of no known form.
    """
    servers = _servers(redis_url.read(url))
    try:
        yield servers
    finally:
        for client in servers.values():
            client.close()


def _servers(target: Target) -> Servers:
    if target.service:
        return _client(target.data, _named(target))
    if target.hosts:
        masters = _masters(target)
        return {address: client for host in masters for address, client in _client(target.data, host).items()}
    return _client(target.data)


def _named(target: Target) -> Host:
    """Return the server that the first sentinel to answer calls the master."""
    for host in target.hosts:
        with suppress(redis.RedisError):
            found: Any = _ask(target.watchers, host, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", target.service)
            if found:
                return str(found[0].decode()), int(found[1])
    raise redis.ConnectionError("no sentinel names a master")


def _masters(target: Target) -> tuple[Host, ...]:
    """Return the masters of which the first node to answer knows: a row of CLUSTER SLOTS begins with its master."""
    for host in target.hosts:
        with suppress(redis.RedisError):
            rows: Any = _ask(target.data, host, "CLUSTER", "SLOTS")
            masters = dict.fromkeys((row[2][0].decode() or host[0], int(row[2][1])) for row in rows)
            if masters:
                return tuple(masters)
    raise redis.ConnectionError("no node of the cluster answers")


def _ask(url: str, host: Host, *command: str) -> object:
    ((_, client),) = _client(url, host).items()
    with client:
        connection = client.connection_pool.get_connection()
        connection.send_command(*command)  # type: ignore[no-untyped-call]
        return connection.read_response()


def _client(url: str, host: Host | None = None) -> Servers:
    """Return a client by its address; `host` stands for the one in the URL."""
    parsed: dict[str, Any] = parse_url(url)  # type: ignore[no-untyped-call]
    options = {name: value for name, value in parsed.items() if name not in POOL} | RAW | PATIENT
    options |= dict(zip(("host", "port"), host or (), strict=False))
    pool = redis.ConnectionPool(retry=Retry(NoBackoff(), 0), **options)
    address = options.get("path") or f"{options.get('host', 'localhost')}:{options.get('port', 6379)}"
    return {address: redis.Redis.from_pool(pool)}
