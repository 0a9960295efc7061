"""Updates that wait at Telegram while no webhook is set: getUpdates by long polling."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

from bot.demo.twins.bot_rules import Parameters, Refusal, integer

MOST: Final = 100  # updates in one answer
LONGEST: Final = 50  # seconds that a call waits
REPLACED: Final = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)

Update = dict[str, Any]


class Queue:
    """Keeps updates until they are confirmed by an offset beyond them; safe to share between threads."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[int, tuple[Update, Callable[[], None]]] = OrderedDict()
        self._changed = threading.Condition()
        self._call = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, update: Update, taken: Callable[[], None]) -> None:
        """Keep an update; `taken` is called when it is confirmed."""
        with self._changed:
            self._waiting[update["update_id"]] = (update, taken)
            self._changed.notify_all()

    def clear(self) -> None:
        """Throw away what waits."""
        with self._changed:
            self._waiting.clear()

    def end(self) -> None:
        """Answer the call that waits."""
        with self._changed:
            self._call += 1
            self._changed.notify_all()

    def take(self, parameters: Parameters) -> list[Update]:
        """Confirm what is before the offset and return what waits, as soon as there is something.

        A call ends the one that waited before it. Raises Refusal.
        """
        offset = integer(parameters, "offset", 0, -(2**31), 2**31 - 1)
        limit = integer(parameters, "limit", MOST, 1, MOST)
        seconds = integer(parameters, "timeout", 0, 0, LONGEST)
        with self._changed:
            self._call += 1
            mine = self._call
            self._changed.notify_all()
            self._confirm(offset)
            self._changed.wait_for(lambda: bool(self._waiting) or self._call != mine, seconds)
            if self._call != mine:
                raise Refusal(409, REPLACED)
            return [update for update, _ in list(self._waiting.values())[:limit]]

    def _confirm(self, offset: int) -> None:
        for update_id in [each for each in self._waiting if each < offset]:
            self._waiting.pop(update_id)[1]()
