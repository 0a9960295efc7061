"""The names of Indonesia's provinces, regencies, cities and places below them, to look words up in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from rapidfuzz.distance import OSA

from conversations.places.cues import CUES
from conversations.places.misspelt import REAL
from conversations.places.region import Region

Codes: TypeAlias = tuple[str, ...]
"""Codes of regions that a name can mean; a province among them only where a regency or city may be meant too."""

_SHORTEST: Final = (
    6  # letters of a name that is known with a slip in it; shorter ones have too many real neighbours
)
_CLEAR: Final = 8  # letters of a nickname that is known with a slip in it
_LONG: Final = 12  # letters of a word that may have two slips
_SKELETON: Final = 4  # consonants of a word without vowels
_VOWELS: Final = str.maketrans("", "", "aeiou")


class Below(NamedTuple):
    """A place below the regency: where such a place is, and whether the name alone tells it."""

    codes: Codes
    sure: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names in small letters without blanks, and what they mean."""

    regions: Mapping[str, Region]
    names: Mapping[str, Codes]
    below: Mapping[str, Below]
    skeletons: Mapping[str, Codes]
    shelves: Mapping[tuple[str, int], tuple[str, ...]]

    def misspelt(self, word: str) -> str:
        """Return the one name of six letters or more that a word is a slip away from; empty if there is none.

        A slip is one letter more, less, other or swapped, not the first; words of twelve letters may have two.
        """
        if len(word) < _SHORTEST - 1 or word in REAL:
            return ""
        slips = 2 if len(word) >= _LONG else 1
        near = sorted(
            (OSA.distance(word, name, score_cutoff=slips), name)
            for length in range(max(len(word) - slips, _SHORTEST), len(word) + slips + 1)
            for name in self.shelves.get((word[0], length), ())
            if not word.startswith(name) or word == name + name[-1]
        )
        best = [name for distance, name in near if distance <= slips and distance == near[0][0]]
        return best[0] if len({self.names[name] for name in best}) == 1 else ""

    def vowelless(self, word: str) -> Codes:
        """Return what a word without vowels is short for: slmn, bntl, tgrg."""
        if len(word) < _SKELETON or word in REAL:
            return ()
        return self.skeletons.get(word.replace("ng", "g"), ()) if word == word.translate(_VOWELS) else ()


def build(
    regions: Iterable[tuple[str, str]],
    nicknames: Iterable[tuple[str, str]],
    places: Iterable[tuple[str, str]],
    towns: Iterable[tuple[str, str, bool]],
) -> Gazetteer:
    """Return the gazetteer of regions (code, name), nicknames and places (name, code) and towns (name, code, sure).

    A name may come several times. A place without a code is one of many of its name. Of a name that places have,
    the towns of that name say nothing more; a town that is not sure is only a hint.
    """
    table = {code: Region(code, name) for code, name in regions}
    official = _gather((key(region.bare), code) for code, region in table.items())
    names = _gather(((key(region.bare), code) for code, region in table.items()), nicknames)
    own = {name: Below(codes, "" not in codes) for name, codes in _gather(places).items()}
    below = {name: town for name, town in _towns(towns).items() if name.removeprefix("kota") not in names} | own
    return Gazetteer(table, names, below, _skeletons(official), _shelves(names, official))


def key(name: str) -> str:
    """Return a name as it is looked up: its small letters and digits."""
    return "".join(filter(str.isalnum, name.lower()))


def _gather(*listings: Iterable[tuple[str, str]]) -> dict[str, Codes]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for listing in listings:
        for name, code in listing:
            found[key(name)][code] = None
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def _towns(towns: Iterable[tuple[str, str, bool]]) -> dict[str, Below]:
    listing = tuple(towns)
    sure = {key(name) for name, _, known in listing if known}
    gathered = _gather((name, code) for name, code, _ in listing)
    return {name: Below(codes, name in sure) for name, codes in gathered.items()}


def _skeletons(names: Mapping[str, Codes]) -> dict[str, Codes]:
    """Return the official names without vowels, where no two names are left alike."""
    found: dict[str, list[Codes]] = defaultdict(list)
    for name, codes in names.items():
        bones = name.translate(_VOWELS).replace("ng", "g")
        if len(bones) >= _SKELETON and name[0] not in "aeiou":
            found[bones].append(codes)
    return {bones: codes[0] for bones, codes in found.items() if len(codes) == 1}


def _shelves(names: Mapping[str, Codes], official: Mapping[str, Codes]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the names that slips are looked for in, official or long, by their first letter and length."""
    shelves: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name in sorted(names):
        least = _SHORTEST if name in official else _CLEAR
        if len(name) >= least and name.isalpha() and name not in CUES:
            shelves[name[0], len(name)].append(name)
    return {shelf: tuple(listed) for shelf, listed in shelves.items()}
