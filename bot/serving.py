"""The web process: Granian around the WSGI application, one process per core."""

import os
import tempfile
from typing import Final

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from bot import bootstrap, logs

THREADS: Final = 4
"""Requests at once in a process; one whose body does not come holds a thread, so a proxy must stand before it."""


def run() -> None:
    """Serve on `PORT` until SIGTERM or SIGINT, then finish what is under way.

    `WEB_CONCURRENCY` is the number of processes. Raises Misconfigured before anything starts.
    """
    logs.configure()
    settings = bootstrap.settings()
    processes = int(os.environ.get("WEB_CONCURRENCY", "1"))
    if processes > 1:  # their counters are added up in files
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="lapor-metrics-"))
    Server(
        "webhooks.wsgi:app",
        address="127.0.0.1" if os.environ.get("LAPOR_DEMO") else "0.0.0.0",
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()
