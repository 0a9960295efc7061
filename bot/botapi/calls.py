"""Calls to the Bot API of which the answer is waited for, and errors that a person can act on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from telegram import Bot
from telegram.error import Conflict, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

import bot.channels.telegram  # noqa: F401 - keeps the library from logging the token, and its warning away
from bot.channels.http import CONNECT, PATIENCE
from bot.config import Settings
from bot.errors import Misconfigured
from bot.providers import Telegram

Told = TypeVar("Told")


class Unanswered(Exception):
    """The Bot API refused a call or gave no answer; the message says what to do and holds no secret."""


def account(given: Settings) -> Telegram:
    """Return the bot's account.

    Raises Misconfigured where Telegram is off.
    """
    if given.telegram is None:
        raise Misconfigured("Telegram is off: set TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET")
    return given.telegram


@asynccontextmanager
async def opened(given: Telegram) -> AsyncIterator[Bot]:
    """Open the bot without asking who it is."""
    request = HTTPXRequest(4, PATIENCE, PATIENCE, CONNECT, CONNECT)
    updates = HTTPXRequest(1, PATIENCE, PATIENCE, CONNECT, CONNECT)
    bot = Bot(given.token, f"{given.api_url}/bot", request=request, get_updates_request=updates)
    try:
        yield bot
    finally:
        await request.shutdown()
        await updates.shutdown()


def done(given: Telegram, do: Callable[[Bot], Awaitable[Told]]) -> Told:
    """Do something with the bot and return what came of it.

    Raises Unanswered.
    """

    async def all_of_it() -> Told:
        async with opened(given) as bot:
            return await do(bot)

    try:
        return asyncio.run(all_of_it())
    except TelegramError as error:
        raise Unanswered(explained(error)) from None


def explained(error: TelegramError) -> str:
    """Say what an error of the Bot API means, without its own words where they could hold the token."""
    match error:
        case InvalidToken() | Forbidden():
            return "Telegram does not take the token: put TELEGRAM_BOT_TOKEN right (BotFather shows it)."
        case Conflict():
            return f"Telegram says: {error.message}."
        case NetworkError() if error.__cause__ is not None:
            return f"Telegram does not answer ({type(error.__cause__).__name__}): see TELEGRAM_API_URL."
        case _:
            return f"Telegram refuses: {error.message}."
