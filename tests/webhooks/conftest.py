"""The web process with a rest of the bot that only takes notes."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.webhooks.rest import Rest, web_of


@pytest.fixture
def rest() -> Rest:
    """Return a rest of the bot that only takes notes."""
    return Rest()


@pytest.fixture
def web(rest: Rest) -> FlaskClient:
    """Return a client of the web process with every channel on."""
    return web_of(rest)


@pytest.fixture
def counted(web: FlaskClient) -> Callable[[str], float]:
    """Return a reader of counters, such as `lapor_turns_total{channel="sms"}`, as /metrics shows them."""

    def count(line: str) -> float:
        lines = web.get("/metrics").text.splitlines()
        return next((float(each.removeprefix(line)) for each in lines if each.startswith(f"{line} ")), 0.0)

    return count
