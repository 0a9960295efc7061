"""Requests of providers, handed to a web process that has no server around it."""

import httpx
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def post(web: FlaskClient, request: httpx.Request) -> TestResponse:
    """Hand a request over as it stands."""
    headers = [
        (name, value) for name, value in request.headers.raw if name.lower() not in (b"host", b"content-length")
    ]
    return web.open(
        request.url.raw_path.decode(),
        method=request.method,
        headers=[(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers],
        data=request.content,
    )
