"""What can befall a call of the bot on its way to a twin."""

import io
import socket
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.contract.recording import Application


@dataclass(frozen=True)
class Trouble:
    """An answer given in the twin's place; where `lost`, the twin takes the call and nobody hears its answer."""

    status: int = 500
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    lost: bool = False


LOST = Trouble(lost=True)


class Faults:
    """Passes calls on, but for those that somebody's troubles befall."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._waiting: dict[bytes, deque[Trouble]] = {}
        self.calls: list[str] = []

    def befall(self, mark: str, *troubles: Trouble) -> None:
        """Let troubles befall the next messages that name `mark`, one each."""
        self._waiting[mark.encode()] = deque(troubles)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as the application does, or as the trouble says."""
        asked = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ = {**environ, "wsgi.input": io.BytesIO(asked)}
        trouble = self._next(environ, asked)
        if trouble is None:
            return self._application(environ, start_response)
        if not trouble.lost:
            start_response(f"{trouble.status} trouble", list(trouble.headers.items()))
            return [trouble.body]
        answer = list(self._application(environ, start_response))
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return answer

    def _next(self, environ: Mapping[str, Any], asked: bytes) -> Trouble | None:
        path = environ["PATH_INFO"]
        sends = path.endswith(("/sendMessage", "/sendsms", "/send", "/messages")) or (
            path.endswith("/Messages.json") and environ["REQUEST_METHOD"] == "POST"
        )
        where = environ.get("QUERY_STRING", "").encode() + asked
        mark = next((mark for mark, left in self._waiting.items() if left and mark in where), None)
        return self._waiting[mark].popleft() if sends and mark else None
