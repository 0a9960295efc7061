"""Whether Redis keeps what it took: an append-only file, and no key thrown away when memory is full.

Source: the sections "Append-only file" and "Eviction policies" of Redis' documentation; INFO tells both.
"""

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec
import redis
import structlog

from bot import masters
from bot.config import Settings
from bot.errors import Misconfigured

KEEP: Final = "noeviction"
FRESH: Final = 30.0
"""Seconds that /readyz goes by an answer, so that probes cost Redis nothing."""

Info: TypeAlias = Mapping[str, Any]

log = structlog.get_logger()


class Weakness(msgspec.Struct, frozen=True):
    """What may be lost, and the lines that mend it; with a grave one the product does not start."""

    grave: bool
    loss: str
    mend: str


NO_FILE: Final = Weakness(
    grave=True,
    loss=(
        "there is no append-only file: a crash or a restart of Redis loses conversations, answers and confirmed "
        "reports that are not filed yet"
    ),
    mend="CONFIG SET appendonly yes, and in redis.conf: appendonly yes",
)
EVICTS: Final = Weakness(
    grave=True,
    loss=(
        "Redis throws keys away when its memory is full: conversations, answers and confirmed reports that are "
        "not filed yet vanish without an error"
    ),
    mend=f"CONFIG SET maxmemory-policy {KEEP}, and in redis.conf: maxmemory-policy {KEEP}",
)
WOULD_EVICT: Final = Weakness(
    grave=False,
    loss="Redis would throw keys away as soon as a maxmemory is set",
    mend=EVICTS.mend,
)
UNWRITTEN: Final = Weakness(
    grave=False,
    loss="the append-only file could not be written last time",
    mend="see whether the disk is full; Redis takes nothing until it can write again",
)
UNKNOWN: Final = Weakness(
    grave=False,
    loss="Redis does not tell whether it keeps what it took",
    mend=(
        "allow INFO (ACL SETUSER <user> +info), or see for yourself that redis.conf has appendonly yes and "
        f"maxmemory-policy {KEEP}"
    ),
)


def weaknesses(info: Info) -> tuple[Weakness, ...]:
    """Return what may be lost on a server that answers INFO so; nothing when all is well."""
    if "aof_enabled" not in info or "maxmemory_policy" not in info:
        return (UNKNOWN,)
    return tuple(_weaknesses(info))


def _weaknesses(info: Info) -> Iterator[Weakness]:
    if not info["aof_enabled"]:
        yield NO_FILE
    elif info.get("aof_last_write_status", "ok") != "ok":
        yield UNWRITTEN
    if info["maxmemory_policy"] != KEEP:
        yield EVICTS if info.get("maxmemory") else WOULD_EVICT


def ask(url: str) -> dict[str, tuple[Weakness, ...]]:
    """Ask every server that holds data; return what may be lost by the server's address (`host:port`).

    Raises redis.RedisError where one does not answer.
    """
    with masters.connect(url) as servers:
        return {address: weaknesses(info_of(client)) for address, client in servers.items()}


def info_of(client: "redis.Redis") -> Info:
    """Return what a server tells of itself, nothing where this user may not ask.

    Raises redis.RedisError.
    """
    try:
        told: Info = client.info()
    except redis.exceptions.NoPermissionError:
        return {}
    return told


def require(given: Settings) -> None:
    """Make sure that nothing is lost with Redis, unless REDIS_VOLATILE allows it.

    A Redis that does not answer is no reason to refuse: webhooks answer 503 until it does, and /readyz tells.
    Raises Misconfigured.
    """
    try:
        found = ask(given.redis_url)
    except redis.RedisError as error:
        log.warning("durability_unknown", error=type(error).__name__)
        return
    grave = [(address, each) for address, weak in found.items() for each in weak if each.grave]
    if grave and given.redis_volatile == "refuse":
        raise Misconfigured(refusal(grave))
    for address, each in ((address, each) for address, weak in found.items() for each in weak):
        log.warning("durability_weak", server=address, loss=each.loss)


def refusal(grave: Sequence[tuple[str, Weakness]]) -> str:
    """Return the sentences that say why the product does not start and what to do."""
    lines = [f"Redis at {address}: {each.loss}.\n  To mend it: {each.mend}" for address, each in grave]
    return "\n".join([*lines, "To run all the same and risk that loss: REDIS_VOLATILE=allow"])


class Watch:
    """Tells /readyz how durable Redis is; asks again every FRESH seconds."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._told = ""
        self._until = -math.inf

    def state(self) -> str:
        """Return `ok`, or what may be lost on which server."""
        now = self._clock()
        if now >= self._until:
            self._told, self._until = self._ask(), now + FRESH
        return self._told

    def _ask(self) -> str:
        try:
            found = ask(self._url)
        except redis.RedisError as error:
            return type(error).__name__
        weak = [f"{address}: {each.loss}" for address, all_ in found.items() for each in all_]
        return "; ".join(weak) or "ok"
