"""The category: a suggestion from the words of a story."""

from collections import defaultdict
from typing import Final

from conversations.reading.phrases import Hit, Phrases, Words, flat

CATEGORIES: Final = (
    "pekerjaan-umum", "ketenagakerjaan", "sosial", "pendidikan", "ketenteraman", "perhubungan", "lingkungan-hidup",
    "teknologi-informasi", "kesehatan", "ekonomi", "kependudukan", "energi", "lainnya",
)  # fmt: skip
"""The codes of the frequent categories, in the order of their numbers, as the case desk serves them."""

OTHER: Final = CATEGORIES[-1]
"""What a citizen may choose where nothing fits."""

_MOST: Final = 3


def categories(text: str, phrases: Phrases) -> tuple[str, ...]:
    """Return up to three of CATEGORIES that a story may belong to, the likeliest first; none where no word tells.

    A phrase of two words weighs twice as much as a word, one of three three times. Longer phrases are looked for
    first and use their words up: "lampu jalan" is not also "jalan". What is said again counts once. Of equal
    weights the one that was named first wins. OTHER is never suggested. `phrases` are those of `[category]`.
    """
    said = flat(text)
    weights: dict[str, int] = defaultdict(int)
    firsts: dict[str, int] = {}
    counted: set[Words] = set()
    for hit in _longest([hit for hit in phrases.hits(said) if hit.name != OTHER]):
        words = tuple(said[place] for place in hit.places)
        if words not in counted:
            counted.add(words)
            weights[hit.name] += len(words)
            firsts[hit.name] = min(firsts.get(hit.name, len(said)), hit.places[0])
    ranked = sorted(weights, key=lambda name: (-weights[name], firsts[name]))
    return tuple(ranked[:_MOST])


def _longest(hits: list[Hit]) -> list[Hit]:
    """Return the longest hits of which none shares a word with another."""
    used: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda hit: (-len(hit.places), hit.places)):
        if used.isdisjoint(hit.places):
            used.update(hit.places)
            kept.append(hit)
    return kept
