"""Programs that a test starts, stops and kills, each by its own id."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.demo.leash import Leash, signal_group

PATIENCE = 15.0


def until(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds, and complain about `what` if it takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


@dataclass
class Program:
    """A program with nothing in its environment but `environ`; what it prints goes to `log`.

    It works in the folder of its log. `leash` ends it should the test be killed.
    """

    command: tuple[str, ...]
    log: Path
    leash: Leash
    ready: Callable[[], object]
    environ: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it is ready."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.log.parent,
                env={"PATH": os.environ["PATH"], **self.environ},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.leash.hold(self.process.pid)

    def wait(self) -> None:
        """Wait until it is ready."""
        until(self._up, f"{self.log.name}: it does not get ready")

    def stop(self) -> None:
        """Ask it to end and wait until it has."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def _up(self) -> object:
        assert self.process
        assert self.process.poll() is None, f"it ended by itself:\n{self.log.read_text(errors='replace')[-2000:]}"
        return self.ready()

    def _end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            signal_group(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None
