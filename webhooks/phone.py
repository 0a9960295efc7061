"""Phone numbers as gateways and providers write them."""

import re
from typing import Final

_FILLING: Final = re.compile(r"[\s().-]+")
_DIGITS: Final = re.compile(r"\+?[0-9]+", re.ASCII)
_PREFIXES: Final = (("+", "+"), ("00", "+"), ("0", "+62"), ("", "+"))  # a trunk 0 is Indonesia's, +62

SHORTEST: Final = 8  # digits; below are the short codes of operators and shops, which nobody reads
LONGEST: Final = 15  # digits of E.164


def e164(number: str) -> str | None:
    """Return a number as `+62812…`; None for a short code or a name, which cannot be answered."""
    plain = _FILLING.sub("", number)
    if not _DIGITS.fullmatch(plain):
        return None
    prefix, country = next(pair for pair in _PREFIXES if plain.startswith(pair[0]))
    digits = (country + plain.removeprefix(prefix)).lstrip("+")
    return f"+{digits}" if SHORTEST <= len(digits) <= LONGEST else None
