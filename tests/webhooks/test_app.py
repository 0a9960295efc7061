"""The app as a whole: what is off, what is not there, and what the probes tell."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.config import load
from tests.webhooks.rest import Rest, core_of, payload
from webhooks.app import create_app

Counted = Callable[[str], float]

ROUTES = (
    "/webhooks/telegram",
    "/webhooks/twilio",
    "/webhooks/twilio/status",
    "/webhooks/sms",
    "/webhooks/sms/status",
    "/webhooks/lapor",
)


@pytest.mark.parametrize("path", ROUTES)
def test_a_channel_that_is_off_has_no_route(path: str, rest: Rest) -> None:
    """Nobody can reach what is not configured."""
    app = create_app(load({}), core_of(rest))

    assert app.test_client().post(path).status_code == 404


@pytest.mark.parametrize("path", ROUTES)
def test_every_answer_forbids_guessing_its_type(path: str, web: FlaskClient) -> None:
    """A browser that follows an address gets plain text."""
    response = web.post(path)

    assert (response.headers["X-Content-Type-Options"], response.content_type) == (
        "nosniff",
        "text/plain; charset=utf-8",
    )


def test_an_unknown_address_is_answered_without_repeating_it(web: FlaskClient) -> None:
    """What a stranger wrote is not shown to anyone."""
    response = web.get("/<script>alert(1)</script>")

    assert (response.status_code, response.data) == (404, b"not found\n")


def test_a_wrong_method_is_told_the_right_one(web: FlaskClient) -> None:
    """Telegram posts."""
    response = web.get("/webhooks/telegram")

    assert (response.status_code, response.data, response.allow) == (
        405,
        b"method not allowed\n",
        {"POST", "OPTIONS"},
    )


def test_a_body_cut_off_on_the_way_is_a_bad_request(web: FlaskClient) -> None:
    """The sender hung up in the middle."""
    response = web.post(
        "/webhooks/telegram",
        headers={"X-Telegram-Bot-Api-Secret-Token": "telegram-secret"},
        environ_overrides={"wsgi.input": io.BytesIO(b'{"update_id"'), "CONTENT_LENGTH": "100"},
    )

    assert (response.status_code, response.data) == (400, b"cut\n")


def test_a_body_that_tells_no_length_is_bounded_too(web: FlaskClient) -> None:
    """It comes in chunks until it ends."""
    response = web.post(
        "/webhooks/telegram",
        headers={"X-Telegram-Bot-Api-Secret-Token": "telegram-secret", "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input": io.BytesIO(b" " * (1 << 20)), "wsgi.input_terminated": True},
    )

    assert (response.status_code, response.data) == (413, b"oversized\n")


def test_the_web_process_does_without_the_libraries_that_send() -> None:
    """They take a second and 50 MB; only the worker sends."""
    program = (
        "import sys, webhooks.app; print(sorted({'telegram', 'twilio.rest', 'httpx', 'requests'} & {*sys.modules}))"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout == "[]\n"


def test_the_process_says_that_it_is_alive(web: FlaskClient) -> None:
    """Alive means that it answers, whatever else is down."""
    response = web.get("/healthz")

    assert (response.status_code, response.data) == (200, b"ok\n")


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({"redis": "ok", "locales": "ok"}, 200),
        ({"redis": "ConnectionError", "locales": "ok"}, 503),
        ({"redis": "ok", "locales": "id.toml line 3: no such key"}, 200),
        ({"redis": "ok", "durability": "127.0.0.1:6379: there is no append-only file"}, 200),
        ({"redis": "ok", "outbox": "late, 7 waiting, 75 s behind", "backend": "Temporary"}, 200),
        ({"redis": "ok", "workers": "no worker has been heard for 30 seconds"}, 200),
    ],
)
def test_the_process_says_whether_it_can_work(
    parts: dict[str, str], status: int, web: FlaskClient, rest: Rest
) -> None:
    """Each part is named with what is wrong with it; only without Redis can no message be taken."""
    rest.parts = parts

    response = web.get("/readyz")

    assert (response.status_code, response.json) == (status, parts)


def test_turns_and_answers_are_counted_by_channel(web: FlaskClient, counted: Counted) -> None:
    """A message taken is a turn, and what rides is an answer."""
    lines = ('lapor_turns_total{channel="telegram"}', 'lapor_answers_total{channel="telegram",way="ride"}')
    before = [counted(line) for line in lines]

    web.post(
        "/webhooks/telegram",
        data=payload("telegram/a-text.json"),
        headers={"X-Telegram-Bot-Api-Secret-Token": "telegram-secret"},
    )

    assert [counted(line) for line in lines] == [count + 1 for count in before]


def test_refusals_are_counted_by_route_and_reason(web: FlaskClient, counted: Counted) -> None:
    """So that a wrong secret in a provider's settings is seen."""
    line = 'lapor_rejected_requests_total{reason="secret",route="telegram"}'
    before = counted(line)

    web.post("/webhooks/telegram")

    assert counted(line) - before == 1


def test_several_processes_count_together(tmp_path: Path) -> None:
    """With PROMETHEUS_MULTIPROC_DIR each process writes to a file there, and any of them tells the sum."""
    program = "from bot import metrics; metrics.TURNS.labels('sms').inc(); print(metrics.exposition().decode())"
    environ = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}

    outputs = [
        subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]

    assert 'lapor_turns_total{channel="sms"} 2.0' in outputs[-1].stdout.splitlines()
