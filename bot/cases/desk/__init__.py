"""The embedded case desk: reports in a database, the case API for the bot, pages for officers."""

from bot.cases.desk.app import create_desk
from bot.cases.desk.serving import serve_desk

__all__ = ["create_desk", "serve_desk"]
