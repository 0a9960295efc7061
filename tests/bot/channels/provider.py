"""A provider on this machine: notes what it is asked and answers from a script."""

import asyncio
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol, TypeVar
from urllib.parse import parse_qsl, urlsplit

from bot.errors import Failure


@dataclass(frozen=True)
class Asked:
    """A request as the provider saw it; `fields` are those of the query and of a form."""

    method: str
    path: str
    fields: dict[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """An answer; a silent one takes the request and never answers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    silent: bool = False


SILENCE = Reply(silent=True)


class Provider:
    """What it was asked, and what it will answer, always at some paths and else in order; the last answer stays."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[Asked] = []
        self.replies: deque[Reply] = deque()
        self.by_path: dict[str, Reply] = {}
        self.closing = threading.Event()

    def script(self, *replies: Reply) -> None:
        """Say what to answer, in order."""
        self.replies = deque(replies)

    def take(self, asked: Asked) -> Reply:
        """Note a request and choose the answer."""
        self.asked.append(asked)
        if asked.path in self.by_path:
            return self.by_path[asked.path]
        return self.replies.popleft() if len(self.replies) > 1 else self.replies[0]


class Closing(Protocol):
    """Something that lets go of connections."""

    async def close(self) -> None:
        """Let go."""


def outcome(sender: Closing, act: Callable[[], Awaitable[object]]) -> object:
    """Do one thing with a sender and return what came of it; of a failure its kind, when to try again, and why."""

    async def whole() -> object:
        try:
            return await act()
        except Failure as failure:
            more = getattr(failure, "after", 0.0) or getattr(failure, "why", "")
            return (type(failure).__name__, more) if more else type(failure).__name__
        finally:
            await sender.close()

    return asyncio.run(whole())


Made = TypeVar("Made", bound=Provider)


@contextmanager
def serving(make: Callable[[str], Made] = Provider) -> Iterator[Made]:  # type: ignore[assignment]
    """Serve a provider, made from its address, on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = False
    server.provider = provider = make(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        provider.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        reply = provider.take(self._asked())
        if reply.silent:
            provider.closing.wait(timeout=30)
            return
        self.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # who asked may have heard enough
            self.wfile.write(reply.body)

    do_GET = do_POST = _answer  # noqa: N815 - http.server calls them so

    def _asked(self) -> Asked:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        url = urlsplit(self.path)
        pairs = parse_qsl(url.query, keep_blank_values=True) + parse_qsl(body.decode("utf-8", "replace"))
        return Asked(self.command, url.path, dict(pairs), dict(self.headers.items()), body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""
