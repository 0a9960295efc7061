"""Which region is meant where several names stand together."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from conversations.places.gazetteer import Codes
from conversations.places.mentions import Mention


class Meaning(NamedTuple):
    """The code of the region, empty if it is not settled, and the codes that it may be."""

    code: str = ""
    choices: Codes = ()


def resolve(mentions: Sequence[Mention]) -> Meaning:
    """Return what the mentions of a text mean together: Bandung Barat is one, Sleman Jogja another, Bandung two."""
    mentions = [_placed(mention, mentions) for mention in mentions]
    groups = _groups(mention for mention in mentions if not mention.below)
    below = [mention for mention in mentions if mention.below and "" not in mention.codes]
    if not groups:
        return _by_places(below)
    narrowed = [_narrow(codes, below) for codes, _ in _firmest(groups)]
    return _settle(tuple(dict.fromkeys(code for codes in narrowed for code in codes)), alone=len(narrowed) == 1)


def _placed(mention: Mention, mentions: Iterable[Mention]) -> Mention:
    """Return a mention as that of a place below the regency, if another names the regency: Depok, Sleman."""
    others = [other.codes for other in mentions if other is not mention and not other.below]
    if any(_meet(mention.within, codes) and not _meet(mention.codes, codes) for codes in others):
        return mention._replace(codes=mention.within, below=True)
    return mention


def _groups(mentions: Iterable[Mention]) -> list[tuple[Codes, int]]:
    """Return what is left of the meanings of names that agree, and how firmly it is said."""
    groups: list[tuple[Codes, int]] = []
    for mention in mentions:
        for place, (codes, rank) in enumerate(groups):
            both = _meet(codes, mention.codes)
            if both:
                groups[place] = both, max(rank, mention.rank)
                break
        else:
            groups.append((mention.codes, mention.rank))
    return groups


def _firmest(groups: list[tuple[Codes, int]]) -> list[tuple[Codes, int]]:
    """Return the groups that name a regency or city, if any does, and of these the firmest."""
    narrow = [group for group in groups if any("." in code for code in group[0])] or groups
    highest = max(rank for _, rank in narrow)
    return [group for group in narrow if group[1] == highest]


def _narrow(codes: Codes, below: Iterable[Mention]) -> Codes:
    for mention in below:
        codes = _meet(codes, mention.codes) or codes
    return codes


def _by_places(below: Sequence[Mention]) -> Meaning:
    """Return what places below the regency mean without one: what is known by its name alone decides."""
    groups = _groups(mention for mention in below if mention.sure)
    return _settle(tuple(dict.fromkeys(code for codes, _ in groups for code in codes)), alone=len(groups) == 1)


def _settle(codes: Codes, *, alone: bool) -> Meaning:
    """Return the one region, or the choices; a province of that name holds until one is chosen."""
    narrow = tuple(code for code in codes if "." in code)
    wide = tuple(code for code in codes if "." not in code)
    if wide and alone:
        return Meaning(wide[0], narrow)
    return Meaning(narrow[0]) if len(narrow) == 1 else Meaning("", narrow)


def _meet(ours: Codes, theirs: Codes) -> Codes:
    """Return the meanings that agree, the narrower of each two."""
    return tuple(
        dict.fromkeys(
            max(one, other, key=len)
            for one in ours
            for other in theirs
            if one.startswith(other) or other.startswith(one)
        )
    )
