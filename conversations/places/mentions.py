"""The names of regions and places in a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from conversations.answers.normal import words
from conversations.places.cues import COMMON, NOUNS, ORDINARY
from conversations.places.gazetteer import Below, Codes, Gazetteer
from conversations.places.words import Word

_WORDS: Final = 5  # of the longest name
FIRM: Final = 3
"""The rank of a name that is said with its kind, as Kota Bandung."""

_KOTA: Final = "7"  # codes of cities have it after the full stop
_BRIEF: Final = 3  # letters of a nickname that may be any abbreviation
_KNOWN: Final = words("jkt dki bdg sby diy ntb ntt jgj smg mks")
_FIRM: Final = frozenset(("kab", "kota", "prov"))
_STOPS: Final = frozenset(".!?;\n)")


class Mention(NamedTuple):
    """A name: its words with their cue, what it can mean, how firmly it is said, if it is below a regency.

    `within` is where a place below the regency has the name of this region: Depok in Sleman.
    """

    first: int
    last: int
    codes: Codes
    rank: int
    below: bool
    sure: bool
    within: Codes = ()


class _Name(NamedTuple):
    """A name as it stands: its key, its words, and whether it had to be guessed."""

    key: str
    first: int
    last: int
    guessed: bool = False


@dataclass(slots=True)
class Scan:
    """A walk over the words of a text."""

    words: Sequence[Word]
    gazetteer: Gazetteer
    answer: bool = False
    at: int = 0
    address: bool = False

    def mentions(self) -> list[Mention]:
        """Return the mentions, in order; a name that only names a street is none."""
        found: list[Mention] = []
        while self.at < len(self.words):
            mention = self._step(found[-1].last if found else -1)
            if mention:
                found.append(mention)
        return found

    def _step(self, after: int) -> Mention | None:
        word = self.words[self.at]
        self.address = self.address and not word.plain and not _STOPS.intersection(word.gap)
        name = self._longest(self.at) or self._guess(self.at)
        if name is None:
            self.at += 1
            if word.cue == "street":
                self._street()
            self.address = self.address or word.cue in {"street", "village", "district", "number"}
            return None
        self.at = name.last
        return self._mention(name, follows=after == name.first)

    def _street(self) -> None:
        """Pass over the names that a street has: Jl Raya Bogor, Jl Solo-Jogja."""
        while self.at < len(self.words) and self.words[self.at].cue == "road":
            self.at += 1
        name = self._longest(self.at)
        while name:
            self.at = name.last
            name = self._longest(self.at)
            name = name if name and (self._gap(self.at) == "-" or self._numbered(name)) else None

    def _numbered(self, name: _Name) -> bool:
        """Tell whether a name right after a street's is the street's too: Jl Jogja Solo km 12."""
        return self._gap(name.first) == "" and self._gap(name.last) == "" and self.words[name.last].text == "km"

    def _gap(self, at: int) -> str:
        return self.words[at].gap if at < len(self.words) else "."

    def _longest(self, at: int) -> _Name | None:
        """Return the longest known name that begins at a word."""
        names, below = self.gazetteer.names, self.gazetteer.below
        found, joined, named = None, "", False
        for last in range(at, min(at + _WORDS, len(self.words))):
            word = self.words[last]
            if joined and not word.joined:
                break
            joined += word.text
            named = named or not (word.listed or len(word.text) == 1)
            if (joined in names and (named or last > at)) or (joined in below and named):
                found = _Name(joined, at, last + 1)
        return found

    def _guess(self, at: int) -> _Name | None:
        """Return the name that a word, or two together, are most like."""
        word = self.words[at]
        if word.text.startswith("di") and word.text[2:] in self.gazetteer.names:
            return _Name(word.text[2:], at, at + 1)
        if word.cue or word.text[0].isdecimal():
            return None
        if self.gazetteer.vowelless(word.text):
            return _Name(word.text, at, at + 1, guessed=True)
        if at + 1 < len(self.words) and self.words[at + 1].joined and not self.words[at + 1].cue:
            near = self.gazetteer.misspelt(word.text + self.words[at + 1].text)
            if near:
                return _Name(near, at, at + 2, guessed=True)
        near = self.gazetteer.misspelt(word.text)
        return _Name(near, at, at + 1, guessed=True) if near else None

    def _mention(self, name: _Name, *, follows: bool) -> Mention | None:
        before = self._before(name)
        if before == "apart" or self._doubled(name):
            return None
        below = self.gazetteer.below.get(name.key)
        codes = self.gazetteer.names.get(name.key, ()) or self.gazetteer.vowelless(name.key)
        if below and (not codes or before in {"village", "district"}):
            return self._below(name, below, before)
        if before == "village" or not self._meant(name, before, follows=follows):
            return None
        first, last, codes = self._kind(name, codes)
        rank = self._rank(name, before)
        within = below.codes if below and rank < FIRM else ()
        return Mention(first, last, codes, rank, before == "district", sure=True, within=within)

    def _doubled(self, name: _Name) -> bool:
        """Tell whether a word is said twice for its plural: batu-batu."""
        first, around = self.words[name.first], self.words[max(name.first - 1, 0) : name.last + 1]
        return name.last == name.first + 1 and any(word.text == first.text for word in around if word is not first)

    def _below(self, name: _Name, below: Below, before: str) -> Mention | None:
        stated = before in {"village", "district"}
        beside = self._longest(name.last)
        if name.key in ORDINARY and not stated and not (beside and beside.key in self.gazetteer.names):
            return None
        return Mention(
            name.first - stated, name.last, below.codes, self._rank(name, before), below=True, sure=below.sure
        )

    def _before(self, name: _Name) -> str:
        """Return what the word right before a name cues."""
        return self.words[name.first - 1].cue if name.first and self.words[name.first].joined else ""

    def _rank(self, name: _Name, before: str) -> int:
        if before in _FIRM or self._kind_after(name):
            return FIRM
        if before in {"office", "mark"}:
            return 0
        return 2 if self.address or before == "at" or self.words[name.first].gap == "," else 1

    def _meant(self, name: _Name, before: str, *, follows: bool) -> bool:
        """Tell whether a region is meant, where the name may be another word."""
        brief = len(name.key) <= _BRIEF and name.key not in _KNOWN
        if not (brief or name.guessed or name.key in COMMON):
            return True
        first = self.words[name.first]
        ends = self._gap(name.last) not in {"", "-"}
        return (
            self.answer
            or self.address
            or follows
            or before in _FIRM
            or (before == "at" and ends)
            or (name.key not in NOUNS and self._after_at(name))
            or (before in {"office", "mark"} and (brief or name.guessed))
            or (ends and (brief or name.guessed))
            or first.gap == ","
            or bool(self._kind_after(name))
            or self._longest(name.last) is not None
            or (first.capital and name.first > 0 and not self.words[name.first - 1].capital and first.gap == "")
        )

    def _after_at(self, name: _Name) -> bool:
        """Tell whether "di" stands before a name, or before one strange word before it: di Pare Kediri."""
        before = self._before(name)
        strange = (
            before == "" and name.first > 1 and self.words[name.first].joined and self.words[name.first - 1].joined
        )
        return before == "at" or (strange and self.words[name.first - 2].cue == "at")

    def _kind_after(self, name: _Name) -> str:
        """Return the kind that is said after a name: Bandung kota, Malang kab."""
        if name.last >= len(self.words) or not self.words[name.last].joined:
            return ""
        cue = self.words[name.last].cue
        free = name.last + 1 >= len(self.words) or self._longest(name.last + 1) is None
        return cue if cue in {"kab", "kota"} and free else ""

    def _kind(self, name: _Name, codes: Codes) -> tuple[int, int, Codes]:
        """Return the words of a name with those for its kind, and what is left of its meanings."""
        first, last = name.first, name.last
        kinds = set()
        while first and self.words[first].joined and self.words[first - 1].cue in _FIRM:
            first -= 1
            kinds.add(self.words[first].cue)
        after = self._kind_after(name)
        if after and not kinds:
            kinds.add(after)
            last += 1
        return first, last, tuple(code for code in codes if _is(code) in kinds) or codes


def _is(code: str) -> str:
    """Return the cue for the kind of a region."""
    _, _, number = code.partition(".")
    if not number:
        return "prov"
    return "kota" if number.startswith(_KOTA) else "kab"
