"""The diagram of the dialog: every state leads to its card."""

from flask import Blueprint

from bot.studio.diagram import draw
from bot.studio.page import page
from bot.studio.pages_words import group_of
from conversations.complaint import COMPLAINT


def add(part: Blueprint) -> None:
    """Add this page."""
    part.get("/<code>/diagram")(diagram)


def diagram(code: str) -> tuple[str, int]:
    """Show the dialog as a picture and, for those who do not see it, as a list."""
    return page("diagram.html", code, drawing=draw(COMPLAINT, group_of))
