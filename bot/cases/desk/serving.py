"""Running the desk: its web process, and in it the thread that tells the bot of events."""

import os
import threading
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from bot import logs
from bot.cases.desk.app import JAKARTA, create_desk
from bot.cases.desk.outgoing import Outgoing
from bot.config import Desk

THREADS: Final = 4


def serve_desk(
    settings: Desk, *, host: str = "127.0.0.1", framed_by: str = "", timezone: ZoneInfo = JAKARTA
) -> None:
    """Serve the desk on `settings.port` until SIGTERM or SIGINT, then finish what is under way.

    Call it from the main thread of its own process. `framed_by` and `timezone` are those of `create_desk`.
    """
    os.umask(0o077)  # the database holds what citizens wrote
    server = Server(
        "bot.cases.desk.app",
        address=host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=partial(_load, settings, framed_by, timezone), wrap_loader=False)


def _load(settings: Desk, framed_by: str, timezone: ZoneInfo) -> Flask:
    logs.configure()
    # In the worker process: an open SQLite database must not be carried over a fork.
    app = create_desk(settings, framed_by, timezone)
    outgoing = Outgoing(app.extensions["database"], settings)
    threading.Thread(target=outgoing.run, name="events", daemon=True).start()
    return app
