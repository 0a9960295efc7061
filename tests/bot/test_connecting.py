"""Where REDIS_URL leads, and that no command is ever repeated on the way."""

import asyncio
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import redis

from bot import config, connecting
from bot.errors import Misconfigured
from bot.redis_url import FORMS, Target, read
from bot.variables import VARIABLES
from tests.ways import WAYS, Way

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("redis://127.0.0.1:6379/0", Target("redis://127.0.0.1:6379/0")),
        ("rediss://u:p@redis.example/1?ssl_ca_certs=ca", Target("rediss://u:p@redis.example/1?ssl_ca_certs=ca")),
        ("unix:///run/redis.sock?db=1", Target("unix:///run/redis.sock?db=1")),
        (
            "redis+sentinel://u:p%40@a:1,b/lapor/2?sentinel_password=q%2F&health_check_interval=9",
            Target(
                "redis://u:p%40@node/2?health_check_interval=9",
                (("a", 1), ("b", 26379)),
                "lapor",
                "redis://:q%2F@node/0?health_check_interval=9",
            ),
        ),
        (
            "rediss+sentinel://[::1]:1/lapor",
            Target("rediss://node/0?", (("::1", 1),), "lapor", "rediss://:@node/0?"),
        ),
        (
            "redis+cluster://:p@a:7000,b?replicas=1",
            Target("redis://:p@node/0?", (("a", 7000), ("b", 6379)), replicas=1),
        ),
    ],
)
def test_a_url_says_where_the_data_is(url: str, target: Target) -> None:
    assert read(url) == target


@pytest.mark.parametrize(
    "url",
    [
        f"http://:{SECRET}@127.0.0.1",
        f"redis://:{SECRET}/x@127.0.0.1",
        f"redis://:{SECRET}@127.0.0.1:port",
        f"redis://:{SECRET}@127.0.0.1/zero",
        f"redis://:{SECRET}@127.0.0.1/0?colour=blue",
        "unix://",
        f"redis+sentinel://:{SECRET}@127.0.0.1",
        f"redis+sentinel://:{SECRET}@127.0.0.1/lapor/zero",
        f"redis+sentinel://:{SECRET}@/lapor",
        f"redis+cluster://:{SECRET}@127.0.0.1,",
        f"redis+cluster://:{SECRET}@127.0.0.1/1",
        f"redis+cluster://:{SECRET}@127.0.0.1?replicas=all",
        f"redis+cluster://:{SECRET}@127.0.0.1:99999",
    ],
)
def test_a_wrong_url_is_named_without_what_it_says(url: str) -> None:
    with pytest.raises(Misconfigured) as fault:
        config.load({"REDIS_URL": url})
    assert str(fault.value) == f"REDIS_URL must be {FORMS}: {VARIABLES[0].purpose}"


def test_passwords_are_never_shown() -> None:
    url = f"redis+sentinel://:{SECRET}@a:1/lapor?sentinel_password={SECRET}"
    assert SECRET not in repr(read(url)) + repr(connecting.line(url)) + repr(connecting.asynchronous(url))


class Deaf(socketserver.BaseRequestHandler):
    """Hears what comes in, then cuts the line or says nothing for a while."""

    def handle(self) -> None:
        assert isinstance(self.server, Mute)
        self.server.heard.append(self.request.recv(1000))
        if self.server.waits:
            self.request.recv(1)  # until the other side gives up


class Mute(socketserver.ThreadingTCPServer):
    """A server that never answers."""

    daemon_threads = True

    def __init__(self, *, waits: bool) -> None:
        super().__init__(("127.0.0.1", 0), Deaf)
        self.waits = waits
        self.heard: list[bytes] = []


@contextmanager
def mute(*, waits: bool) -> Iterator[Mute]:
    with Mute(waits=waits) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        try:
            yield server
        finally:
            server.shutdown()


def mistake(act: Callable[[], object]) -> type[Exception] | None:
    """Return the kind of error that an act ends with."""
    try:
        act()
    except redis.RedisError as error:
        return type(error)
    return None


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("waits", "error"), [(False, redis.ConnectionError), (True, redis.TimeoutError)])
def test_a_command_whose_answer_is_lost_was_sent_once(way: Way, waits: bool, error: type[Exception]) -> None:  # noqa: FBT001
    with (
        mute(waits=waits) as server,
        way(f"redis://127.0.0.1:{server.server_address[1]}/0?socket_timeout=0.2") as do,
    ):
        assert (mistake(lambda: do("INCR", "n")), server.heard) == (error, [b"*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n"])


