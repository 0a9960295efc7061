"""What the dialog knows of Indonesia, read from the product's own tables."""

from functools import cache
from pathlib import Path

from bot import agencies, gazetteer, pins
from bot.offdays import offdays
from conversations.knowledge import Knowledge


@cache
def load(listed: Path = agencies.SHIPPED) -> Knowledge:
    """Return the places, the agencies of a list, and the holidays; each is read once per process.

    Raises Unlisted.
    """
    return Knowledge(gazetteer.load(), agencies.load(listed), pins.near, offdays)
