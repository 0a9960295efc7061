"""The days on which Indonesia's offices are shut: holidays, and the leave that everybody takes (cuti bersama)."""

import importlib
import threading
from datetime import date
from functools import cache


@cache
def offdays(year: int) -> frozenset[date]:
    """Return the holidays of a year, worked out once per process.

    The first call loads the package, which takes half a second. Dates that wait for a decree are its estimate.
    """
    found = importlib.import_module("holidays").country_holidays(
        "ID", categories=("public", "government"), years=year
    )
    return frozenset(found)


def warm(year: int) -> None:
    """Load the holidays of a year and the next beside the work, so that no turn waits for them."""
    threading.Thread(target=lambda: (offdays(year), offdays(year + 1)), name="holidays", daemon=True).start()
