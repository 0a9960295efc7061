"""Looks the words of a text up in the gazetteer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from conversations.places.gazetteer import Gazetteer
from conversations.places.words import Word

_WORDS: Final = 5  # of the longest name


class Name(NamedTuple):
    """A name as it stands: its key, its words, and whether it had to be guessed."""

    key: str
    first: int
    last: int
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """The words of a text beside the gazetteer."""

    words: Sequence[Word]
    gazetteer: Gazetteer

    def gap(self, at: int) -> str:
        """Return what stands before a word; the end of the text is as good as the end of a sentence."""
        return self.words[at].gap if at < len(self.words) else "."

    def cue(self, at: int) -> str:
        """Return what a word cues that belongs to the word after it; empty where nothing does."""
        held = 0 <= at < len(self.words) - 1 and self.words[at + 1].joined
        return self.words[at].cue if held else ""

    def longest(self, at: int) -> Name | None:
        """Return the longest known name that begins at a word."""
        names, below = self.gazetteer.names, self.gazetteer.below
        found, joined = None, ""
        for last in range(at, min(at + _WORDS, len(self.words))):
            word = self.words[last]
            if joined and not word.joined:
                break
            joined += word.text
            if (joined in names and last > at) or ((joined in names or joined in below) and self._names(at, last)):
                found = Name(joined, at, last + 1)
        return found

    def _names(self, first: int, last: int) -> bool:
        """Tell whether one of the words, up to the last, is of a name and no ordinary word."""
        return any(not word.listed and len(word.text) > 1 for word in self.words[first : last + 1])

    def likeliest(self, at: int) -> Name | None:
        """Return the name that a word, or two together, are most like."""
        word = self.words[at]
        if word.text.startswith("di") and word.text[2:] in self.gazetteer.names:
            return Name(word.text[2:], at, at + 1)
        if word.cue or word.text[0].isdecimal():
            return None
        if self.gazetteer.vowelless(word.text):
            return Name(word.text, at, at + 1, guessed=True)
        return self._misspelt(at, at + 2) or self._misspelt(at, at + 1)

    def _misspelt(self, first: int, last: int) -> Name | None:
        said = self.words[first:last]
        if len(said) < last - first or any(word.cue or not word.joined for word in said[1:]):
            return None
        near = self.gazetteer.misspelt("".join(word.text for word in said))
        return Name(near, first, last, guessed=True) if near else None
