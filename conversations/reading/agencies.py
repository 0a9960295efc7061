"""Whom a message is for: the keywords of 1708, and the governments of regions by their names."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from conversations.answers import normal

Sort: TypeAlias = Literal["keyword", "short", "name"]


class Agency(NamedTuple):
    """An agency by its full name, and the Kemendagri code of its region (34.04) where it has one.

    `sort` says how the word for it reads: as a word that means nothing else (TANGKAB), as the short form of a
    government (PEMKAB NGANJUK), or as the name of a place, which may begin a sentence (KOTA BANDUNG, KULONPROGO).
    """

    name: str
    region: str = ""
    sort: Sort = "keyword"


Agencies: TypeAlias = Mapping[str, Agency]
"""Agencies by what citizens write in front for them, in small letters and without spaces."""

LONGEST: Final = 120
"""Characters in which a keyword must end."""
MOST_WORDS: Final = 6

# What stands before the name of a region: in full, as people shorten it, and as its government is called.
_REGENCY: Final = ("kabupaten", ("kab", "pemkab"))
_CITY: Final = ("kota", ("pemkot",))
_PROVINCE: Final = ("provinsi", ("prov", "prop", "propinsi", "pemprov", "pemprop"))


def agencies_of(source: str, regions: Iterable[tuple[str, str]]) -> Agencies:
    """Return the agencies of a TOML text and the governments of `regions`.

    The text holds `agencies = [{ name, region_code, keywords }]`, region_code if there is one; a region is its code
    and its official name, such as 35.18 and Kabupaten Nganjuk. Raises ValueError where the text has another shape.
    """
    governments = {word: agency for code, name in regions for word, agency in _governments(code, name)}
    try:
        listed = tomllib.loads(source)["agencies"]
        return governments | {word: agency for each in listed for word, agency in _listed(each)}
    except (KeyError, TypeError) as error:
        raise ValueError(f"agencies: {error!r}") from error


def compact(text: str) -> str:
    """Return a text in small letters with neither spaces nor punctuation."""
    return normal(text).replace(" ", "")


def _listed(each: Mapping[str, object]) -> Iterator[tuple[str, Agency]]:
    name, region, keywords = str(each["name"]), str(each.get("region_code", "")), each["keywords"]
    if not isinstance(keywords, list):
        raise TypeError(f"keywords of {name}")
    for keyword in map(str, keywords):
        sort: Sort = "name" if compact(keyword) in compact(name) else "keyword"
        yield compact(keyword), Agency(name, region, sort)


def _governments(code: str, name: str) -> Iterator[tuple[str, Agency]]:
    kind, _, proper = name.partition(" ")
    full, shorts = {"Kabupaten": _REGENCY, "Kota": _CITY}.get(kind, _PROVINCE)
    if full == _PROVINCE[0]:
        proper = name
    title = name if kind in {"Kabupaten", "Kota", "Daerah"} else f"Provinsi {name}"
    proper = proper.removeprefix("Administrasi ")
    government = f"Pemerintah {title}"
    yield compact(full + proper), Agency(government, code, "name")
    for short in shorts:
        yield compact(short + proper), Agency(government, code, "short")
