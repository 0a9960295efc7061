"""A server of the stranger's own on the loopback interface: it notes what it is asked and can be made to fail."""

import json
import socket
import sys
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request; `fields` are those of the query and of a form."""

    method: str
    path: str
    fields: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - whatever was sent
        """Return the body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """What goes back; `data` is sent as JSON where it is not bytes."""

    status: int = 200
    data: object = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def raw(self) -> bytes:
        """Return the body."""
        return self.data if isinstance(self.data, bytes) else json.dumps(self.data).encode()


CUT = Answer(0)
"""No answer: the connection is closed."""


@dataclass(frozen=True)
class Trouble:
    """How one request fails: it `takes` what was asked or not, waits, then gives `instead`, if set, as its answer.

    `then` is called after it was taken.
    """

    instead: Answer | None = None
    takes: bool = False
    seconds: float = 0.0
    then: Callable[[], object] = int


class Double:
    """A server; `troubles` are what comes first for an address or, under an empty one, for anybody."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.troubles: defaultdict[str, deque[Trouble]] = defaultdict(deque)
        self.lock = threading.RLock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.double = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        """Return where it is reached, without a path."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def who(self, _asked: Asked) -> str:
        """Return the address of the citizen that a request is about, empty if it is about none."""
        return ""

    def take(self, asked: Asked) -> Answer:
        """Do what is asked."""
        raise NotImplementedError

    def answer(self, asked: Asked) -> Answer:
        """Do what is asked, or fail as the next trouble says."""
        with self.lock:
            self.asked.append(asked)
            waiting = self.troubles[self.who(asked)]
            trouble = waiting.popleft() if waiting else Trouble(takes=True)
            right = self.take(asked) if trouble.takes else CUT
        trouble.then()
        time.sleep(trouble.seconds)
        return trouble.instead or right

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    double: Double

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that was killed or gave up."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*_)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        url = urlsplit(self.path)
        pairs = parse_qsl(url.query, keep_blank_values=True)
        if self.headers.get_content_type() == "application/x-www-form-urlencoded":
            pairs += parse_qsl(body.decode(), keep_blank_values=True)
        asked = Asked(self.command, url.path, dict(pairs), self.headers, body)  # type: ignore[arg-type]
        self._send(self.server.double.answer(asked))

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 - http.server calls them so

    def _send(self, answer: Answer) -> None:
        if answer is CUT:
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        raw = answer.raw()
        self.send_response(answer.status)
        types = {} if isinstance(answer.data, bytes) else {"Content-Type": "application/json"}
        for name, value in {**types, **answer.headers, "Content-Length": str(len(raw))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""
