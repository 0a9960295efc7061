"""Redis: whether it is there, new enough, keeps what it took and has our time; and what the workers wrote in it."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import redis
from redis.exceptions import MovedError

from bot import health, keys, masters
from bot.config import Settings
from bot.doctor.asking import clock
from bot.doctor.finding import Finding, fault, ok, warning
from bot.durability import info_of, weaknesses
from bot.health import Health
from bot.redis_server import OLDEST
from bot.vault import Unopened, Vault

AWAY: Final = "start it, or put REDIS_URL right; meanwhile webhooks answer 503 and providers send again"


async def keeping(given: Settings) -> list[Finding]:
    """Look at every server that holds data."""
    try:
        return await asyncio.to_thread(_look, given)
    except redis.AuthenticationError:
        return [fault("redis", "it does not take the user or password", "put REDIS_URL right")]
    except redis.RedisError as error:
        return [fault("redis", f"it does not answer: {type(error).__name__}", AWAY)]


def _look(given: Settings) -> list[Finding]:
    with masters.connect(given.redis_url) as servers:
        return [found for address, client in servers.items() for found in _server(address, client, given)]


def _server(address: str, client: "redis.Redis", given: Settings) -> Iterator[Finding]:
    info = info_of(client)
    yield version(address, str(info.get("redis_version", "")))
    yield from clock("redis_clock", _ahead(client))
    weak = weaknesses(info)
    for each in weak:
        grave = each.grave and given.redis_volatile == "refuse"
        yield (fault if grave else warning)("durability", f"{address}: {each.loss}", each.mend)
    if not weak:
        yield ok("durability", f"{address} has an append-only file and throws nothing away")
    yield from syncing(address, _syncs(client))


def version(address: str, text: str) -> Finding:
    """Tell whether a server is new enough; empty where it does not say."""
    if not text:
        return warning("redis", f"{address} answers and does not tell its version", "it must be 6.2 or later")
    numbers = tuple(int(part) for part in text.split(".")[:2] if part.isdecimal())
    if numbers < OLDEST:
        return fault("redis", f"{address} is version {text}", "Redis 6.2 or later is needed, or Valkey")
    return ok("redis", f"{address} answers as version {text}")


def syncing(address: str, policy: str) -> Iterator[Finding]:
    """Tell whether a server answers before it has written; empty where it does not say."""
    if policy and policy != "always":
        loss = f"{address} has appendfsync {policy}: killed, it can lose what it answered in the last two seconds"
        yield warning("redis_sync", loss, "CONFIG SET appendfsync always, and in redis.conf: appendfsync always")


def _syncs(client: "redis.Redis") -> str:
    """Return when a server writes its append-only file; empty where this user may not ask."""
    try:
        told: Any = client.config_get("appendfsync")
    except redis.ResponseError:
        return ""
    return str(told.get("appendfsync", ""))


def _ahead(client: "redis.Redis") -> float | None:
    before = time.time()
    told: Any = client.time()
    there: float = told[0] + told[1] / 1e6
    return max(there - time.time(), min(0.0, there - before))


async def sealing(given: Settings) -> list[Finding]:
    """See whether DATA_KEY opens what was sealed; a Redis that is away is told by its own check."""
    with suppress(redis.RedisError):
        sealed = await asyncio.to_thread(_read, given, keys.NAMES)
        return [] if sealed is None else [opening(sealed, given.data_keys)]
    return []


def opening(sealed: bytes, data_keys: tuple[bytes, ...]) -> Finding:
    """Tell whether the key of names, which is sealed anew whenever DATA_KEY changes, can be opened."""
    try:
        Vault(data_keys).open(sealed, keys.NAMES)
    except Unopened:
        mend = "put the key under which it was sealed behind the new one, after a comma"
        return fault("data_key", "DATA_KEY does not open what Redis holds", mend)
    return ok("data_key", "DATA_KEY opens what Redis holds")


async def workers(given: Settings) -> list[Finding]:
    """Read what the workers wrote last; a Redis that is away is told by its own check."""
    with suppress(redis.RedisError):
        note = await asyncio.to_thread(_read, given, health.KEY)
        return list(working(health.decode(note) if note else None))
    return []


def _read(given: Settings, key: str) -> bytes | None:
    """Return what a key holds; in a cluster only one master has it, and the others point there."""
    with masters.connect(given.redis_url) as servers:
        for client in servers.values():
            with suppress(MovedError):
                found: Any = client.get(key)
                return bytes(found) if found is not None else None
    return None


def working(note: Health | None) -> Iterator[Finding]:
    """Tell how the work stands."""
    if note is None or not note.workers:
        yield fault("workers", health.SILENT, "start one: lapor-bot worker; until then nothing is filed or sent")
        return
    yield ok("workers", f"{note.workers} at work")
    behind = f"{note.waiting} tasks wait, the oldest is {note.oldest:.0f} seconds late"
    yield (
        warning("outbox", behind, "see backend and channels, or start another worker")
        if note.late
        else ok("outbox", behind)
    )
    if note.parked:
        mend = "lapor-bot parked lists them with the reason, tries them again or drops them"
        yield warning("parked", f"{note.parked} tasks cannot work", mend)
