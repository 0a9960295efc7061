"""Ports on the loopback interface: one that is free, and waiting for one to be taken."""

import socket
import subprocess
import time


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


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
