"""A shared location, named from the places of GeoNames: no network."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from math import cos, radians
from operator import attrgetter
from typing import Final

from bot.gazetteer import region_of
from bot.geonames import Spot, spots
from conversations.knowledge import Near

_FAR: Final = 0.7
"""Degrees, 78 km, from a place beyond which a point is at sea or in no place's neighbourhood."""


def near(latitude: float, longitude: float) -> Near | None:
    """Return the place next to a point in degrees, and its regency or city, in Jakarta the province.

    None at sea and nearer to a place of another country. The places are read at the first question.
    """
    spot = _nearest(latitude, longitude)
    region = region_of(spot) if spot and spot.at_home else None
    return Near(spot.shown, region) if spot and region else None


def _nearest(latitude: float, longitude: float) -> Spot | None:
    places = _by_latitude()
    first = bisect_left(places, latitude - _FAR, key=_latitude)
    last = bisect_right(places, latitude + _FAR, key=_latitude)
    shrink = cos(radians(latitude))

    def squared(spot: Spot) -> float:
        return (spot.latitude - latitude) ** 2 + ((spot.longitude - longitude) * shrink) ** 2

    near = min(places[first:last], key=squared, default=None)
    return near if near and squared(near) <= _FAR**2 else None


_latitude: Final = attrgetter("latitude")


@cache
def _by_latitude() -> Sequence[Spot]:
    return sorted(spots(), key=_latitude)
