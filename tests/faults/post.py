"""Delivering messages to the bot as providers do: again and again, until they are taken or given up."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

import httpx

PATIENCE: Final = 60.0
"""Seconds for which Telegram and a gateway try here; in truth a day, and as long as Kannel is told to."""

TWILIO: Final = (0.0, 2.0, 2.0, 2.0, 2.0, 2.0)
"""Seconds before each attempt of Twilio's: a webhook and its fallback, two retries each, 15 seconds in all."""

Deliver = Callable[[], httpx.Response]


def pauses(route: str) -> Iterator[float]:
    """Return the seconds before each attempt to deliver by a route."""
    if route in {"whatsapp", "twilio_sms"}:
        yield from TWILIO
        return
    deadline, pause = time.monotonic() + PATIENCE, 0.0
    while time.monotonic() < deadline:
        yield pause
        pause = min(max(0.25, 2 * pause), 1.0)  # Telegram tries at once, then after 2, 4 … 64 s: here in little


def until_taken(route: str, deliver: Deliver) -> httpx.Response | None:
    """Deliver until the bot takes it and return its response; None where the provider gives up."""
    for pause in pauses(route):
        time.sleep(pause)
        with suppress(httpx.TransportError):
            response = deliver()
            if response.is_success:
                return response
    return None
