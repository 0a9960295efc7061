"""What Telegram shows of the bot: the commands menu and its profile, in each language that it has a code for."""

import re
from collections.abc import AsyncIterator, Mapping
from typing import Final, Literal, NamedTuple

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from conversations.checking.needs import COMMANDS
from conversations.script import Script

PRIVATE: Final = BotCommandScopeAllPrivateChats()
"""In groups the bot takes no commands, so there is no menu for them."""

CODE: Final = re.compile("[a-z]{2}")
"""Telegram has languages by their codes of two letters (ISO 639-1): jv and su, but neither ban nor min."""


class Done(NamedTuple):
    """What was done for a language; the usual one, for all others too, has no code."""

    language: str
    what: Literal["set", "same"]


async def published(bot: Bot, scripts: Mapping[str, Script], usual: str) -> AsyncIterator[Done]:
    """Bring Telegram to show what the locale files say, and yield what was done for each language.

    What is so already is left alone. Raises TelegramError.
    """
    for code, script in {"": scripts[usual], **scripts}.items():
        if not code or CODE.fullmatch(code):
            yield Done(code, "set" if await _published(bot, code, script) else "same")


async def _published(bot: Bot, code: str, script: Script) -> bool:
    """Set what differs in one language; tell whether anything did."""
    language = code or None
    commands = tuple(BotCommand(name, script.text("commands", name)) for name in COMMANDS)
    about, description = script.text("profile", "about"), script.text("profile", "description")
    differs = [
        await bot.get_my_commands(PRIVATE, language) != commands,
        (await bot.get_my_short_description(language)).short_description != about,
        (await bot.get_my_description(language)).description != description,
    ]
    if differs[0]:
        await bot.set_my_commands(commands, PRIVATE, language)
    if differs[1]:
        await bot.set_my_short_description(about, language)
    if differs[2]:
        await bot.set_my_description(description, language)
    return any(differs)
