"""The options of the commands that are one call; those with commands of their own bring theirs."""

import argparse
import os
from pathlib import Path
from typing import Final

from bot.variables import LOCALES
from conversations.channel import PHONES

FOR_PROGRAMS: Final = frozenset({"check", "doctor", "funnel", "parked"})
"""The commands whose output a program would read."""


def locales() -> str:
    """Return the folder of the locale files."""
    return os.environ.get("LOCALES_DIR") or str(LOCALES)


def add(name: str, command: argparse.ArgumentParser) -> None:
    """Add the options of a command by its name, if it has any."""
    if name in FOR_PROGRAMS:
        command.add_argument("--json", action="store_true", help="for programs")
    match name:
        case "chat":
            command.add_argument("--channel", choices=tuple(PHONES), default="sms")
            command.add_argument("--locale", default="id")
        case "check":
            command.add_argument("folder", nargs="?", default=locales())
            command.add_argument("--lang", choices=("id", "en"), default="id", help="language of the findings")
            what = "recorded conversations to replay"
            command.add_argument("--transcripts", type=Path, metavar="FOLDER", help=what)
        case "poll":
            command.add_argument("--take-over", action="store_true", help="delete a webhook that is set")
        case "funnel":
            command.add_argument("--days", type=int, choices=range(1, 401), default=7, metavar="DAYS")
        case "parked":
            command.add_argument("do", nargs="?", choices=("list", "retry", "drop"), default="list")
            command.add_argument("ids", nargs="*", metavar="ID", help="as the list names them")
            command.add_argument("--all", action="store_true", help="instead of ids: every one")
