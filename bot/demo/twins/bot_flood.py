"""Telegram's limits on how much a bot may write in one chat."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from math import ceil
from typing import Final

from bot.demo.twins.bot_rules import Refusal

GROUP: Final = (20, 60.0)
"""Messages in so many seconds that a group may get (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits)."""


class Flood:
    """Counts messages: of about one a second in a chat, `burst` may come at once; none are counted where it is 0.

    How many Telegram takes is not published. `clock` tells seconds that only go on.
    """

    def __init__(self, burst: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self.burst = burst
        self._clock = clock
        self._lock = threading.Lock()
        self._sent: dict[int, deque[float]] = defaultdict(deque)

    def count(self, chat: int) -> None:
        """Count a message; raises Refusal where it is one too many."""
        if not self.burst:
            return
        most, seconds = GROUP if chat < 0 else (self.burst, float(self.burst))
        with self._lock:
            now, sent = self._clock(), self._sent[chat]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                after = max(1, ceil(sent[0] + seconds - now))
                raise Refusal(429, f"Too Many Requests: retry after {after}", after)
            sent.append(now)
