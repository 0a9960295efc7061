"""A text as the words that a place can be read from."""

import re
from typing import Final, NamedTuple

from conversations.places.cues import CUES, PLAIN, VERB

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)?|\d+")  # noqa: RUF001 - what phones write for an apostrophe
_APOSTROPHES: Final = str.maketrans("", "", "'’`")  # noqa: RUF001
_INITIALS: Final = 2  # letters of HR in Jl. HR Rasuna Said
_SHORT: Final = 4  # letters of an abbreviation that may end in a full stop


class Word(NamedTuple):
    """A word: in small letters, where it stands, what it cues, what separates it from the word before."""

    text: str
    start: int
    end: int
    cue: str
    gap: str
    capital: bool

    @property
    def joined(self) -> bool:
        """Tell whether nothing but blanks or a hyphen stands before it."""
        return self.gap in {"", "-"}

    @property
    def listed(self) -> bool:
        """Tell whether it is known to be no name: not by its form alone."""
        return CUES.get(self.text) in {PLAIN, "at"}

    @property
    def plain(self) -> bool:
        """Tell whether it is an ordinary word of a story, which no name is made of."""
        return self.cue == PLAIN


def read_words(text: str) -> list[Word]:
    """Return the words of a text, in order."""
    said: list[Word] = []
    end = 0
    for found in _WORD.finditer(text):
        start, token = found.start(), found[0]
        gap = text[end:start].strip()
        if gap == "." and said and len(said[-1].text) <= _SHORT:
            gap = ""  # jl. and kab. end no sentence
        small = token.lower()
        if not small.isalnum():
            small = small.translate(_APOSTROPHES)
        end = found.end()
        title = len(token) == _INITIALS and token.isupper() and bool(said) and said[-1].cue == "street"
        said.append(Word(small, start, end, "" if title else _cue(small), gap, token[0].isupper()))
    return said


def _cue(word: str) -> str:
    known = CUES.get(word)
    if known is not None:
        return known
    return PLAIN if VERB.match(word) else ""
