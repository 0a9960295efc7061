"""A shared location, named from the places of GeoNames: no network."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from math import cos, radians
from operator import attrgetter
from typing import Final

import msgspec

from bot.gazetteer import region_of
from bot.geonames import Spot, spots
from conversations.places import Region

_FAR: Final = 0.7
"""Degrees, 78 km, from a place beyond which a point is at sea or in no place's neighbourhood."""


class Pin(msgspec.Struct, frozen=True):
    """What a point on the map is near to: a place and its regency or city, in Jakarta the province."""

    name: str
    region: Region


class Pins:
    """Names points on the map; reads the places at the first question."""

    def name(self, latitude: float, longitude: float) -> Pin | None:
        """Return the place next to a point in degrees; None at sea and nearer to a place of another country."""
        near = _nearest(latitude, longitude)
        region = region_of(near) if near and near.at_home else None
        return Pin(near.shown, region) if near and region else None


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
