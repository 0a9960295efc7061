"""Telegram: the token, and the webhook as it is registered."""

import asyncio
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import httpx
import msgspec
import redis

from bot import connecting, keys
from bot.botapi.updates import UPDATES
from bot.config import Settings
from bot.doctor.asking import Answer, Unreached, ask, asking
from bot.doctor.finding import OFF, Finding, fault, ok, warning
from bot.providers import Telegram
from conversations.checking.needs import COMMANDS

SET: Final = "run lapor-bot telegram set-webhook"
MANY: Final = 100
"""Updates that wait at Telegram; where there are more, we do not keep up or refuse them."""
RECENT: Final = 3600  # seconds


class Bot(msgspec.Struct, frozen=True):
    """Our bot as getMe tells it."""

    username: str = ""


class Webhook(msgspec.Struct, frozen=True):
    """The webhook as getWebhookInfo tells it; where nobody chose `allowed_updates`, all that we need come."""

    url: str = ""
    pending_update_count: int = 0
    last_error_date: int = 0
    last_error_message: str = ""
    allowed_updates: tuple[str, ...] = ()


class Command(msgspec.Struct, frozen=True):
    """A command of the menu."""

    command: str


class Menu(msgspec.Struct, frozen=True):
    """The answer to getMyCommands."""

    result: tuple[Command, ...]


class Me(msgspec.Struct, frozen=True):
    """The answer to getMe."""

    result: Bot


class Info(msgspec.Struct, frozen=True):
    """The answer to getWebhookInfo."""

    result: Webhook


async def telegram(given: Settings) -> list[Finding]:
    """Ask who we are and where updates go."""
    if given.telegram is None:
        return [ok("telegram", OFF)]
    try:
        async with asking() as client:
            me, info = await asyncio.gather(*(_call(client, given.telegram, name) for name in METHODS))
            if me.status in REFUSED:
                mend = "put TELEGRAM_BOT_TOKEN right (BotFather shows it), or TELEGRAM_API_URL"
                return [fault("telegram", f"it answers {me.status}: the token is not taken", mend)]
            bot = ok("telegram", f"the bot is @{me.read(Me).result.username}")
            menu = await _call(client, given.telegram, MENU)
            fetched = await asyncio.to_thread(_fetched, given)
            hook = webhook(info.read(Info).result, given, time.time(), fetched=fetched)
            return [bot, *hook, commands(menu.read(Menu).result)]
    except Unreached as error:
        mend = "see that this machine reaches TELEGRAM_API_URL"
        return [fault("telegram", f"{given.telegram.api_url} does not answer: {error}", mend)]


METHODS: Final = ("getMe", "getWebhookInfo")
MENU: Final = 'getMyCommands?scope={"type":"all_private_chats"}'
REFUSED: Final = frozenset((HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND))
"""What the Bot API answers to a token that it does not know, or that is none."""


async def _call(client: httpx.AsyncClient, bot: Telegram, method: str) -> Answer:
    return await ask(client, f"{bot.api_url}/bot{bot.token}/{method}")


def _fetched(given: Settings) -> bool:
    """Tell whether updates are being fetched; not where Redis does not answer, which is told elsewhere."""
    line = connecting.line(given.redis_url)
    try:
        return line.do("GET", keys.FETCHING) is not None
    except redis.RedisError:
        return False
    finally:
        line.close()


def webhook(info: Webhook, given: Settings, now: float, *, fetched: bool = False) -> list[Finding]:
    """Tell whether what citizens write to the bot comes to us; `now` in unix seconds."""
    if fetched and not info.url:
        return [ok("telegram_webhook", f"none: lapor-bot poll runs, {info.pending_update_count} updates waiting")]
    expected = f"{given.public_url}/webhooks/telegram"
    if not (given.public_url or info.url):
        found = "none is registered, which is right where lapor-bot poll runs"
        return [warning("telegram_webhook", found, f"run lapor-bot poll, or set PUBLIC_URL and {SET}")]
    mend = SET if given.public_url else f"run lapor-bot poll --take-over, or set PUBLIC_URL and {SET}"
    troubles = list(_troubles(info, expected, mend, now))
    return troubles or [ok("telegram_webhook", f"{expected}, {info.pending_update_count} updates waiting")]


def commands(menu: tuple[Command, ...]) -> Finding:
    """Tell whether the phones offer the commands that the bot has."""
    there = {each.command for each in menu}
    missing = [f"/{name}" for name in COMMANDS if name not in there]
    if missing:
        found = f"the commands menu has no {', '.join(missing)}"
        return warning("telegram_commands", found, "run lapor-bot telegram commands")
    return ok("telegram_commands", ", ".join(f"/{each.command}" for each in menu))


def _troubles(info: Webhook, expected: str, mend: str, now: float) -> Iterator[Finding]:
    missing = [name for name in UPDATES if name not in info.allowed_updates] if info.allowed_updates else []
    if not info.url:
        yield fault("telegram_webhook", "none is registered", f"{mend}, or lapor-bot poll")
    elif info.url != expected:
        # Only the host is told: others put a bot's token into the path.
        found = f"one at {urlsplit(info.url).hostname} is registered, not {expected}"
        yield fault("telegram_webhook", found, mend)
    elif missing:
        yield fault("telegram_webhook", f"these updates do not come: {', '.join(missing)}", mend)
    if now - info.last_error_date < RECENT:
        found = f"Telegram could not deliver within the last hour: {info.last_error_message}"
        denied = "401" in info.last_error_message
        yield warning(
            "telegram_errors", found, f"the secret differs: {mend}" if denied else "see our log and /readyz"
        )
    if info.pending_update_count > MANY:
        found = f"{info.pending_update_count} updates wait at Telegram"
        yield warning("telegram_waiting", found, "see /readyz; it sends again what was refused, for a day")
