"""Starts processes together and stops them together, leaving none behind."""

import contextlib
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGKILL, SIGTERM, signal
from types import FrameType
from typing import Final, NoReturn, Self

from bot.demo.leash import GRACE, Leash, signal_group

PATIENCE: Final = 60.0  # seconds until a process must listen
LAST_WORDS: Final = 12  # lines of its log that are shown when a process ends by itself


@dataclass(frozen=True, slots=True)
class Program:
    """What to run; `port` is where it listens on the loopback interface once it is ready, 0 for nowhere."""

    name: str
    command: tuple[str, ...]
    environ: Mapping[str, str] = field(repr=False)
    port: int = 0


@dataclass(frozen=True, slots=True)
class Child:
    """A process under supervision, the first of a group of its own."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


class Fallen(Exception):
    """A process ended by itself, or never became ready; the message names it and ends with its last words."""


class Stopped(Exception):
    """Somebody asked us to stop: Ctrl-C, SIGTERM, or the terminal was closed."""


class Supervisor:
    """Runs processes as one: when one of them ends, or `asked` is set, there is a reason to stop.

    A context: leaving it stops all that it started, by force after `grace` seconds. Output goes to one file a
    process in `folder`.
    """

    def __init__(self, folder: Path, leash: Leash, asked: threading.Event, grace: float = GRACE) -> None:
        self._folder = folder
        self._leash = leash
        self._asked = asked
        self._grace = grace
        self._watched: list[Child] = []
        self._started: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._started:
            signal_group(child.process.pid, SIGTERM)
        deadline = time.monotonic() + self._grace
        for child in self._started:
            _see_off(child, deadline)

    def mind(self, child: Child) -> None:
        """Watch a process that runs already; who started it stops it."""
        self._leash.hold(child.process.pid)
        self._watched.append(child)

    def start(self, programs: Sequence[Program]) -> None:
        """Start the programs and wait until all of them are ready.

        Raises Fallen where one does not become ready, Stopped when asked to stop meanwhile.
        """
        for program in programs:
            self._spawn(program)
        for program in programs:
            self._await(program)

    def watch(self) -> NoReturn:
        """Wait until there is a reason to stop.

        Raises Fallen when a process ends by itself, Stopped when asked to stop.
        """
        while True:
            self._pause(0.2)

    def _spawn(self, program: Program) -> None:
        path = self._folder / f"{program.name}.log"
        with path.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - what the caller asked for
                program.command,
                env=program.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a Ctrl-C in the terminal is for us to handle
            )
        child = Child(program.name, process, path)
        self._started.append(child)
        self.mind(child)

    def _await(self, program: Program) -> None:
        deadline = time.monotonic() + PATIENCE
        while program.port and not listening(program.port):
            if time.monotonic() > deadline:
                raise Fallen(f"{program.name} does not listen on port {program.port}.")
            self._pause(0.05)

    def _pause(self, seconds: float) -> None:
        if self._asked.wait(seconds):
            raise Stopped
        for child in self._watched:
            if child.process.poll() is not None:
                raise Fallen(_obituary(child))


@contextlib.contextmanager
def asked_to_stop() -> Iterator[threading.Event]:
    """Yield what is set when somebody asks this process to stop, instead of ending it on the spot."""
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    before = {number: signal(number, ask) for number in (SIGINT, SIGTERM, SIGHUP)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal(number, handler)


def listening(port: int) -> bool:
    """Tell whether something listens on a TCP port of the loopback interface."""
    with socket.socket() as attempt:
        attempt.settimeout(1)
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def _see_off(child: Child, deadline: float) -> None:
    """Wait for the end of a process that was asked to end, then kill what is left of its group."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.process.wait(max(0.0, deadline - time.monotonic()))
    signal_group(child.process.pid, SIGKILL)
    child.process.wait()


def _obituary(child: Child) -> str:
    code = child.process.returncode
    how = f"with status {code}" if code >= 0 else f"by signal {-code}"
    words = child.log.read_text(errors="replace").splitlines()[-LAST_WORDS:]
    return "\n".join([f"{child.name} ended {how}; {child.log} ends with:", *words])
