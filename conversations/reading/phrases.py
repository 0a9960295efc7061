"""Words and phrases of a locale file, found in what citizens write."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from conversations.answers import expand, normal

Words: TypeAlias = tuple[str, ...]

_FAR: Final = 2000  # characters of a story that are searched; 99 in 100 are shorter
_GAP: Final = re.compile(r"\.\.\.|…")
_REACH: Final = 4  # words ahead that may be the next one after "..."
_ITS: Final = "nya"
_TWICE: Final = "2"  # people write gorong2 for gorong-gorong
_ROOT: Final = 3  # letters of a word that are left at least
_SENTENCE: Final = re.compile(r"(?<=\w{4})\.+\s|\.{2,}|[!?;\n]+")  # what stands before a full stop may be "Jl"


class Hit(NamedTuple):
    """A phrase that stands in a text: the name of its list, and the places of its words."""

    name: str
    places: tuple[int, ...]


class _Phrase(NamedTuple):
    name: str
    words: Words
    reach: tuple[int, ...]

    def places(self, said: Sequence[str], at: int) -> tuple[int, ...] | None:
        """Return where the words of the phrase stand, its first one at `at`; None if one is missing."""
        places = [at]
        for word, reach in zip(self.words[1:], self.reach[1:], strict=True):
            start = places[-1] + 1
            ahead = said[start : start + reach]
            if word not in ahead:
                return None
            places.append(start + ahead.index(word))
        return tuple(places)


class Phrases:
    """Lists of phrases by name; `...` in a phrase stands for up to three words of any kind.

    Capitals, punctuation, abbreviations and the endings -nya and -2 make no difference; the order of words does.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._by_first: dict[str, list[_Phrase]] = defaultdict(list)
        for name, listed in lists.items():
            for phrase in filter(None, (_read(name, each) for each in listed)):
                self._by_first[phrase.words[0]].append(phrase)

    def hits(self, said: Sequence[str]) -> Iterator[Hit]:
        """Yield every phrase that stands in some words, by the place of its first word."""
        for at, word in enumerate(said):
            for phrase in self._by_first.get(word, ()):
                places = phrase.places(said, at)
                if places:
                    yield Hit(phrase.name, places)


def parts(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase in their normal form, parted where `...` stands."""
    return tuple(map(normal, _GAP.split(phrase)))


@lru_cache(maxsize=64)  # several readers ask about one message
def sentences(text: str) -> tuple[tuple[Words, ...], ...]:
    """Return the words of a text for matching, by sentences and within them by clauses between commas.

    Only the first 2,000 characters are read.
    """
    read = (tuple(_clauses(part)) for part in _SENTENCE.split(text[:_FAR]))
    return tuple(filter(None, read))


@lru_cache(maxsize=64)
def flat(text: str) -> Words:
    """Return the words of a text for matching, one after the other."""
    return tuple(word for sentence in sentences(text) for clause in sentence for word in clause)


def _clauses(sentence: str) -> Iterator[Words]:
    for part in sentence.split(","):
        said = normal(part).split()
        if said and said[0][0].isalnum():
            yield _roots(expand(said))


def _read(name: str, listed: str) -> _Phrase | None:
    """Read a phrase of a list; an abbreviation is written out where it has neighbours that tell its meaning."""
    words: list[str] = []
    reach: list[int] = []
    for part in parts(listed):
        said = part.split()
        roots = _roots(said if len(said) == 1 else expand(said))
        reach += [_REACH if words else 1, *[1] * len(roots)][: len(roots)]
        words += roots
    return _Phrase(name, tuple(words), tuple(reach)) if words else None


def _roots(said: Iterable[str]) -> Words:
    return tuple(_root(word) for each in said for word in each.split())


def _root(word: str) -> str:
    bare = word.removesuffix(_TWICE).removesuffix(_ITS)
    return bare if len(bare) >= _ROOT and bare.isalpha() else word
