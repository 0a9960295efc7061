"""Processes that can be killed, frozen and started again: those of the bot, and Redis."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import redis

from bot import redis_server
from tests.faults.proxy import Proxy

ROOT = Path(__file__).parents[2]


@dataclass
class Program:
    """`lapor-bot <command>` with nothing in its environment but `environ`; what it prints goes to `log`."""

    command: str
    environ: Mapping[str, str]
    log: Path
    starts: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it, as the head of a process group of its own, so that its children end with it."""
        with self._lock, self.log.open("ab") as log:
            self.starts += 1
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", self.command],
                cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def send(self, number: signal.Signals) -> None:
        """Send a signal to all of it, if it lives."""
        with self._lock:
            if self._process and self._process.poll() is None:
                os.killpg(self._process.pid, number)

    def poll(self) -> int | None:
        """Return how it ended, None while it lives."""
        return self._process.poll() if self._process else None

    def kill(self) -> None:
        """End it without warning."""
        with self._lock:
            self.send(signal.SIGKILL)
            self._wait(10)

    def again(self) -> None:
        """Kill it and start it anew, as one who watches over it would."""
        with self._lock:
            self.kill()
            self.start()

    def stop(self) -> None:
        """Ask it to end, and kill it if it does not."""
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        try:
            self._wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def _wait(self, seconds: float) -> None:
        if self._process:
            self._process.wait(seconds)


class RedisProgram:
    """A Redis with its append-only file in `folder`; where it is started again, `lines` lead to its new port.

    What it acknowledged is on the disk: with `appendfsync everysec` it may answer before it has written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self.lines: list[Proxy] = []
        self.start()

    @property
    def port(self) -> int:
        """Where it listens now."""
        return urlsplit(self._server.url).port or 0

    def freeze(self) -> None:
        """Let it stand still."""
        if self._server.process:
            self._server.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on."""
        if self._server.process:
            self._server.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it as a power cut would."""
        with self._lock:
            self._server.kill()

    def start(self) -> None:
        """Start it on its data."""
        with self._lock:
            self._server = redis_server.launch(self._folder)
            with redis.Redis(port=self.port) as client:
                client.config_set("appendfsync", "always")
            for line in self.lines:
                line.target = self.port

    def again(self) -> None:
        """Kill it and start it on its data."""
        with self._lock:
            self.kill()
            self.start()

    def stop(self) -> None:
        """End it in good order."""
        self._server.stop()
