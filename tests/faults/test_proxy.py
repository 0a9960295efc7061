"""The line passes what it is given, and at a chosen message does what it is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
import redis

from tests.faults.framing import HTTP, REDIS, arguments
from tests.faults.proxy import Fate, Moment, Proxy
from tests.stranger.doubles import Answer, Asked, Double


class Echo(Double):
    """Says what it was asked, in a body whose length it tells."""

    def take(self, asked: Asked) -> Answer:
        return Answer(200, asked.path.encode())


@pytest.fixture
def echo() -> Iterator[Echo]:
    with Echo() as double:
        yield double


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])


def _get(port: int, path: str, seconds: float = 5.0) -> str:
    """Ask by the line; return the answer, or the name of what went wrong."""
    try:
        with httpx.Client(timeout=seconds, trust_env=False) as http:
            return http.get(f"http://127.0.0.1:{port}{path}").text
    except httpx.TransportError as error:
        return type(error).__name__


@pytest.mark.parametrize(
    ("side", "fate", "answer", "taken"),
    [
        ("before", Fate.PASS, "/b", ["/a", "/b"]),
        ("before", Fate.CUT, "RemoteProtocolError", ["/a"]),
        ("after", Fate.CUT, "RemoteProtocolError", ["/a", "/b"]),
        ("before", Fate.HOLD, "ReadTimeout", ["/a"]),
        ("after", Fate.HOLD, "ReadTimeout", ["/a", "/b"]),
    ],
)
def test_a_chosen_request_is_cut_or_held_before_or_after_the_other_side_took_it(
    echo: Echo, side: str, fate: Fate, answer: str, taken: list[str]
) -> None:
    with Proxy(_port(echo.url), HTTP) as line:
        line.rules.append(lambda at: fate if at.side == side and b"/b" in at.request else Fate.PASS)
        said = [_get(line.port, "/a"), _get(line.port, "/b", 0.5)]
    assert (said, [each.path for each in echo.asked]) == (["/a", answer], taken)


def test_a_rule_sees_every_request_before_and_after(echo: Echo) -> None:
    seen: list[tuple[str, bytes, bytes]] = []

    def look(at: Moment) -> Fate:
        seen.append((at.side, at.request.split()[1], at.reply[-2:]))
        return Fate.PASS

    with Proxy(_port(echo.url), HTTP) as line:
        line.rules.append(look)
        _get(line.port, "/a")
        _get(line.port, "/b")
    assert seen == [
        ("before", b"/a", b""), ("after", b"/a", b"/a"), ("before", b"/b", b""), ("after", b"/b", b"/b"),
    ]  # fmt: skip


def test_a_line_that_refuses_takes_connections_again_on_the_same_port(echo: Echo) -> None:
    with Proxy(_port(echo.url), HTTP) as line:
        said = [_get(line.port, "/a")]
        line.refuse()
        said.append(_get(line.port, "/b"))
        line.admit()
        said.append(_get(line.port, "/c"))
    assert said == ["/a", "ConnectError", "/c"]


@pytest.mark.parametrize("protocol", [2, 3])
def test_commands_of_redis_pass_one_by_one_even_in_a_pipeline(client: "redis.Redis", protocol: int) -> None:
    seen: list[tuple[str, bytes]] = []

    def look(at: Moment) -> Fate:
        name, *_ = arguments(at.request)
        seen.append((at.side, name)) if name in {b"SET", b"HSET", b"HGETALL"} else None
        return Fate.PASS

    given = client.connection_pool.connection_kwargs
    with Proxy(given["port"], REDIS) as line, redis.Redis(port=line.port, protocol=protocol) as through:
        line.rules.append(look)
        pipeline = through.pipeline(transaction=False)
        pipeline.set("a", b"\r\n$3\r\n").hset("h", "f", "v").hgetall("h")
        done = pipeline.execute()
    assert (done, sorted(seen)) == (
        [True, 1, {b"f": b"v"}],
        sorted((side, name) for side in ("before", "after") for name in (b"SET", b"HSET", b"HGETALL")),
    )


def test_a_body_in_chunks_passes_whole() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    ends = [HTTP.reply(chunked[:cut], 0) for cut in range(len(chunked) + 1)]
    assert ends == [0] * len(chunked) + [len(chunked)]


def test_a_message_in_many_pieces_passes_whole() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with Proxy(server.getsockname()[1], REDIS) as line:
            client = socket.create_connection(("127.0.0.1", line.port))
            far, _ = server.accept()
            thread = threading.Thread(target=_trickle, args=(client, b"*2\r\n$3\r\nGET\r\n$1\r\nk\r\n"))
            thread.start()
            got = b""
            while len(got) < 20:
                got += far.recv(64)
            far.sendall(b"$-1\r\n")
            answer = client.recv(64)
            thread.join()
        for each in (client, far):
            each.close()
    assert (got, answer) == (b"*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", b"$-1\r\n")


def _trickle(client: socket.socket, data: bytes) -> None:
    with suppress(OSError):
        for byte in data:
            client.sendall(bytes([byte]))
