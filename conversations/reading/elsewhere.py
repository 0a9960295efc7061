"""Topics that LAPOR! does not take, and which someone else does."""

from typing import Final

from conversations.reading.phrases import Phrases, flat

TOPICS: Final = ("court", "corruption", "crime", "law")
"""What is not taken; names of texts and of lists of words."""

EXCEPT: Final = "except"
"""The list of words by which a story is about a public service after all."""


def elsewhere(text: str, phrases: Phrases) -> str | None:
    """Return which of TOPICS a story is about, the one named first; `phrases` are those of `[elsewhere]`.

    None where nothing of them is named, or a word of `except` is.
    """
    hits = tuple(phrases.hits(flat(text)))
    if any(hit.name == EXCEPT for hit in hits):
        return None
    return next((hit.name for hit in hits), None)
