"""Redis is looked at: version, durability and clock; and what the workers wrote in it."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from bot import health, redis_server
from bot.doctor.finding import Level
from bot.doctor.keeping import keeping, sealing, syncing, version, workers, working
from bot.health import Health
from bot.redis_server import free_port
from tests.bot.doctor.environs import SECRET, found, levels
from tests.kept import DATA_KEY, store_at
from tests.topologies.cluster import MASTERS, cluster

WELL = Health(at=1_795_510_800.0, workers=2, waiting=3, oldest=1.0, parked=0, backend="ok")


@pytest.fixture
def volatile(tmp_path: Path) -> Iterator[str]:
    """Yield the address of a Redis without an append-only file."""
    with redis_server.launch(tmp_path) as server, redis.Redis.from_url(server.url) as client:
        client.config_set("appendonly", "no")
        yield server.url


def test_a_durable_redis_is_well(redis_url: str) -> None:
    seen = levels(found(keeping, REDIS_URL=redis_url))
    assert seen == [("redis", "ok"), ("redis_clock", "ok"), ("durability", "ok"), ("redis_sync", "warning")]


@pytest.mark.parametrize(
    ("policy", "told"), [("always", []), ("", []), ("everysec", ["warning"]), ("no", ["warning"])]
)
def test_a_redis_that_answers_before_it_has_written_is_told(policy: str, told: list[Level]) -> None:
    assert [each.level for each in syncing("127.0.0.1:6379", policy)] == told


def test_a_volatile_redis_is_a_fault_and_a_warning_where_it_is_allowed(volatile: str) -> None:
    seen = [found(keeping, REDIS_URL=volatile, REDIS_VOLATILE=choice)[2] for choice in ("refuse", "allow")]
    assert (levels(seen), seen[0].mend) == (
        [("durability", "fault"), ("durability", "warning")],
        "CONFIG SET appendonly yes, and in redis.conf: appendonly yes",
    )


def test_a_redis_that_is_away_is_a_fault_and_its_password_is_not_told() -> None:
    (seen,) = found(keeping, REDIS_URL=f"redis://:{SECRET}@127.0.0.1:{free_port()}/0")
    assert (seen.level, seen.found, SECRET in str(seen)) == ("fault", "it does not answer: ConnectionError", False)


def test_a_password_that_is_not_taken_is_told(volatile: str) -> None:
    with redis.Redis.from_url(volatile) as client:
        client.config_set("requirepass", "another")
    (seen,) = found(keeping, REDIS_URL=volatile.replace("redis://", f"redis://:{SECRET}@"))
    assert (seen.found, SECRET in str(seen)) == ("it does not take the user or password", False)


@pytest.mark.parametrize(
    ("text", "level"), [("7.2.4", "ok"), ("6.2.0", "ok"), ("6.0.16", "fault"), ("5.0.14", "fault"), ("", "warning")]
)
def test_a_redis_before_6_2_is_too_old(text: str, level: Level) -> None:
    assert version("127.0.0.1:6379", text).level == level


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (None, [("workers", "fault")]),
        (Health(at=0, workers=0, waiting=9, oldest=0.0, parked=0), [("workers", "fault")]),
        (WELL, [("workers", "ok"), ("outbox", "ok")]),
        (
            Health(at=0, workers=1, waiting=9, oldest=61.0, parked=2),
            [("workers", "ok"), ("outbox", "warning"), ("parked", "warning")],
        ),
    ],
)
def test_what_the_workers_say_is_told(note: Health | None, expected: list[tuple[str, Level]]) -> None:
    assert levels(list(working(note))) == expected


def test_the_note_of_the_workers_is_read_from_redis(client: "redis.Redis", redis_url: str) -> None:
    silent = levels(found(workers, REDIS_URL=redis_url))
    client.set(health.KEY, health.encode(WELL))
    assert (silent, levels(found(workers, REDIS_URL=redis_url))) == (
        [("workers", "fault")],
        [("workers", "ok"), ("outbox", "ok")],
    )


def test_a_key_that_does_not_open_what_redis_holds_is_a_fault(client: "redis.Redis", redis_url: str) -> None:
    nothing = found(sealing, REDIS_URL=redis_url)
    store_at(redis_url).unlock()
    other = urlsafe_b64encode(bytes(32)).decode()
    tried = [
        found(sealing, REDIS_URL=redis_url, DATA_KEY=key) for key in (DATA_KEY, f"{other},{DATA_KEY}", other, "")
    ]
    assert (nothing, [levels(each)[0][1] for each in tried], client.dbsize()) == (
        [],
        ["ok", "ok", "fault", "fault"],
        1,
    )


def test_of_a_redis_that_is_away_only_its_own_check_tells() -> None:
    url = f"redis://127.0.0.1:{free_port()}/0"
    assert (found(workers, REDIS_URL=url), found(sealing, REDIS_URL=url)) == ([], [])


def test_a_cluster_is_looked_at_master_by_master_and_has_one_note(tmp_path: Path) -> None:
    with cluster(tmp_path) as made:
        made.master(health.KEY).do("SET", health.KEY, health.encode(WELL).decode())
        seen = levels(found(keeping, REDIS_URL=made.url)), levels(found(workers, REDIS_URL=made.url))
    server: list[tuple[str, Level]] = [
        ("redis", "ok"),
        ("redis_clock", "ok"),
        ("durability", "ok"),
        ("redis_sync", "warning"),
    ]
    assert seen == (server * MASTERS, [("workers", "ok"), ("outbox", "ok")])
