"""Words with one letter wrong."""

from collections import defaultdict
from typing import Final

from conversations.answers.normal import words

_SHORTEST: Final = 6  # shorter words have too many real neighbours


class Spelling:
    """Knows some long words, and `but` the real words beside them that are not meant."""

    def __init__(self, listing: str, but: str = "") -> None:
        self._but = words(but)
        self._known: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in words(listing):
            for length in range(len(word) - 1, len(word) + 2):
                self._known[word[0], length].append(word)

    def meant(self, word: str) -> str:
        """Return the known word that differs by one letter, not the first; empty if there is none."""
        if len(word) < _SHORTEST or word in self._but:
            return ""
        near = self._known.get((word[0], len(word)), ())
        return next((known for known in near if one_edit(word, known)), "")


def one_edit(said: str, meant: str) -> bool:
    """Tell whether one letter more, less, other or swapped with the next makes one word of the other."""
    if said == meant:
        return False
    start = 0
    for one, other in zip(said, meant, strict=False):
        if one != other:
            break
        start += 1
    rest, wanted = said[start:], meant[start:]
    return (
        rest[1:] == wanted[1:]
        or rest == wanted[1:]
        or rest[1:] == wanted
        or (rest[1::-1] == wanted[:2] and rest[2:] == wanted[2:])
    )
