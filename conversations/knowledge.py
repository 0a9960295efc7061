"""What the dialog knows of Indonesia: places, and whom messages can be for. Loaded outside, handed in."""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.places import Gazetteer, Region
from conversations.reading.agencies import Agencies
from conversations.workdays import Holidays


@dataclass(frozen=True, slots=True)
class Near:
    """What a point on the map is near to: a place, and its regency or city."""

    name: str
    region: Region


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The names of places, the keywords of agencies, what is `near` a point (latitude, longitude), the holidays."""

    places: Gazetteer
    agencies: Agencies
    near: Callable[[float, float], Near | None]
    holidays: Holidays
