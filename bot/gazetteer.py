"""The gazetteer, from the product's own tables and the places of GeoNames."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from bot.geonames import Spot, spots
from conversations.places import Gazetteer, Region, build
from conversations.places.gazetteer import key

DATA: Final = Path(__file__).with_name("data")

_TOWN: Final = 15_000
"""Inhabitants of a town that its name alone tells; a smaller place is often one of many villages of its name."""


@cache
def load() -> Gazetteer:
    """Return the gazetteer, read once per process (0.2 s). Raises Misconfigured where GeoNames is missing."""
    return build(table("regions"), table("nicknames"), table("places"), _towns())


def table(name: str) -> list[tuple[str, str]]:
    """Return the rows of one of the product's tables, without its headings."""
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return [(first, second) for first, second in list(csv.reader(lines))[1:]]


@cache
def counties() -> Mapping[str, Region]:
    """Return the regencies and cities by what GeoNames calls them, as a key.

    A place that GeoNames gives no regency stands there by its own name, that of Jakarta with the province.
    """
    regions = {code: Region(code, name) for code, name in table("regions")}
    named = {key(region.name): region for region in regions.values() if not region.is_province}
    return named | {key(name): regions[code] for name, code in table("geonames")}


def region_of(spot: Spot) -> Region | None:
    """Return the regency or city of a place in Indonesia; None where it is not known."""
    return counties().get(key(spot.county or spot.name))


def _towns() -> Iterator[tuple[str, str, bool]]:
    for spot in spots():
        region = region_of(spot) if spot.at_home else None
        if region and not region.is_province:
            yield spot.shown, region.code, spot.population >= _TOWN
