"""A case desk for every test, and the ways to it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from case_browser import Officer, page_of
from case_samples import new_report
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from bot.cases.desk import create_desk
from bot.cases.desk.database import Database
from bot.cases.desk.docket import Docket
from bot.cases.desk.ledger import Ledger
from bot.config import Desk
from bot.redis_server import free_port


@pytest.fixture
def settings(tmp_path: Path) -> Desk:
    """Return settings of a desk whose officer gives the tracking ids."""
    return Desk(
        database_url=f"sqlite:///{tmp_path}/desk.sqlite3",
        port=0,
        password="officer-password",
        token="desk-token",
        webhook_secret="desk-secret",
        events_url="http://bot.test/webhooks/lapor",
    )


@pytest.fixture
def database(settings: Desk) -> Iterator[Database]:
    """Open the desk's database, without its pages."""
    opened = Database(settings.database_url)
    yield opened
    opened.close()


@pytest.fixture
def ledger(database: Database) -> Ledger:
    """Return the citizen's side of the desk."""
    return Ledger(database, auto=False)


@pytest.fixture
def docket(database: Database) -> Docket:
    """Return the officer's side of the desk."""
    return Docket(database)


@pytest.fixture
def desk(settings: Desk) -> Iterator[Flask]:
    """Build the desk as an application."""
    app = create_desk(settings)
    yield app
    app.extensions["database"].close()


@pytest.fixture
def client(desk: Flask) -> FlaskClient:
    """Return a program that talks to the desk's API."""
    return desk.test_client()


@pytest.fixture
def served(desk: Flask) -> Iterator[SimpleNamespace]:
    """Serve the desk on a loopback port: its `url`, and its `docket` to act as the officer."""
    server = make_server("127.0.0.1", 0, desk, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}", docket=desk.extensions["docket"])
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def unused_port() -> int:
    """Return a loopback port where nobody listens."""
    return free_port()


@pytest.fixture
def officer(desk: Flask) -> Officer:
    """Sign an officer in."""
    officer = Officer(desk.test_client())
    officer.sign_in()
    return officer


@pytest.fixture
def page(ledger: Ledger) -> str:
    """File a report and return the path of its page."""
    return page_of(ledger, new_report())