@pytest.mark.parametrize("way", WAYS)
def test_replies_are_raw(client: redis.Redis, redis_url: str, way: Way) -> None:
    client.hset("h", mapping={"a": "1"})
    client.xadd("s", {"f": "v"}, id="1-0")
    client.zadd("z", {"m": 1.5})
    with way(redis_url) as do:
        assert [
            do("SET", "k", "v"), do("GET", "k"), do("GET", "none"), do("HGETALL", "h"),
            do("XREAD", "COUNT", 1, "BLOCK", 9, "STREAMS", "s", "0"), do("XREAD", "BLOCK", 1, "STREAMS", "s", "$"),
            do("XRANGE", "s", "-", "+"), do("ZRANGE", "z", 0, -1, "WITHSCORES"), do("EVAL", "return {1, 'a'}", 0),
        ] == [
            b"OK", b"v", None, [b"a", b"1"],
            [[b"s", [[b"1-0", [b"f", b"v"]]]]], None,
            [[b"1-0", [b"f", b"v"]]], [b"m", b"1.5"], [1, b"a"],
        ]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_script_that_is_not_there_yet_is_named(client: redis.Redis, redis_url: str, way: Way) -> None:
    client.script_flush()
    with way(redis_url) as do:
        assert mistake(lambda: do("EVALSHA", "0" * 40, 0)) is redis.exceptions.NoScriptError
        assert do("PING") == b"PONG"


def test_as_many_reads_may_block_as_there_are_partitions(client: redis.Redis, redis_url: str) -> None:
    async def scenario() -> tuple[list[object], object]:
        speaking = connecting.asynchronous(f"{redis_url}?socket_timeout=0.3")
        reads = [
            asyncio.create_task(speaking.execute_command("XREAD", "BLOCK", 500, "STREAMS", f"s{number}", "$"))
            for number in range(64)
        ]
        await asyncio.sleep(0.1)
        said = await speaking.execute_command("PING")
        client.xadd("s7", {"f": "v"}, id="9-0")
        found = await asyncio.gather(*reads)
        await speaking.aclose()
        return found, said

    entries = [[b"s7", [[b"9-0", [b"f", b"v"]]]]]
    assert asyncio.run(scenario()) == ([entries if number == 7 else None for number in range(64)], b"PONG")


def test_the_answer_of_a_read_that_was_given_up_is_nobody_elses(client: redis.Redis, redis_url: str) -> None:
    async def scenario() -> tuple[bool, object]:
        speaking = connecting.asynchronous(redis_url)
        read = asyncio.create_task(speaking.execute_command("XREAD", "BLOCK", 5000, "STREAMS", "s", "$"))
        await asyncio.sleep(0.05)
        read.cancel()
        await asyncio.wait([read])
        client.xadd("s", {"f": "v"})
        said = await speaking.execute_command("PING")
        await speaking.aclose()
        return read.cancelled(), said

    assert asyncio.run(scenario()) == (True, b"PONG")


def test_connections_that_the_server_closed_are_not_used(client: redis.Redis, redis_url: str) -> None:
    async def scenario() -> object:
        speaking = connecting.asynchronous(redis_url)
        await speaking.execute_command("PING")
        client.execute_command("CLIENT", "KILL", "TYPE", "NORMAL", "SKIPME", "YES")
        await asyncio.sleep(0.05)
        said = await speaking.execute_command("PING")
        await speaking.aclose()
        return said

    assert asyncio.run(scenario()) == b"PONG"


@pytest.mark.parametrize("form", ["redis://{}/0", "redis+sentinel://{}/lapor", "redis+cluster://{}"])
@pytest.mark.parametrize("way", WAYS)
def test_where_nothing_listens_that_is_said_at_once(form: str, way: Way) -> None:
    before = time.monotonic()
    with way(form.format("127.0.0.1:9")) as do:
        assert mistake(lambda: do("GET", "k")) is redis.ConnectionError
    assert time.monotonic() - before < 1
