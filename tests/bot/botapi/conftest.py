"""A Telegram to set the bot up at, and the environment that leads to it."""

from collections.abc import Iterator
from dataclasses import dataclass

import flask
import pytest

from bot.demo.twins.app import serving
from bot.demo.twins.courier import Courier
from bot.demo.twins.telegram import TelegramTwin
from bot.demo.twins.twin import World
from bot.providers import Telegram

TOKEN = "42:a-secret-token"
SECRETS = "newest_secret,older_secret"


@dataclass(frozen=True)
class Place:
    """Telegram as a twin plays it, without a webhook, and where it takes calls."""

    twin: TelegramTwin
    url: str


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Yield a Telegram that the environment leads to."""
    courier = Courier(waits=())
    twin = TelegramTwin(World(courier=courier), "", Telegram(TOKEN, SECRETS))
    app = flask.Flask(__name__)
    app.register_blueprint(twin.blueprint)
    with serving(app) as url:
        for name, value in {
            "TELEGRAM_API_URL": url,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_WEBHOOK_SECRET": SECRETS,
            "PUBLIC_URL": "https://lapor.example",
            "NO_PROXY": "127.0.0.1",
        }.items():
            monkeypatch.setenv(name, value)
        yield Place(twin, url)
    courier.close()
