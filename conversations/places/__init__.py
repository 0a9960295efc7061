"""Places: which province, regency or city is meant, and the citizen's own words for the spot."""

from conversations.places.finding import Found, find_place, read_place
from conversations.places.gazetteer import Gazetteer, build
from conversations.places.region import Region

__all__ = ["Found", "Gazetteer", "Region", "build", "find_place", "read_place"]
