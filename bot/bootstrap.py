"""Wiring: what the environment says becomes the parts of a web process; `bot.crew` adds those of a worker."""

import os
import time
from contextlib import suppress
from datetime import datetime
from typing import Final

import msgspec
import redis
from dotenv import load_dotenv

from bot import config, connecting, contents, health, keys, knowledge, metrics, offdays
from bot.config import Limits, Settings
from bot.dispatcher import Dispatcher
from bot.durability import Watch
from bot.errors import Busy
from bot.funnel import Funnel, at_the_end
from bot.health import Health
from bot.quota import Bounds, Rate
from bot.scripts import Scripts
from bot.store import Store
from bot.tasks import Reword, Task
from bot.vault import Vault
from conversations.channel import CHANNELS, WHATSAPP_MENU, Channel
from conversations.service import Service

UNSEALED: Final = "DATA_KEY is missing: personal data is stored unsealed"

FETCHED_SECONDS: Final = 180
"""For how long after a fetch it counts as going on; one waits for up to 50 seconds."""


class Web(msgspec.Struct, frozen=True):
    """What the web process works with."""

    settings: Settings
    dispatcher: Dispatcher
    scripts: Scripts
    store: Store
    durability: Watch

    def ready(self) -> dict[str, str]:
        """Name the parts of the product and their state, which begins with `ok` or says what is wrong.

        What Redis would tell of is left out while it does not answer.
        """
        here = {"locales": self.scripts.state(), "data_key": "ok" if self.settings.data_keys else UNSEALED}
        try:
            told = health.told(self.health())
        except redis.RedisError as error:
            return {"redis": type(error).__name__, **here}
        return {"redis": "ok", "durability": self.durability.state(), **here, **told}

    def health(self) -> Health | None:
        """Return what the workers told last, None where they have been silent; raises redis.RedisError."""
        note = self.store.ask("GET", health.KEY)
        return health.decode(note) if note else None

    def exposition(self) -> bytes:
        """Return all counters and gauges in the text format of Prometheus."""
        try:
            note = self.health()
        except redis.RedisError:
            note = None
        return metrics.exposition() + metrics.gauges(note)

    def park(self, route: str, reason: str, body: bytes) -> None:
        """Keep a request that is signed rightly and cannot be read.

        Raises Busy where it could not be kept.
        """
        try:
            self.store.park_unread(route, reason, body)
        except redis.RedisError as error:
            raise Busy(type(error).__name__) from error

    def receipt(self, outbox_id: str, status: str) -> None:
        """Keep what a provider says became of a message.

        Raises Busy where it could not be kept.
        """
        try:
            self.store.keep_receipt(outbox_id, status)
        except redis.RedisError as error:
            raise Busy(type(error).__name__) from error

    def report(self, provider: str, provider_id: str, status: str) -> None:
        """Keep what a provider says became of a message that it names by its own id.

        Raises Busy where it could not be kept.
        """
        try:
            self.store.keep_report(provider, provider_id, status)
        except redis.RedisError as error:
            raise Busy(type(error).__name__) from error

    def reword(self, address: str, provider: str, outbox_id: str) -> None:
        """Have a message said in approved words, for its channel did not take it as it was.

        Raises Busy where that could not be kept.
        """
        task = Task(f"{outbox_id}/reword", address, provider, Reword(outbox_id), int(time.time() * 1000))
        try:
            self.store.append(task)
        except redis.RedisError as error:
            raise Busy(type(error).__name__) from error

    def once(self, address: str, seconds: int) -> bool:
        """Tell whether this was not asked for an address within so many seconds, and note that it was.

        Raises Busy.
        """
        key = keys.spoken_to(self.store.name(address))
        try:
            return self.store.ask("SET", key, "1", "NX", "EX", seconds) is not None
        except redis.RedisError as error:
            raise Busy(type(error).__name__) from error

    def fetching(self) -> None:
        """Note that updates of Telegram are being fetched; raises redis.RedisError."""
        self.store.ask("SET", keys.FETCHING, "1", "EX", FETCHED_SECONDS)

    def bot_name(self) -> str:
        """Return the bot's user name at Telegram as a worker heard it last, empty where none did."""
        try:
            name = self.store.ask("GET", keys.BOT_NAME)
        except redis.RedisError:
            return ""
        return name.decode() if name else ""

    def phrase(self, name: str) -> str:
        """Return a text of `[notes]` in the usual language."""
        return self.scripts.current()[self.settings.default_locale].text("notes", name)


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
    line = connecting.line(given.redis_url)
    kept = Store(line, Vault(given.data_keys))
    with suppress(redis.RedisError):  # then DATA_KEY is looked at when Redis is there
        kept.unlock()
    bounds = bounds_of(given.limits)
    funnel = Funnel(line)
    at_the_end(funnel.flush)
    offdays.warm(clock(given).year)
    dispatcher = Dispatcher(
        kept,
        scripts,
        given.default_locale,
        knowledge.load(given.agencies_file),
        bounds=bounds,
        funnel=funnel,
        phones=phones_of(given),
        service=service_of(given),
    )
    return Web(given, dispatcher, scripts, kept, Watch(given.redis_url))


def phones_of(given: Settings) -> dict[str, Channel]:
    """Return the channels with what their providers show.

    WhatsApp has menus where Meta's API makes them freely, or content templates for them were made at Twilio.
    """
    menus = given.meta or (given.twilio and contents.load(given.twilio.templates).menu)
    return CHANNELS | ({"whatsapp": WHATSAPP_MENU} if menus else {})


def service_of(given: Settings) -> Service:
    """Return what citizens can count on."""
    limits = given.limits
    return Service(limits.verify_days, limits.answer_days, limits.silent_days, limits.news_wait, given.quiet_hours)


def bounds_of(limits: Limits) -> Bounds:
    """Return how long what is kept, and how much may come in."""
    return Bounds(
        limits.draft_days,
        limits.case_days,
        limits.owner_days,
        Rate.each_minute(limits.citizen_rate),
        Rate.each_second(limits.channel_rate),
    )
