"""Asked to stop, the web process answers what is under way, and no stalled request can hold it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import redis

from bot.redis_server import free_port
from tests.faults.framing import REDIS, arguments
from tests.faults.proxy import Fate, Moment, Proxy
from tests.ports import listening
from tests.stranger.carriers import until

SECRET = "hush-hush-hush-hush"
BODY = json.dumps(
    {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 7, "type": "private"},
            "text": "LAPOR jalan berlubang",
        },
    }
).encode()
HEAD = (
    f"POST /webhooks/telegram HTTP/1.1\r\nHost: bot\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
    f"Content-Length: {len(BODY)}\r\nExpect: 100-continue\r\n\r\n"
).encode()
"""What is expected shows that the request is under way: it comes when the body is asked for."""
SERVE = "from bot import serving; serving.run({grace})"


class Web:
    """A web process and where it listens."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process = process
        self.port = port

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 20)

    def stop(self) -> None:
        """Ask it to stop, and wait until it takes no more connections."""
        self.process.send_signal(signal.SIGTERM)
        until(self._closed, "it goes on taking connections")

    def _closed(self) -> bool:
        with suppress(ConnectionRefusedError):
            self.connect().close()
            return False
        return True


@contextmanager
def served(redis_url: str, folder: Path, grace: str = "") -> Iterator[Web]:
    port = free_port()
    environ = {
        **os.environ, "REDIS_URL": redis_url, "PORT": str(port), "TELEGRAM_BOT_TOKEN": "1:t",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
    }  # fmt: skip
    command = [sys.executable, "-c", SERVE.format(grace=grace)]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, env=environ, stdout=log, stderr=log) as process,
    ):
        try:
            listening(port, process)
            yield Web(process, port)
        finally:
            process.kill()


def begin(connection: socket.socket) -> None:
    """Send the head of a request, and wait until its body is wanted."""
    connection.sendall(HEAD)
    assert connection.recv(64) == b"HTTP/1.1 100 Continue\r\n\r\n"


def answer(connection: socket.socket) -> tuple[bytes, bool]:
    """Return the status line, and whether the citizen is answered in it."""
    said = b"".join(iter(lambda: connection.recv(65536), b""))
    return said.partition(b"\r\n")[0], b"sendMessage" in said


@pytest.mark.usefixtures("client")
def test_a_request_whose_body_is_still_coming_is_taken_and_answered(redis_url: str, tmp_path: Path) -> None:
    with served(redis_url, tmp_path) as web, web.connect() as citizen:
        begin(citizen)
        citizen.sendall(BODY[:20])
        web.stop()
        citizen.sendall(BODY[20:])
        said = answer(citizen)
        ended = web.process.wait(20)
    assert (said, ended) == ((b"HTTP/1.1 200 OK", True), 0)


def test_a_turn_that_waits_for_redis_is_finished_and_kept(
    client: "redis.Redis", redis_url: str, tmp_path: Path
) -> None:
    """It is asked to stop in the middle of the turn: the document is read, and the commit is on its way."""
    running: list[Web] = []

    def stop(moment: Moment) -> Fate:
        if running and moment.side == "before" and arguments(moment.request)[0] == b"EVALSHA":
            running.pop().stop()
        return Fate.PASS

    with Proxy(int(redis_url.rpartition(":")[2].partition("/")[0]), REDIS) as line:
        line.rules.append(stop)
        with served(f"redis://127.0.0.1:{line.port}/0", tmp_path) as web, web.connect() as citizen:
            running.append(web)
            begin(citizen)
            citizen.sendall(BODY)
            said = answer(citizen)
            ended = web.process.wait(20)
    assert (said, ended, running) == ((b"HTTP/1.1 200 OK", True), 0, [])
    assert [key for key in client.scan_iter("{p*}:c:*") if client.ttl(key) > 0] != []


@pytest.mark.usefixtures("client")
def test_a_request_that_never_comes_to_its_end_does_not_hold_it(redis_url: str, tmp_path: Path) -> None:
    with served(redis_url, tmp_path, grace="1") as web, web.connect() as stalled:
        begin(stalled)
        stalled.sendall(BODY[:20])
        web.stop()
        ended = web.process.wait(20)
    assert (ended, "Killing worker-1" in (tmp_path / "log").read_text()) == (0, True)
