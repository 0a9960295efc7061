"""The categories and agencies that the desk knows."""

from pathlib import Path
from typing import Final

import msgspec

from bot.cases.wire import Agency, Category


class _Catalog(msgspec.Struct, frozen=True):
    categories: tuple[Category, ...]
    agencies: tuple[Agency, ...]


_CATALOG: Final = msgspec.toml.decode((Path(__file__).parent / "catalog.toml").read_bytes(), type=_Catalog)


def categories() -> tuple[Category, ...]:
    """Return the categories, the most frequent first."""
    return _CATALOG.categories


def category_name(code: str) -> str:
    """Return what a category is called; a code that is not ours stays as it is."""
    return next((category.name for category in categories() if category.code == code), code)


def agencies(query: str, region_code: str = "") -> tuple[Agency, ...]:
    """Return the agencies of a region (a province holds its regencies) that the words of a query name.

    The best match comes first; without a query all of them.
    """
    words = query.casefold().split()
    scored = [(_hits(agency, words), agency) for agency in _CATALOG.agencies if _inside(agency, region_code)]
    found = [(hits, agency) for hits, agency in scored if hits or not words]
    return tuple(agency for _, agency in sorted(found, key=lambda pair: -pair[0]))


def _hits(agency: Agency, words: list[str]) -> int:
    known = f"{agency.code} {agency.name}".casefold().split()
    return sum(any(name.startswith(word) for name in known) for word in words)


def _inside(agency: Agency, region_code: str) -> bool:
    code = agency.region_code or ""
    return not region_code or code == region_code or code.startswith(f"{region_code}.")
