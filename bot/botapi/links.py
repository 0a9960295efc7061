"""Links that open a chat with the bot and begin a report for an agency: t.me/<bot>?start=TANGKAB."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from conversations.reading.agencies import Agencies
from conversations.reading.opening import addressee

CARRIED: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a link may carry (https://core.telegram.org/bots/features#deep-linking)."""


class NoLink(ValueError):
    """There is no agency of this keyword, or a link cannot carry it."""


def link(username: str, carried: str) -> str:
    """Return the link that opens the private chat; `carried` comes back behind START."""
    return f"https://t.me/{username}?start={carried}"


def links(username: str, keywords: Sequence[str], agencies: Agencies) -> Iterator[tuple[str, str]]:
    """Yield a link and the full name of the agency for each keyword, such as TANGKAB or KAB. NGANJUK.

    Raises NoLink.
    """
    for keyword in keywords:
        whom = addressee(keyword, agencies)
        carried = re.sub(r"[^A-Za-z0-9-]+", "_", keyword).strip("_")
        if whom is None or not CARRIED.fullmatch(carried):
            raise NoLink(f"{keyword}: no agency of that name; bot/data/keywords.toml has those beside the regions")
        yield link(username, carried), whom.agency
