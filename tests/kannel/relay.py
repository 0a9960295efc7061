"""A line from Kannel to the bot that loses answers when told to."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from webhooks.route import LATER


class Relay:
    """Passes requests on to the bot at `port`, and its answers back; a context.

    `calls` counts the requests, `losing` is how many answers will get lost from now on, `refusing` how many
    requests are answered as the bot does while its Redis is away. While the bot is away, connections are closed
    without an answer.
    """

    def __init__(self, port: int) -> None:
        self.calls = 0
        self.losing = 0
        self.refusing = 0
        self.bot = port

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Line)
        self._server.relay = self  # type: ignore[attr-defined]
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Where Kannel finds it."""
        return self._server.server_port

    def ask(self, path: str) -> tuple[int, str, bytes] | None:
        """Ask the bot; return status, type and body of its answer, None if there is none or it got lost."""
        self.calls += 1
        if self.refusing:
            self.refusing -= 1
            return LATER.status, LATER.type, LATER.body
        line = http.client.HTTPConnection("127.0.0.1", self.bot, timeout=10)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            found = answer.status, answer.headers["Content-Type"], answer.read()
        except OSError:
            return None
        finally:
            line.close()
        if self.losing:
            self.losing -= 1
            return None
        return found


class _Line(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.server.relay.ask(self.path)  # type: ignore[attr-defined]
        if found is None:
            return
        status, kind, body = found
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""
