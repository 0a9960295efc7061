"""How much may come in: a bucket for each citizen, kept in the document, and one for each channel.

A bucket is kept as the one time until which it is spoken for (the generic cell rate algorithm): no timer, no count.
"""

from dataclasses import dataclass
from typing import Final

import msgspec

MINUTE_MS: Final = 60_000


class Rate(msgspec.Struct, frozen=True):
    """So many milliseconds `apart` at the long end, and `burst_ms` of them at once; 0 apart is no limit."""

    apart: float = 0.0
    burst_ms: int = 0

    @classmethod
    def each_minute(cls, count: int) -> "Rate":
        """Allow so many a minute, all of them at once if need be; 0 is no limit."""
        return cls(MINUTE_MS / count, MINUTE_MS) if count else cls()

    @classmethod
    def each_second(cls, count: int, burst_seconds: int = 10) -> "Rate":
        """Allow so many a second, and at once those of some seconds; 0 is no limit."""
        return cls(1000 / count, burst_seconds * 1000) if count else cls()

    def spent(self, busy: int, now_ms: int) -> int | None:
        """Return until when a bucket is spoken for with one more, None where it holds no more.

        One that is spoken for longer than it can be was counted by a clock that has been set back since.
        """
        busy = now_ms if busy > now_ms + self.burst_ms + self.apart else max(busy, now_ms)
        if self.apart and busy - now_ms > self.burst_ms - self.apart:
            return None
        return int(busy + self.apart)


NO_LIMIT: Final = Rate()


@dataclass(frozen=True, slots=True)
class Bounds:
    """For how many days what is kept, and how much may come in: from a citizen, and by a channel.

    `draft_days` is counted from the last message of a citizen without a confirmed report, `case_days` from that of
    one who has some; `owner_days` is for how long it is known whose report it is.
    """

    draft_days: int = 30
    case_days: int = 180
    owner_days: int = 400
    citizen: Rate = NO_LIMIT
    channel: Rate = NO_LIMIT


UNBOUND: Final = Bounds()
"""The usual days, and no quota."""
