"""Finds the place in a story and reads the answer to "where?"."""

from typing import Final

import msgspec

from conversations.places.gazetteer import Gazetteer
from conversations.places.lookup import Lookup
from conversations.places.mentions import Mention, Scan
from conversations.places.region import Region
from conversations.places.resolving import resolve
from conversations.places.spans import find_span
from conversations.places.words import Word, read_words

_FAR: Final = 2000  # characters of a text that are searched; 99 in 100 are shorter
_CHOICES: Final = 3
_NAMES: Final = 30  # names in a text that are weighed against each other


class Found(msgspec.Struct, frozen=True):
    """A place in the citizen's own words, and the region it is in.

    `region` is None where none is named or settled; `choices`, three at most, are then what the name can mean; a
    single one is to be confirmed. A province with choices may be narrowed to one of them. `vague` tells that no
    officer could find the spot from this alone: the regency or city is not known, or nothing but that is.
    """

    said: str
    region: Region | None
    choices: tuple[Region, ...] = ()
    vague: bool = False


def find_place(text: str, gazetteer: Gazetteer) -> Found | None:
    """Return the place that a story tells, with the part of the text that tells it; None if it tells none."""
    words = read_words(text[:_FAR])
    mentions = Scan(Lookup(words, gazetteer)).mentions()
    span = find_span(words, mentions)
    if span is None:
        return None
    said = text[words[span.first].start : words[span.last - 1].end]
    return _found(said, mentions, gazetteer, fine=span.fine)


def read_place(text: str, gazetteer: Gazetteer) -> Found:
    """Return an answer to "where?", whole as typed, with the region that it names."""
    said = text.strip()
    words = read_words(said[:_FAR])
    mentions = Scan(Lookup(words, gazetteer), answer=True).mentions()
    return _found(said, mentions, gazetteer, fine=_is_fine(words, mentions))


def _is_fine(words: list[Word], mentions: list[Mention]) -> bool:
    """Tell whether an answer names something besides regions."""
    regions = {at for mention in mentions if not mention.below for at in range(mention.first, mention.last)}
    return any(not word.cue or word.cue == "number" for at, word in enumerate(words) if at not in regions)


def _found(said: str, mentions: list[Mention], gazetteer: Gazetteer, *, fine: bool) -> Found:
    code, among = resolve(mentions[:_NAMES])
    region = gazetteer.regions.get(code)
    choices = tuple(gazetteer.regions[choice] for choice in among) if len(among) <= _CHOICES else ()
    known = bool(choices) or (region is not None and not region.is_province)
    return Found(said, region, choices, vague=not (known and fine))
