"""What the dialog knows of Indonesia: places, and whom messages can be for. Loaded outside, handed in."""

from dataclasses import dataclass

from conversations.places import Gazetteer
from conversations.reading.agencies import Agencies


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The names of places and the keywords of agencies."""

    places: Gazetteer
    agencies: Agencies
