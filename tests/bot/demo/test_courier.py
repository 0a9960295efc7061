"""Delivery to webhooks: in order, again after a failure, and not for ever."""

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager

import flask
import httpx
import pytest

from bot.demo.twins.app import serving
from bot.demo.twins.courier import Courier
from bot.redis_server import free_port
from tests.bot.demo.stage import Echo


@contextmanager
def courier(*waits: float) -> Iterator[Courier]:
    """Give a courier and close it afterwards."""
    carrier = Courier(waits)
    yield carrier
    carrier.close()


@pytest.fixture
def echo() -> Echo:
    """Return a bot that only writes down."""
    return Echo()


@pytest.fixture
def url(echo: Echo) -> Iterator[str]:
    """Yield the address of its webhook."""
    with serving(echo.app()) as address:
        yield f"{address}/webhooks/x"


def numbered(url: str, number: int) -> httpx.Request:
    """Make a request that can be told from others."""
    return httpx.Request("GET", url, params={"n": number})


def test_each_lane_keeps_its_order_and_holds_up_no_other(echo: Echo, url: str) -> None:
    """While one lane waits for its next attempt, another goes on."""
    echo.answers.append(flask.Response(status=503, headers={"Retry-After": "1"}))
    with courier(0.0) as carrier:
        carrier.carry("a", numbered(url, 1), lambda _: None)
        carrier.carry("a", numbered(url, 2), lambda _: None)
        order = [echo.hit().args["n"]]
        carrier.carry("b", numbered(url, 3), lambda _: None)
        order += [echo.hit().args["n"] for _ in range(3)]
    assert order == ["1", "3", "1", "2"]


@pytest.mark.parametrize(("said", "least"), [("1", 1.0), ("soon", 0.0), ("", 0.0)])
def test_it_waits_at_least_as_long_as_the_webhook_says(said: str, least: float, echo: Echo, url: str) -> None:
    """`Retry-After` in seconds is honoured, anything else is not understood."""
    echo.answers.append(flask.Response(status=503, headers={"Retry-After": said}))
    began = time.monotonic()
    with courier(0.0) as carrier:
        carrier.carry("a", httpx.Request("GET", url), lambda _: None)
        echo.hit()
        echo.hit()
    assert time.monotonic() - began >= least


def test_where_nobody_listens_it_gives_up_after_the_last_attempt() -> None:
    """Whoever waits for the answer is told that there is none."""
    told: queue.Queue[httpx.Response | None] = queue.Queue()
    with courier(0.0, 0.0) as carrier:
        carrier.carry("a", httpx.Request("GET", f"http://127.0.0.1:{free_port()}/"), told.put)
        assert told.get(timeout=20) is None


def test_closing_drops_what_waits_for_its_next_attempt(echo: Echo, url: str) -> None:
    """An hour's wait ends at once, and nothing is delivered after it."""
    echo.answers.append(flask.Response(status=500))
    told: queue.Queue[httpx.Response | None] = queue.Queue()
    with courier(3600.0) as carrier:
        carrier.carry("a", httpx.Request("GET", url), told.put)
        echo.hit()
    assert (told.get(timeout=20), echo.hits.empty()) == (None, True)
