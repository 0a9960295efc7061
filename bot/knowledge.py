"""What the dialog knows of Indonesia, read from the product's own tables."""

from functools import cache
from pathlib import Path

from bot import gazetteer, pins
from conversations.knowledge import Knowledge
from conversations.reading.agencies import agencies_of

KEYWORDS = Path(__file__).with_name("data") / "keywords.toml"


@cache
def load() -> Knowledge:
    """Return the places and the agencies, read once per process."""
    agencies = agencies_of(KEYWORDS.read_text(encoding="utf-8"), gazetteer.table("regions"))
    return Knowledge(gazetteer.load(), agencies, pins.near)
