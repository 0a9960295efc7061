"""Twins to talk to, and a bot that only writes down what it is brought."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot import config
from bot.demo import page
from bot.demo.surroundings import Ports, credentials, variables
from bot.demo.twins.app import Twins, serving
from bot.demo.twins.courier import Courier
from bot.demo.twins.twin import World
from bot.redis_server import free_port
from tests.bot.demo.stage import Echo
from tests.chromium import launched


@pytest.fixture
def echo() -> Echo:
    """Return a bot that only writes down."""
    return Echo()


@pytest.fixture
def settings(echo: Echo, tmp_path: Path) -> Iterator[config.Settings]:
    """Yield the demo's settings, with the bot behind the webhooks."""
    ports = Ports(web=free_port(), desk=free_port(), twins=free_port())
    made = credentials(tmp_path / "env")
    given = variables(ports, "redis://127.0.0.1:6379/0", tmp_path, made, {})
    app = echo.app()
    app.register_blueprint(page.blueprint(given["LAPOR_DEMO"], given["LAPOR_API_URL"]))
    with serving(app, ports.web):
        yield config.load(given)


@pytest.fixture
def twins(settings: config.Settings) -> Iterator[Twins]:
    """Yield the twins, at the addresses in the settings, with a courier that does not wait between attempts."""
    assert settings.telegram is not None
    courier = Courier(waits=(0.0, 0.0))
    twins = Twins(settings, World(courier=courier))
    with serving(twins.app, int(settings.telegram.api_url.rpartition(":")[2])):
        yield twins
    courier.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield a browser without a window."""
    with launched() as browser:
        yield browser
