"""What went over the line to a twin, noted on the way."""

import io
from collections.abc import Callable, Iterable
from typing import Any

from tests.contract.described import Exchange

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Recorder:
    """Passes calls on to an application and notes those whose path begins with one of `roots`."""

    def __init__(self, application: Application, *roots: str) -> None:
        self._application = application
        self._roots = roots
        self.seen: list[Exchange] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as the application does."""
        if not environ["PATH_INFO"].startswith(self._roots):
            return self._application(environ, start_response)
        asked = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        told: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *more: object) -> Any:  # noqa: ANN401 - as WSGI has it
            told.append(status)
            return start_response(status, headers, *more)

        answer = b"".join(self._application({**environ, "wsgi.input": io.BytesIO(asked)}, start))
        status = int(told[0].partition(" ")[0])
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        self.seen.append(Exchange(environ["REQUEST_METHOD"], path, query, asked, status, answer))
        return [answer]
