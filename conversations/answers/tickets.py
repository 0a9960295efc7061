"""The number of a report: LAPOR!'s tracking id, or the provisional number of the bot."""

import re
import unicodedata
from typing import Final

_FOUR: Final = "[bcdfghj-np-tvwxz]{4}"  # no vowels: no words, and none of the letters that look like digits
# LAPOR!'s ids are running numbers of seven digits in 2025, eight soon.
_TICKET: Final = re.compile(
    rf"""
    \s* (?: (?:nomor|nomer|nmr|no|id|tiket|ticket|laporan|lapor|report|number|saya)(?![a-z]) [\s.:]* ){{0,3}}
    \#? \s*
    (?: (?P<tracking> [0-9]{{6,9}}) | (?P<first> {_FOUR}) \s? -? \s? (?P<second> {_FOUR}) )
    [\s.!]*
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DASHES: Final = str.maketrans("‐‑–—", "----")  # noqa: RUF001 - what phones write for a hyphen
_MOST: Final = 60  # characters; a number stands nearly alone


def ticket(text: str) -> str | None:
    """Return the number that the whole message is: digits, or letters in the form `BKTR-MWQX`."""
    if len(text) > _MOST:
        return None
    found = _TICKET.fullmatch(unicodedata.normalize("NFKC", text).translate(_DASHES))
    if not found:
        return None
    return found["tracking"] or f"{found['first']}-{found['second']}".upper()
