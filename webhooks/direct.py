"""The way past Flask for webhooks: a turn needs none of its contexts, and they cost more than the dialog does."""

from collections.abc import Callable, Iterable
from functools import partial
from http import HTTPStatus
from typing import Any, Final, TypeAlias

from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.wsgi import get_input_stream

from webhooks.route import LIMIT, Answer, Denied, Request, Route, serve

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[..., Any]
Application: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]

# Granian closes a connection with an unread body, and the other side may be reset before it has our answer.
DRAINED: Final = 4 * 1024 * 1024  # bytes
DIGITS: Final = 9  # of a length that is read as a number
STATUSES: Final = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class Direct:
    """Serves routes by their path; what they do not take is for the application around which this is put."""

    def __init__(self, application: Application, routes: Iterable[Route]) -> None:
        self._rest = application
        self._routes = {route.path: route for route in routes}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request as WSGI (PEP 3333) wants it."""
        route = self._routes.get(environ["PATH_INFO"])
        method = environ["REQUEST_METHOD"]
        if route is None or method not in route.methods:
            return self._rest(environ, start_response)
        query = environ.get("QUERY_STRING", "").encode("latin-1", "replace")
        answer = serve(route, Request(method, query, environ, partial(body_of, environ, route.limit)))
        start_response(STATUSES[answer.status], headers_of(answer))
        return [answer.body]


def headers_of(answer: Answer) -> list[tuple[str, str]]:
    """Return the headers of an answer."""
    headers = [
        ("Content-Type", answer.type),
        ("Content-Length", str(len(answer.body))),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),  # some GET here act
    ]
    if answer.after:
        headers.append(("Retry-After", str(answer.after)))
    return headers


def body_of(environ: Environ, limit: int = LIMIT) -> bytes:
    """Return the body of a request.

    Raises Denied (413 for one over `limit` bytes, 400 for one that was cut).
    """
    length = environ.get("CONTENT_LENGTH", "")
    usual = length.isascii() and length.isdecimal() and len(length) <= DIGITS
    if usual and int(length) <= limit and "HTTP_TRANSFER_ENCODING" not in environ:
        return _whole(environ, int(length))
    return _bounded(environ, limit)


def _whole(environ: Environ, length: int) -> bytes:
    """Return a body whose length is said, as nearly all are; werkzeug's stream would take three times as long."""
    body: bytes = environ["wsgi.input"].read(length)
    if len(body) < length:
        raise Denied(400, "cut")
    return body


def _bounded(environ: Environ, limit: int) -> bytes:
    try:
        # Of a body without a length so much is read and nothing said, hence one byte more than is allowed.
        body = get_input_stream(environ, max_content_length=limit + 1).read()
    except RequestEntityTooLarge:
        environ["wsgi.input"].read(DRAINED)
        raise Denied(413, "oversized") from None
    except ClientDisconnected:
        raise Denied(400, "cut") from None
    if len(body) > limit:
        raise Denied(413, "oversized")
    return body
