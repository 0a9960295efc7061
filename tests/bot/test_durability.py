"""A Redis that may lose what it took is found at the start, on every server that holds data."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import structlog

from bot import config, durability, redis_server
from bot.durability import EVICTS, NO_FILE, UNKNOWN, UNWRITTEN, WOULD_EVICT, Watch, Weakness
from bot.errors import Misconfigured
from bot.redis_server import free_port
from tests.ports import listening
from tests.topologies.cluster import MASTERS, cluster
from tests.topologies.sentinels import watched

DURABLE = {"aof_enabled": 1, "aof_last_write_status": "ok", "maxmemory": 0, "maxmemory_policy": "noeviction"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[redis_server.Server]:
    """Yield a Redis whose options a test may change."""
    with redis_server.launch(tmp_path_factory.mktemp("redis")) as launched:
        yield launched


@pytest.fixture
def admin(server: redis_server.Server) -> Iterator["redis.Redis"]:
    """Yield a client, and make the server durable again afterwards."""
    with redis.Redis.from_url(server.url, socket_timeout=5) as client:
        yield client
        client.config_set("appendonly", "yes")
        client.config_set("maxmemory-policy", "noeviction")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, ()),
        ({"aof_enabled": 0}, (NO_FILE,)),
        ({"aof_enabled": 0, "aof_last_write_status": "err"}, (NO_FILE,)),
        ({"aof_last_write_status": "err"}, (UNWRITTEN,)),
        ({"maxmemory": 1 << 30}, ()),
        ({"maxmemory_policy": "allkeys-lru", "maxmemory": 1 << 30}, (EVICTS,)),
        ({"maxmemory_policy": "volatile-ttl", "maxmemory": 1 << 30}, (EVICTS,)),
        ({"maxmemory_policy": "allkeys-lru"}, (WOULD_EVICT,)),
        ({"aof_enabled": 0, "maxmemory_policy": "allkeys-lru", "maxmemory": 1}, (NO_FILE, EVICTS)),
    ],
)
def test_what_may_be_lost_is_read_from_what_the_server_tells(
    told: dict[str, object], expected: tuple[Weakness, ...]
) -> None:
    assert durability.weaknesses({**DURABLE, **told}) == expected


def test_a_server_that_tells_nothing_is_taken_and_said_to_be_unknown() -> None:
    assert durability.weaknesses({}) == (UNKNOWN,)


def test_a_user_that_may_not_ask_is_no_reason_to_refuse(server: redis_server.Server, admin: "redis.Redis") -> None:
    admin.acl_setuser("poor", enabled=True, passwords=["+poor"], keys=["*"], commands=["+@all", "-info"])
    url = server.url.replace("redis://", "redis://poor:poor@")
    with structlog.testing.capture_logs() as logs:
        durability.require(config.load({"REDIS_URL": url}))
    assert [(line["event"], line["loss"]) for line in logs] == [("durability_weak", UNKNOWN.loss)]


@pytest.mark.parametrize("options", ["", "?max_connections=5&timeout=3&decode_responses=true&protocol=3"])
def test_the_redis_of_the_demo_and_the_tests_is_durable(options: str, server: redis_server.Server) -> None:
    assert list(durability.ask(server.url + options).values()) == [()]


def test_a_volatile_redis_is_refused_with_what_may_be_lost_and_how_to_mend_it(
    server: redis_server.Server, admin: "redis.Redis"
) -> None:
    admin.config_set("appendonly", "no")
    with pytest.raises(Misconfigured) as refused:
        durability.require(config.load({"REDIS_URL": server.url}))
    address = server.url.removeprefix("redis://").removesuffix("/0")
    assert str(refused.value).splitlines() == [
        f"Redis at {address}: {NO_FILE.loss}.",
        "  To mend it: CONFIG SET appendonly yes, and in redis.conf: appendonly yes",
        "To run all the same and risk that loss: REDIS_VOLATILE=allow",
    ]


def test_a_volatile_redis_is_taken_where_that_is_allowed_and_the_log_says_so(
    server: redis_server.Server, admin: "redis.Redis"
) -> None:
    admin.config_set("appendonly", "no")
    with structlog.testing.capture_logs() as logs:
        durability.require(config.load({"REDIS_URL": server.url, "REDIS_VOLATILE": "allow"}))
    assert [(line["event"], line["loss"]) for line in logs] == [("durability_weak", NO_FILE.loss)]


def test_a_redis_that_would_only_evict_one_day_is_no_reason_to_refuse(
    server: redis_server.Server, admin: "redis.Redis"
) -> None:
    admin.config_set("maxmemory-policy", "allkeys-lru")
    with structlog.testing.capture_logs() as logs:
        durability.require(config.load({"REDIS_URL": server.url}))
    assert [line["loss"] for line in logs] == [WOULD_EVICT.loss]


def test_a_redis_that_is_away_is_no_reason_to_refuse() -> None:
    with structlog.testing.capture_logs() as logs:
        durability.require(config.load({"REDIS_URL": f"redis://:hidden@127.0.0.1:{free_port()}/0"}))
    assert logs == [{"event": "durability_unknown", "error": "ConnectionError", "log_level": "warning"}]


def test_readyz_hears_of_it_and_asks_again_after_half_a_minute(
    server: redis_server.Server, admin: "redis.Redis"
) -> None:
    now = [0.0]
    watch = Watch(server.url, lambda: now[0])
    told = [watch.state()]
    admin.config_set("appendonly", "no")
    for now[0] in (durability.FRESH - 1, durability.FRESH):
        told.append(watch.state().partition(": ")[2].partition(":")[0])
    assert told == ["ok", "", "there is no append-only file"]


def test_readyz_hears_that_it_could_not_be_asked() -> None:
    assert Watch(f"redis://127.0.0.1:{free_port()}/0").state() == "ConnectionError"


def test_every_master_of_a_cluster_is_asked_and_no_replica(tmp_path: Path) -> None:
    with cluster(tmp_path) as made:
        made.servers[1].do("CONFIG", "SET", "appendonly", "no")
        made.servers[MASTERS].do("CONFIG", "SET", "appendonly", "no")
        found = durability.ask(made.url)
    masters = {f"127.0.0.1:{each.port}": () for each in made.servers[:MASTERS]}
    assert found == {**masters, f"127.0.0.1:{made.servers[1].port}": (NO_FILE,)}


def test_the_master_that_sentinels_name_is_asked(tmp_path: Path) -> None:
    with watched(tmp_path) as made:
        found = durability.ask(made.url)
    assert found == {f"127.0.0.1:{made.servers[0].port}": ()}


def test_a_service_that_no_sentinel_knows_is_a_redis_that_is_away(server: redis_server.Server) -> None:
    host = server.url.removeprefix("redis://").removesuffix("/0")
    with pytest.raises(redis.ConnectionError, match="no sentinel names a master"):
        durability.ask(f"redis+sentinel://{host}/lapor")


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize("command", [["bot", "serve"], ["bot", "worker"], ["gunicorn", "webhooks.wsgi:app"]])
def test_no_process_starts_on_a_volatile_redis(
    command: list[str], server: redis_server.Server, admin: "redis.Redis"
) -> None:
    admin.config_set("maxmemory-policy", "allkeys-lru")
    admin.config_set("maxmemory", "100mb")
    environ = {**os.environ, "REDIS_URL": server.url, "PORT": str(free_port())}
    done = subprocess.run(
        [sys.executable, "-m", *command], env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    admin.config_set("maxmemory", "0")
    assert (done.returncode > 0, EVICTS.loss in done.stderr, "REDIS_VOLATILE=allow" in done.stderr) == (
        True,
        True,
        True,
    )


def test_the_web_process_starts_while_redis_is_away(tmp_path: Path) -> None:
    port = free_port()
    environ = {**os.environ, "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0", "PORT": str(port)}
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen([sys.executable, "-m", "bot", "serve"], env=environ, stdout=log, stderr=log) as process,
    ):
        listening(port, process)
        process.terminate()
        ended = process.wait(20)
    assert (ended, "durability_unknown" in (tmp_path / "log").read_text()) == (0, True)
