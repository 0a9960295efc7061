"""The demo's processes run and end together."""

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from bot.redis_server import free_port

SUPERVISE = """
import json, os, sys
from pathlib import Path
from bot.demo.leash import Leash
from bot.demo.supervisor import Fallen, Program, Stopped, Supervisor, asked_to_stop

folder, rows = Path(sys.argv[1]), json.loads(sys.argv[2])
try:
    with asked_to_stop() as asked, Leash(grace=0.3) as leash, Supervisor(folder, leash, asked, 0.3) as supervisor:
        supervisor.start([Program(name, tuple(command), os.environ, port) for name, command, port in rows])
        print("ready", flush=True)
        supervisor.watch()
except Stopped:
    print("stopped")
except Fallen as fallen:
    sys.exit(str(fallen))
"""
ALIVE = """
import fcntl, signal, socket, subprocess, sys
mark = open(sys.argv[1], "w")
fcntl.flock(mark, fcntl.LOCK_EX)  # let go when the process is gone, however it went
"""
WAIT = "print('waiting', flush=True); signal.pause()"
STUBBORN = "signal.signal(signal.SIGTERM, signal.SIG_IGN); " + WAIT
LISTENER = "listener = socket.create_server(('127.0.0.1', int(sys.argv[2]))); " + WAIT
PARENT = "subprocess.Popen([sys.executable, '-c', sys.argv[3], sys.argv[2], '']); " + WAIT
FALLING = """
while socket.socket().connect_ex(("127.0.0.1", int(sys.argv[2]))):
    pass
sys.exit("no more money")
"""

Row = tuple[str, list[str], int]


def program(folder: Path, name: str, source: str, *more: str, port: int = 0) -> Row:
    """Describe a stand-in for a process of the demo."""
    return name, [sys.executable, "-c", ALIVE + source, str(folder / f"{name}.alive"), *more], port


def crew(folder: Path) -> list[Row]:
    """Describe one that listens, one that will not listen to reason, and one with a child of its own."""
    port = free_port()
    return [
        program(folder, "listener", LISTENER, str(port), port=port),
        program(folder, "stubborn", STUBBORN),
        program(folder, "parent", PARENT, str(folder / "grandchild.alive"), ALIVE + STUBBORN),
    ]


def started(folder: Path, rows: list[Row]) -> "subprocess.Popen[str]":
    """Start a supervisor of these programs."""
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, str(folder), json.dumps(rows)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def await_waiting(folder: Path, rows: list[Row]) -> None:
    """Return when every program, and the one behind `parent`, does what it is for."""
    for name, _, _ in rows:
        while (folder / f"{name}.log").read_text().count("waiting") < 1 + (name == "parent"):
            os.sched_yield()


def await_gone(folder: Path) -> list[str]:
    """Wait until every process that left a mark is gone; return their names."""
    marks = sorted(folder.glob("*.alive"))
    for mark in marks:
        with mark.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
    return [mark.stem for mark in marks]


@pytest.fixture
def running(tmp_path: Path) -> "Iterator[subprocess.Popen[str]]":
    """Yield a supervisor whose programs all do what they are for."""
    rows = crew(tmp_path)
    with started(tmp_path, rows) as supervisor:
        assert read(supervisor.stdout) == "ready\n"
        await_waiting(tmp_path, rows)
        yield supervisor
        supervisor.kill()


def read(stream: IO[str] | None) -> str:
    """Read a line."""
    assert stream is not None
    return stream.readline()


ALL = ["grandchild", "listener", "parent", "stubborn"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_when_asked_to_stop_it_leaves_nothing_behind(
    number: signal.Signals, running: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    """Neither a process that ignores SIGTERM nor a grandchild is left."""
    running.send_signal(number)
    assert (running.communicate()[0], running.returncode, await_gone(tmp_path)) == ("stopped\n", 0, ALL)


def test_when_killed_without_a_word_it_leaves_nothing_behind(
    running: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    """The other end of the leash ends what the dead supervisor cannot."""
    running.kill()
    assert (await_gone(tmp_path), running.wait()) == (ALL, -signal.SIGKILL)


def test_when_a_process_ends_the_others_are_stopped_and_it_is_named(tmp_path: Path) -> None:
    """The message says which, how, where its log is, and its last words."""
    port = free_port()
    rows = [
        program(tmp_path, "web", LISTENER, str(port), port=port),
        program(tmp_path, "worker", FALLING, str(port)),
    ]
    with started(tmp_path, rows) as supervisor:
        said = supervisor.communicate()[1]
    told = f"worker ended with status 1; {tmp_path}/worker.log ends with:\nno more money\n"
    assert (said, supervisor.returncode, await_gone(tmp_path)) == (told, 1, ["web", "worker"])


def test_a_process_killed_from_outside_is_named_with_the_signal(tmp_path: Path) -> None:
    """A kill by the system, for lack of memory say, can be told from a fault of the process."""
    rows = [program(tmp_path, "web", "import os; os.kill(os.getpid(), signal.SIGKILL)")]
    with started(tmp_path, rows) as supervisor:
        said = supervisor.communicate()[1]
    assert said == f"web ended by signal 9; {tmp_path}/web.log ends with:\n"
