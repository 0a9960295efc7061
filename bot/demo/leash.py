"""Ends process groups when the process that held them is gone, even by kill -9.

Run as a program of its own, from its path and with the standard library only, so that it starts at once: it reads
the numbers of groups, a line each, and ends them all when the other end of the pipe closes.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from typing import IO, Final, Self, cast

GRACE: Final = 5.0  # seconds between asking and killing


class Leash:
    """Holds process groups; `kept` are file descriptors to keep open until all of them have ended.

    They get `grace` seconds between being asked to end and being killed.
    """

    def __init__(self, *kept: int, grace: float = GRACE) -> None:
        self._watcher = subprocess.Popen(  # noqa: S603 - this very file
            [sys.executable, "-I", "-S", __file__, str(grace)],
            stdin=subprocess.PIPE,
            pass_fds=kept,
            start_new_session=True,
        )
        self._pipe = cast("IO[bytes]", self._watcher.stdin)

    def hold(self, group: int) -> None:
        """End `group` when this process is gone."""
        self._pipe.write(b"%d\n" % group)
        self._pipe.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go; what was held has ended by now."""
        with contextlib.suppress(BrokenPipeError):
            self._pipe.write(b"released\n")
            self._pipe.close()
        self._watcher.wait()


def signal_group(group: int, number: int) -> bool:
    """Send a signal to a group; tell whether anything of it was left to get it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS refuses where only the dead are left
        return False
    return True


def end(groups: Iterable[int], grace: float) -> None:
    """End the groups that are left: ask, wait `grace` seconds, kill."""
    left = [group for group in groups if signal_group(group, signal.SIGTERM)]
    deadline = time.monotonic() + grace
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [group for group in left if signal_group(group, 0)]
    for group in left:
        signal_group(group, signal.SIGKILL)


def watch(lines: Iterable[str], grace: float) -> None:
    """Read groups until the lines end, then end the groups, unless released before."""
    groups = []
    for line in lines:
        if line == "released\n":
            return
        groups.append(int(line))
    end(groups, grace)


if __name__ == "__main__":
    watch(sys.stdin, float(sys.argv[1]))
