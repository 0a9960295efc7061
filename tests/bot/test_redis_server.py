"""The Redis that the demo and the tests start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from bot import redis_server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that does not exist yet."""
    return tmp_path / "data"


@pytest.fixture
def server(folder: Path) -> Iterator[redis_server.Server]:
    """Yield a server of our own."""
    with redis_server.start(folder, {}) as server:
        yield server


def test_it_is_durable_refuses_to_evict_and_listens_on_loopback_only(
    server: redis_server.Server, folder: Path
) -> None:
    """What the bot needs of a Redis holds for the one it starts itself."""
    with redis.Redis.from_url(server.url, decode_responses=True) as client:
        settings = client.config_get("appendonly", "maxmemory-policy", "dir", "bind", "save")
    assert settings == {
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
        "dir": str(folder),
        "bind": "127.0.0.1",
        "save": "",
    }


def test_what_was_written_survives_a_kill_and_a_new_start(server: redis_server.Server, folder: Path) -> None:
    """An answered write is on disk: kill -9 loses nothing."""
    with redis.Redis.from_url(server.url) as client:
        client.set("report", "9165816")
    server.kill()
    with redis_server.start(folder, {}) as again, redis.Redis.from_url(again.url) as client:
        assert (client.get("report"), again.pid != server.pid) == (b"9165816", True)


def test_two_servers_run_side_by_side(server: redis_server.Server, tmp_path: Path) -> None:
    """Each finds a free port of its own."""
    with redis_server.launch(tmp_path / "other") as other, redis.Redis.from_url(other.url) as client:
        assert (other.url != server.url, client.info("server")["process_id"]) == (True, other.pid)


def test_stopping_ends_the_process(folder: Path) -> None:
    """Nothing is left running, however often it is stopped."""
    with redis_server.launch(folder) as server:
        server.stop()
    assert server.process is not None
    assert server.process.poll() == 0


def test_a_named_redis_is_used_and_left_running(server: redis_server.Server, tmp_path: Path) -> None:
    """REDIS_URL wins, and what we did not start we do not stop."""
    with redis_server.start(tmp_path / "unused", {"REDIS_URL": server.url}) as named:
        assert named == redis_server.Server(server.url)
    with redis.Redis.from_url(server.url) as client:
        assert (client.ping(), named.pid) == (True, None)


def test_a_named_redis_that_is_away_is_told_without_its_password(folder: Path) -> None:
    """The sentence says what to do and shows no secret."""
    url = f"redis://:hidden@127.0.0.1:{redis_server.free_port()}/0"
    with pytest.raises(redis_server.NoRedis) as caught:
        redis_server.start(folder, {"REDIS_URL": url})
    assert str(caught.value) == "The Redis named by REDIS_URL does not answer; start it or unset REDIS_URL."


def test_a_url_that_means_nothing_is_told_without_its_password(folder: Path) -> None:
    """The sentence names the forms and shows no secret."""
    with pytest.raises(redis_server.NoRedis, match=r"^REDIS_URL must be redis://") as caught:
        redis_server.start(folder, {"REDIS_URL": "redis+cluster://:hidden@"})
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64", (7, 0)),
        ("Valkey server v=9.1.0 sha=00000000:0 malloc=libc bits=64", (9, 1)),
        ("Redis server v=5.0.14 sha=00000000:0", (5, 0)),
        ("command not understood", ()),
    ],
)
def test_a_server_on_path_is_taken_only_if_it_is_new_enough(
    said: str, version: tuple[int, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redis before 6.2 cannot hand over what a dead worker held."""
    program = tmp_path / "redis-server"
    program.write_text(f"#!/bin/sh\necho '{said}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (redis_server.find() == str(program)) is (version >= redis_server.OLDEST)


def test_a_server_that_cannot_come_up_is_told_with_its_log(folder: Path) -> None:
    """A damaged append-only file is not silently thrown away."""
    appended = folder / "appendonlydir"
    appended.mkdir(parents=True)
    (appended / "appendonly.aof.manifest").write_text("damaged\n")
    with pytest.raises(redis_server.NoRedis, match=r"does not come up; .*redis\.log says why"):
        redis_server.launch(folder)
