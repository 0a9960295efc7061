"""The web process: Granian around the WSGI application, one process per core."""

import os
import tempfile
from typing import Final

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from bot import bootstrap, logs

THREADS: Final = 1
"""Requests at once in a process: a turn is all computing, and threads only take turns with it."""

DEMO_THREADS: Final = 8
"""The demo's page asks the twins, which ask the webhooks of the same process."""


GRACE: Final = 20
"""Seconds in which what is under way is finished; without an end one stalled request would hold us for ever."""


def run(grace: int = GRACE) -> None:
    """Serve on `PORT` until SIGTERM or SIGINT, then finish what is under way within `grace` seconds.

    `WEB_CONCURRENCY` is the number of processes. Raises Misconfigured before anything starts.
    """
    logs.configure()
    settings = bootstrap.settings()
    processes = int(os.environ.get("WEB_CONCURRENCY", "1"))
    if processes > 1:  # their counters are added up in files
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="lapor-metrics-"))
    demo = bool(os.environ.get("LAPOR_DEMO"))
    Server(
        "webhooks.wsgi:app",
        address="127.0.0.1" if demo else "0.0.0.0",  # noqa: S104 - as PORT says
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=DEMO_THREADS if demo else THREADS,
        workers_kill_timeout=grace,
        log_level=LogLevels.warning,
    ).serve()
