"""Emergencies: who must be called before anything is written."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from conversations.reading.phrases import Hit, Phrases, Words, sentences

KINDS: Final = ("fire", "rescue", "medical", "accident", "crime", "despair")
"""What may be happening, the one to answer first in front; names of texts and of lists of words."""

LIMITS: Final = ("calm", "past", "now")
"""The lists of words that tell an emergency from talk of one."""

_Clauses: TypeAlias = Sequence[Words]


def danger(text: str, phrases: Phrases) -> str | None:
    """Return which of KINDS a story tells of as happening now; `phrases` are those of `[emergency]`.

    A phrase of a kind counts unless a word of `calm` (fear, habit, hearsay) stands before or in it in the same
    clause, or its sentence has a word of `past` and none of `now`.
    """
    found = {kind for sentence in sentences(text) for kind in _happening(sentence, phrases)}
    return next((kind for kind in KINDS if kind in found), None)


def _happening(sentence: _Clauses, phrases: Phrases) -> set[str]:
    clauses = [tuple(phrases.hits(clause)) for clause in sentence]
    names = {hit.name for hits in clauses for hit in hits}
    if "past" in names and "now" not in names:
        return set()
    return {hit.name for hits in clauses for hit in hits if hit.name in KINDS and not _calm(hit, hits)}


def _calm(meant: Hit, hits: Sequence[Hit]) -> bool:
    return any(hit.name == "calm" and hit.places[0] <= meant.places[-1] for hit in hits)
