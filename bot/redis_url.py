"""REDIS_URL taken apart: one server, the sentinels of a service, or the nodes of a cluster.

The forms are `redis://host:port/db`, `rediss://…` (TLS), `unix:///path?db=0`,
`redis+sentinel://user:password@host:26379,host2:26379/service/db` and
`redis+cluster://user:password@host:7000,host2:7001`; the last two with `rediss` too. User, password and redis-py's
options behind `?` are for the servers that keep the data; `sentinel_username` and `sentinel_password` are for the
sentinels, and `replicas` says how many replicas must have a write before it counts as done.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

import redis
from redis.connection import parse_url

FORMS: Final = (
    "redis://host:port/db, rediss://host:port/db, unix:///path, "
    "redis+sentinel://host:port,host:port/service/db or redis+cluster://host:port,host:port"
)
WATCHER: Final = ("sentinel_username", "sentinel_password")
REPLICAS: Final = "replicas"
POOL: Final = ("max_connections", "timeout")
"""Options of redis-py that are not a connection's; how many connections there are is settled elsewhere."""

SENTINEL_PORT: Final = 26379
CLUSTER_PORT: Final = 6379

Host = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Target:
    """Where the data is.

    `data` is a URL that redis-py reads, with all but the host of a node; `watchers` is the same for sentinels.
    `hosts` are the sentinels or the first nodes of a cluster to ask, none for one server.
    `replicas` is how many must have a write before it counts.
    """

    data: str = field(repr=False)
    hosts: tuple[Host, ...] = ()
    service: str = ""
    watchers: str = field(default="", repr=False)
    replicas: int = 0


def read(url: str) -> Target:
    """Take a URL apart.

    Raises ValueError, which never says what the URL is, for it may hold a password.
    """
    try:
        target = _read(url, urlsplit(url))
        for each in filter(None, (target.data, target.watchers)):
            options = parse_url(each)  # type: ignore[no-untyped-call]
            kind = options.pop("connection_class", redis.Connection)
            kind(**{name: value for name, value in options.items() if name not in POOL})
    except (ValueError, TypeError, redis.RedisError):
        raise ValueError(f"must be {FORMS}") from None
    return target


def _read(url: str, parts: SplitResult) -> Target:
    match parts.scheme:
        case "redis" | "rediss" | "unix":
            _check(parts)
            return Target(url)
        case "redis+sentinel" | "rediss+sentinel":
            return _watched(parts)
        case "redis+cluster" | "rediss+cluster":
            if parts.path.strip("/") not in ("", "0"):
                raise ValueError("a cluster has one database")
            hosts = tuple(_hosts(parts, CLUSTER_PORT))
            return Target(_node(parts, parts.netloc), hosts, replicas=_number(_query(parts).get(REPLICAS, "")))
    raise ValueError("unknown scheme")


def _check(parts: SplitResult) -> None:
    """Refuse a URL of one server out of which redis-py would quietly read something else."""
    if parts.scheme != "unix":
        _ = parts.port
        _number(parts.path.strip("/"))
    elif not parts.path:
        raise ValueError("no path")


def _watched(parts: SplitResult) -> Target:
    service, _, database = parts.path.strip("/").partition("/")
    if not service:
        raise ValueError("no service")
    query = _query(parts)
    user, password = (quote(query.get(name, ""), safe="") for name in WATCHER)
    return Target(
        _node(parts, parts.netloc, _number(database)),
        tuple(_hosts(parts, SENTINEL_PORT)),
        unquote(service),
        _node(parts, f"{user}:{password}@"),
        _number(query.get(REPLICAS, "")),
    )


def _node(parts: SplitResult, netloc: str, database: int = 0) -> str:
    """Return a URL for redis-py with the user, the password and the options, and a host that stands for any."""
    user, at, _ = netloc.rpartition("@")
    query = {name: value for name, value in _query(parts).items() if name not in (*WATCHER, REPLICAS)}
    return f"{parts.scheme.partition('+')[0]}://{user}{at}node/{database}?{urlencode(query)}"


def _query(parts: SplitResult) -> dict[str, str]:
    return dict(parse_qsl(parts.query))


def _number(text: str) -> int:
    if text and not text.isdecimal():
        raise ValueError("no number")
    return int(text or 0)


def _hosts(parts: SplitResult, port: int) -> Iterator[Host]:
    """Yield host and port of each; an IPv6 address stands in brackets."""
    for each in parts.netloc.rpartition("@")[2].split(","):
        host = urlsplit(f"//{each}")
        if not host.hostname:
            raise ValueError("no host")
        yield host.hostname, host.port or port
