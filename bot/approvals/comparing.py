"""What there is at Meta, laid beside what there must be."""

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from bot.approvals.listing import Listed
from bot.approvals.wanted import Wanted

STATES: Final = {
    "ready": "approved",
    "waiting": "awaits approval",
    "rejected": "not approved",
    "missing": "missing",
    "refused": "refused by Meta",
}


class Found(msgspec.Struct, frozen=True):
    """One template that there must be: how it stands, and what Meta says of it.

    `words` tells whether it is new, unchanged, or takes the place of one with other words.
    """

    wanted: Wanted
    state: Literal["ready", "waiting", "rejected", "missing", "refused"]
    words: Literal["same", "created", "changed", "new"]
    said: str = ""


def compared(needed: Iterable[Wanted], there: Iterable[Listed]) -> list[Found]:
    """Tell how each template stands, changing nothing."""
    known = {each.name: each for each in there}
    families = {each.family for each in known.values()}
    return [_compared(each, known.get(each.name), families) for each in needed]


def _compared(each: Wanted, there: Listed | None, families: set[str]) -> Found:
    if there is None:
        return Found(each, "missing", "changed" if each.family in families else "new")
    reason = "" if there.rejected_reason in {"", "NONE"} else there.rejected_reason
    said = "" if there.state == "ready" else f"{there.status} {reason}".strip()
    return Found(each, there.state, "same", said)
