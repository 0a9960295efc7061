"""What a bot has set about itself at Telegram: its commands and its descriptions, by scope and language."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from bot.demo.twins.bot_rules import Parameters, bad, decoded, language

SCOPES: Final = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators"}
    | {"chat_member"}
)
COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS: Final = 100
MOST: Final = {"description": 512, "short_description": 120}


class Profile:
    """Keeps what was set, and says what a phone in one language sees."""

    def __init__(self) -> None:
        self._commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self._texts: dict[tuple[str, str], str] = {}

    def set_commands(self, parameters: Parameters) -> bool:
        """Set the commands of a scope in a language; raises Refusal."""
        self._commands[scope(parameters), language(parameters)] = commands(parameters)
        return True

    def delete_commands(self, parameters: Parameters) -> bool:
        """Take the commands of a scope in a language away; raises Refusal."""
        self._commands.pop((scope(parameters), language(parameters)), None)
        return True

    def get_commands(self, parameters: Parameters) -> list[dict[str, str]]:
        """Return exactly what was set for a scope and a language; raises Refusal."""
        return self._commands.get((scope(parameters), language(parameters)), [])

    def set_text(self, name: str, parameters: Parameters) -> bool:
        """Set the description or the short one, in a language; raises Refusal."""
        self._texts[name, language(parameters)] = profile(parameters, name, MOST[name])
        return True

    def get_text(self, name: str, parameters: Parameters) -> Mapping[str, str]:
        """Return a description, in the usual language where there is none in this one; raises Refusal."""
        code = language(parameters)
        return {name: self._texts.get((name, code)) or self._texts.get((name, ""), "")}

    def menu(self, code: str) -> list[dict[str, str]]:
        """Return the commands that a private chat offers: of the narrowest scope, in the language or in none."""
        asked = ((each, spoken) for each in ("all_private_chats", "default") for spoken in (code, ""))
        return next((self._commands[key] for key in asked if self._commands.get(key)), [])


def scope(parameters: Parameters) -> str:
    """Return the name of a scope of commands, with the chat where it is of one.

    Raises Refusal.
    """
    given: Any = decoded(parameters, "scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(given, Mapping):
        bad("can't parse BotCommandScope: BotCommandScope must be an Object")
    if given.get("type") not in SCOPES:
        bad("can't parse BotCommandScope: Unsupported type specified")
    kind = str(given["type"])
    return kind if len(given) == 1 else json.dumps(given, sort_keys=True)


def commands(parameters: Parameters) -> list[dict[str, str]]:
    """Check the commands of setMyCommands.

    Raises Refusal.
    """
    given = decoded(parameters, "commands", "commands")
    if given is None:
        return []
    if not isinstance(given, list):
        bad("expected an Array of BotCommand")
    if len(given) > MOST_COMMANDS:
        bad("BOT_COMMANDS_TOO_MUCH")
    return [_command(each) for each in given]


def _command(given: object) -> dict[str, str]:
    if not isinstance(given, Mapping):
        bad("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(given.get(name), str):
            bad(f"can't parse BotCommand: Can't find field \"{name}\"")
    command, description = given["command"].strip().removeprefix("/"), given["description"].strip()
    if not command:
        bad("command must be non-empty")
    if len(command) > 32:  # noqa: PLR2004 - as its error says
        bad("command length must not exceed 32")
    if not COMMAND.fullmatch(command):
        bad("BOT_COMMAND_INVALID")
    if not description:
        bad("command description must be non-empty")
    if len(description) > 256:  # noqa: PLR2004 - as its error says
        bad("command description length must not exceed 256")
    return {"command": command, "description": description}


def profile(parameters: Parameters, name: str, most: int) -> str:
    """Check a text of the bot's profile.

    Raises Refusal.
    """
    text = str(parameters.get(name) or "").strip()
    if len(text) > most:
        bad("BOT_INFO_TOO_LONG")
    return text
