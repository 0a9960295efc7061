"""The day after a citizen's last message in which WhatsApp takes words of our own."""

from datetime import datetime
from typing import Final

WINDOW: Final = 24 * 3600
"""Seconds (https://developers.facebook.com/docs/whatsapp, customer service windows)."""
MARGIN: Final = 300
"""Seconds that a message may take from us to WhatsApp, and that two clocks may differ."""


def is_open(heard: int, now: datetime) -> bool:
    """Tell whether the window of a citizen `heard` last at that time (unix seconds) is open for us at `now`."""
    return now.timestamp() < heard + WINDOW - MARGIN
