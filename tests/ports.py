"""Waiting for a port on the loopback interface to be taken."""

import socket
import subprocess
import time


def listening(port: int, process: "subprocess.Popen[bytes]", patience: float = 30) -> None:
    """Wait until a process listens; fail when it ends before."""
    until = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nothing listens on {port}; exit status {process.poll()}")
