"""Requests as no library sends them, byte by byte to the real server."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.redis_server import free_port
from tests.ports import listening

SECRET = b"X-Telegram-Bot-Api-Secret-Token: telegram-secret\r\n"
POST = b"POST /webhooks/telegram HTTP/1.1\r\nHost: lapor.example\r\n"
CHUNK = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
SMS = b"/webhooks/sms?secret=gerbang+rahasia&from=081234567890&id=7&text="


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the server writes what it logs."""
    return tmp_path_factory.mktemp("alone") / "log"


@pytest.fixture(scope="module")
def port(log: Path) -> Iterator[int]:
    """Serve the webhooks on a loopback port."""
    number = free_port()
    command = [sys.executable, "-m", "tests.webhooks.alone", str(number)]
    with log.open("wb") as written, subprocess.Popen(command, stdout=written, stderr=written) as process:
        try:
            listening(number, process)
            yield number
        finally:
            process.terminate()


def ask(port: int, request: bytes) -> int:
    """Send bytes and return the status of the answer; 0 where the connection is closed without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(request)
        answer = line.recv(65536)
    status = re.match(rb"HTTP/1\.1 (\d{3})", answer)
    return int(status[1]) if status else 0


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        (SECRET + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNK * 5 + b"0\r\n\r\n", 413),
        (SECRET + b"Content-Length: 300000\r\n\r\n" + b" " * 300_000, 413),
        (SECRET + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n\r\n", 400),
        (SECRET + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x", 400),
        (SECRET + b"Content-Length: -2\r\n\r\n{}", 400),
        (SECRET + b"Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b", 400),
        (b"X-Telegram-Bot-Api-Secret-Token: telegram-secr\xc3\xa9t\r\nContent-Length: 2\r\n\r\n{}", 401),
        (b"X-Telegram-Bot-Api-Secret-Token: \r\nContent-Length: 2\r\n\r\n{}", 401),
    ],
    ids=(
        "endless chunks",
        "too long",
        "two kinds of length",
        "two lengths",
        "less than nothing",
        "compressed",
        "a secret that is not ASCII",
        "an empty secret",
    ),
)
def test_a_request_that_is_twisted_is_refused(rest: bytes, status: int, port: int) -> None:
    """The server or we say no, and neither fails."""
    assert ask(port, POST + rest) == status


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"X-Forwarded-For: 10.20.0.1\r\n",
        b"X_Forwarded_For: 10.20.0.1\r\n",
        b"X-Forwarded-For: \xc3\xa9\r\n",
        b"Remote-Addr: 10.20.0.1\r\n",
    ],
)
def test_no_header_makes_a_stranger_the_gateway(header: bytes, port: int) -> None:
    """The connection tells who calls."""
    request = b"GET " + SMS + b"x HTTP/1.1\r\nHost: lapor.example\r\n" + header + b"\r\n"

    assert ask(port, request) == 403


@pytest.mark.parametrize("text", [b"\xc3\xa9", b"\xe9", b"%00", b"a" * 100_000])
def test_no_query_makes_the_server_fail(text: bytes, port: int) -> None:
    """Bytes that have no place in an address are refused before us, or by us."""
    request = b"GET " + SMS + text + b" HTTP/1.1\r\nHost: lapor.example\r\n\r\n"

    assert 400 <= ask(port, request) < 500


def test_nothing_of_a_request_is_logged(port: int, log: Path) -> None:
    """Neither its address nor a secret, a number or a text, nor a trace of an error."""
    ask(port, b"GET " + SMS + b"jalan+rusak HTTP/1.1\r\nHost: lapor.example\r\n\r\n")

    written = log.read_text()
    words = ("gerbang", "telegram-sec", "81234567890", "jalan", "webhooks/sms", "Traceback")
    assert (written != "", [word for word in words if word in written]) == (True, [])
