"""Redis servers on the loopback interface that a test may kill."""

import signal
import socket
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import redis

from bot import connecting, redis_server
from bot.line import Line
from bot.redis_server import free_port

DURABLE = {"appendonly": "yes", "save": "", "maxmemory-policy": "noeviction", "repl-diskless-sync-delay": 0}


@dataclass
class Server:
    """A server of ours; `line` speaks to it alone."""

    port: int
    process: "subprocess.Popen[bytes]"
    line: Line = field(repr=False)
    frozen: bool = False

    @property
    def lives(self) -> bool:
        """Tell whether it can answer."""
        return not self.frozen and self.process.poll() is None

    def do(self, *command: str | int) -> Any:  # noqa: ANN401 - what Redis says to the command
        """Send it a command."""
        return self.line.do(*command)

    def info(self, section: str) -> dict[str, str]:
        """Return a section of INFO."""
        lines = self.do("INFO", section).decode().splitlines()
        return dict(line.split(":", 1) for line in lines if ":" in line)

    def up(self) -> bool:
        """Tell whether it answers."""
        assert self.process.poll() is None, "the server ended"
        with suppress(redis.RedisError):
            return bool(self.do("PING") == b"PONG")
        return False

    def freeze(self) -> None:
        """Let it do nothing until it is woken."""
        self.frozen = True
        self.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on where it stood."""
        self.process.send_signal(signal.SIGCONT)
        self.frozen = False

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


class Topology(Protocol):
    """Some servers that stand in for one another."""

    url: str
    servers: list[Server]

    def master(self, key: str) -> Server:
        """Return the living master of a key, as most of the others see it."""

    def settled(self) -> bool:
        """Tell whether every key has a living master that the others follow."""


def launch(folder: Path, port: int, options: Mapping[str, str | int], *words: str) -> Server:
    """Start a server that keeps its files in `folder`; `words` come before its options."""
    folder.mkdir(parents=True, exist_ok=True)
    given = {"bind": "127.0.0.1", "port": port, "dir": folder, **options}
    flags = [word for name, value in given.items() for word in (f"--{name}", str(value))]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [redis_server.find(), *words, *flags], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    return Server(port, process, connecting.line(f"redis://127.0.0.1:{port}/0?socket_timeout=1"))


def following(replica: Server) -> bool:
    """Tell whether a replica has all that its master has."""
    return replica.info("replication").get("master_link_status") == "up"


def stop(servers: list[Server]) -> None:
    """End what still runs."""
    for server in servers:
        server.line.close()
        server.kill()


def ports(count: int, apart: int = 0) -> list[int]:
    """Return free ports; the one that lies `apart` after each is free too."""
    found: dict[int, None] = {}
    while len(found) < count:
        port = free_port()
        if port + apart < 65536 and _free(port + apart):
            found[port] = None
    return list(found)


def _free(port: int) -> bool:
    with suppress(OSError), socket.create_server(("127.0.0.1", port)):
        return True
    return False
