"""Wiring: what the environment says becomes a web process, a worker, a desk."""

import os
import secrets
import socket
from datetime import datetime
from functools import partial
from typing import Final

import msgspec
import redis
from dotenv import load_dotenv

from bot import config, outbox, store
from bot.carrying import Carrier
from bot.cases.lapor import LaporCases
from bot.channels import Sender
from bot.channels.gateway import GatewaySender
from bot.channels.telegram import TelegramSender
from bot.channels.twilio import TwilioSender
from bot.config import Settings
from bot.dispatcher import Dispatcher
from bot.polling import Polling
from bot.scripts import Scripts
from bot.store import Store
from bot.worker import Worker

READY_FOR: Final = 2.0


class Web(msgspec.Struct, frozen=True):
    """What the web process works with."""

    settings: Settings
    dispatcher: Dispatcher
    scripts: Scripts
    store: Store

    def ready(self) -> dict[str, str]:
        """Name the parts that the web process needs and their state: `ok` or what is wrong."""
        return {"redis": self._redis(), "locales": self.scripts.state()}

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
    scripts = Scripts(given.locales_dir)
    kept = Store(store.connect(given.redis_url))
    return Web(given, Dispatcher(kept, scripts.current, given.default_locale), scripts, kept)


def senders(given: Settings) -> dict[str, Sender]:
    """Build the providers that are on, by name."""
    found: dict[str, Sender] = {}
    if given.telegram:
        found["telegram"] = TelegramSender(given.telegram)
    if given.twilio:
        found["twilio"] = TwilioSender(given.twilio, given.public_url)
    if given.gateway:
        found["gateway"] = GatewaySender(given.gateway, given.public_url)
    return found


def worker(given: Settings) -> Worker:
    """Build a worker with a name of its own; call it inside the event loop."""
    parts = web(given)
    client = outbox.connect(given.redis_url)
    name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
    cases = LaporCases(given.lapor)
    carrier = Carrier(senders(given), cases, parts.dispatcher, parts.store, partial(clock, given))
    return Worker(outbox.Outbox(client, name), carrier, Polling(client, cases, parts.store).poll)
