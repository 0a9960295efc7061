"""The desk as a process."""

import http.server
import json
import multiprocessing
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from queue import Queue
from typing import Any

import httpx
import pytest
from case_samples import NOON, REPORT, TOKEN, a_key

from bot.cases.desk import serve_desk
from bot.cases.desk.database import Database
from bot.cases.desk.docket import Docket
from bot.cases.desk.moves import Move
from bot.config import Desk


@pytest.fixture
def heard() -> Iterator[tuple[str, "Queue[dict[str, Any]]"]]:
    """Serve a bot that hears events; return its address and what it heard."""
    events: Queue[dict[str, Any]] = Queue()

    class Bot(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            events.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bot)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/webhooks/lapor", events
    server.shutdown()
    thread.join()
    server.server_close()


def answering(url: str) -> None:
    """Wait until the desk answers, half a minute at most: a busy machine takes its time to start it."""
    deadline = time.monotonic() + 30
    while True:
        try:
            httpx.get(f"{url}/masuk")
        except httpx.TransportError:
            assert time.monotonic() < deadline, "the desk does not start"
            time.sleep(0.05)
        else:
            return


def test_the_desk_serves_tells_the_bot_and_stops_when_told(
    settings: Desk, unused_port: int, heard: tuple[str, "Queue[dict[str, Any]]"]
) -> None:
    """A report comes in over HTTP, the officer's number goes out to the bot, SIGTERM ends it all."""
    events_url, events = heard
    settings = replace(settings, port=unused_port, events_url=events_url)
    process = multiprocessing.get_context("spawn").Process(target=serve_desk, args=(settings,))
    process.start()
    try:
        answering(f"http://127.0.0.1:{unused_port}")
        filed = httpx.post(
            f"http://127.0.0.1:{unused_port}/v1/reports",
            json=REPORT,
            headers=TOKEN | {"Idempotency-Key": a_key()},
        ).json()
        database = Database(settings.database_url)
        number = Move("tracking_id_assigned", tracking_id="9165816")
        Docket(database).act(filed["report_id"], number, "form", NOON)
        database.close()
        told = events.get(timeout=10)
        assert (told["report_id"], told["tracking_id"]) == (filed["report_id"], "9165816")
    finally:
        process.terminate()
        process.join(10)
    assert process.exitcode == 0
