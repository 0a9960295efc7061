"""What citizens can count on: by when each step is due, and at what hours news comes."""

from datetime import datetime, time, timedelta, timezone, tzinfo
from typing import Final

import msgspec

_PROVINCES: Final = {
    7: "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
    8: "51 52 53 63 64 65 71 72 73 74 75 76",
    9: "81 82 91 92 93 94 95 96 97",
}
"""The provinces (Kemendagri codes) by their hours ahead of UTC: WIB, WITA and WIT, without summer time."""

_ZONES: Final = {
    code: timezone(timedelta(hours=hours)) for hours, codes in _PROVINCES.items() for code in codes.split()
}


class Service(msgspec.Struct, frozen=True):
    """The service levels in working days, and when news is told.

    A report is verified within `verify_days`, the agency answers within `answer_days`, and what the citizen leaves
    unanswered for `silent_days` is closed. News waits `wait` seconds for more of it, and from the hour `quiet[0]`
    until `quiet[1]` at the report's place; two equal hours are no quiet at all.
    """

    verify_days: int = 3
    answer_days: int = 5
    silent_days: int = 10
    wait: int = 60
    quiet: tuple[int, int] = (21, 7)

    def awake(self, at: datetime) -> datetime:
        """Return a time itself or, in quiet hours, when they end; in the zone that it is in."""
        first, last = self.quiet
        night = first <= at.hour or at.hour < last if first > last else first <= at.hour < last
        if not night:
            return at
        day = at.date() + timedelta(days=1 if at.hour >= last else 0)
        return datetime.combine(day, time(last), at.tzinfo)


USUAL: Final = Service()


def zone_of(region_code: str, usual: tzinfo | None) -> tzinfo | None:
    """Return the time zone of a region such as 34.04; the usual one where it is not known."""
    return _ZONES.get(region_code[:2], usual)
