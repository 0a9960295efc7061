"""Wiring: what the environment says becomes the parts of a web process; `bot.crew` adds those of a worker."""

import os
from datetime import datetime

import msgspec
import redis
from dotenv import load_dotenv

from bot import config, knowledge, store
from bot.config import Settings
from bot.dispatcher import Dispatcher
from bot.errors import Busy
from bot.scripts import Scripts
from bot.store import Store


class Web(msgspec.Struct, frozen=True):
    """What the web process works with."""

    settings: Settings
    dispatcher: Dispatcher
    scripts: Scripts
    store: Store

    def ready(self) -> dict[str, str]:
        """Name the parts that the web process needs and their state: `ok` or what is wrong."""
        return {"redis": self._redis(), "locales": self.scripts.state()}

    def receipt(self, outbox_id: str, status: str) -> None:
        """Keep what a provider says became of a message.

        Raises Busy where it could not be kept.
        """
        try:
            self.store.keep_receipt(outbox_id, status)
        except redis.RedisError as error:
            raise Busy(type(error).__name__) from error

    def phrase(self, name: str) -> str:
        """Return a text of `[notes]` in the usual language."""
        return self.scripts.current()[self.settings.default_locale].text("notes", name)

    def _redis(self) -> str:
        try:
            self.store.ping()
        except redis.RedisError as error:
            return type(error).__name__
        return "ok"


def settings() -> Settings:
    """Read the settings from the environment, in development also from `.env`.

    Raises Misconfigured.
    """
    load_dotenv()
    return config.load(os.environ)


def clock(given: Settings) -> datetime:
    """Return the time in the dialog's time zone."""
    return datetime.now(given.timezone)


def web(given: Settings) -> Web:
    """Build what the web process works with."""
    scripts = Scripts(given.locales_dir, given.default_locale)
    kept = Store(store.connect(given.redis_url))
    return Web(given, Dispatcher(kept, scripts, given.default_locale, knowledge.load()), scripts, kept)
