"""The names of regions and places in a text."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from conversations.answers.normal import words
from conversations.places.cues import COMMON, NOUNS, OFFICES, ORDINARY, SHOPS
from conversations.places.gazetteer import Below, Codes
from conversations.places.lookup import Lookup, Name

FIRM: Final = 3
"""The rank of a name that is said with its kind, as Kota Bandung."""

_KOTA: Final = "7"  # codes of cities have it after the full stop
_BRIEF: Final = 3  # letters of a nickname that may be any abbreviation
_KNOWN: Final = words("jkt dki bdg sby diy ntb ntt jgj smg mks")
_KINDS: Final = frozenset({"kab", "kota", "prov"})
_BELOW: Final = frozenset({"village", "district"})
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


@dataclass(slots=True)
class Scan:
    """A walk over the words of a text; `answer` where they answer "where?" and nothing else."""

    look: Lookup
    answer: bool = False
    at: int = 0
    address: bool = False

    def mentions(self) -> list[Mention]:
        """Return the mentions, in order; a name that only names a street is none."""
        found: list[Mention] = []
        while self.at < len(self.look.words):
            mention = self._step(found[-1].last if found else -1)
            if mention:
                found.append(mention)
        return found

    def _step(self, after: int) -> Mention | None:
        word = self.look.words[self.at]
        self.address = self.address and not word.plain and not _STOPS.intersection(word.gap)
        name = None if self._heads() else self.look.longest(self.at) or self.look.likeliest(self.at)
        if name is None:
            self.at += 1
            if word.cue == "street":
                self._street()
            self.address = self.address or word.cue in {"street", "village", "district", "number"}
            return None
        self.at = name.last
        return self._mention(name, follows=after == name.first)

    def _heads(self) -> bool:
        """Tell whether a word that is a name too stands for a kind of village: banjar Tegal."""
        if self.look.cue(self.at) != "village":
            return False
        word, after = self.look.words[self.at : self.at + 2]
        return after.capital >= word.capital and not after.cue

    def _street(self) -> None:
        """Pass over the names that a street has: Jl Raya Bogor, Jl Solo-Jogja, Jl Jogja Solo km 12."""
        while self.at < len(self.look.words) and self.look.words[self.at].cue == "road":
            self.at += 1
        name = self.look.longest(self.at)
        while name:
            self.at = name.last
            name = self.look.longest(self.at)
            name = name if name and (self.look.gap(self.at) == "-" or self._measured(name)) else None

    def _measured(self, name: Name) -> bool:
        """Tell whether a name is joined to the words around it, and kilometres are the next."""
        joined = self.look.gap(name.first) == self.look.gap(name.last) == ""
        return joined and self.look.words[name.last].text == "km"

    def _mention(self, name: Name, *, follows: bool) -> Mention | None:
        before = self.look.cue(name.first - 1)
        if not follows and (before == "part" or (before == "apart" and not self.address) or self._doubled(name)):
            return None
        below = self.look.gazetteer.below.get(name.key)
        codes = self.look.gazetteer.names.get(name.key, ()) or self.look.gazetteer.vowelless(name.key)
        if below and (not codes or before in _BELOW):
            return self._below(name, below, before)
        if before == "village" or self._shop(name):
            return None
        if not (self._plainly(name) or follows or self._pointed(name, before)):
            return None
        first, last, codes = self._kind(name, codes)
        rank = self._rank(name, before)
        within = below.codes if below and rank < FIRM else ()
        return Mention(first, last, codes, rank, before == "district", sure=True, within=within)

    def _doubled(self, name: Name) -> bool:
        """Tell whether a word is said twice for its plural: batu-batu."""
        around = self.look.words[max(name.first - 1, 0) : name.last + 1]
        return name.last == name.first + 1 and len({word.text for word in around}) < len(around)

    def _shop(self, name: Name) -> bool:
        """Tell whether a house has the name of a region: Toko Surabaya."""
        return self.look.cue(name.first - 1) == "mark" and self.look.words[name.first - 1].text in SHOPS

    def _below(self, name: Name, below: Below, before: str) -> Mention | None:
        stated = before in _BELOW
        beside = self.look.longest(name.last)
        if name.key in ORDINARY and not stated and not (beside and beside.key in self.look.gazetteer.names):
            return None
        rank = self._rank(name, before)
        return Mention(name.first - stated, name.last, below.codes, rank, below=True, sure=below.sure)

    def _rank(self, name: Name, before: str) -> int:
        if before in _KINDS or self._kind_after(name):
            return FIRM
        if before in {"office", "mark"}:
            return 0
        return 2 if self.address or before == "at" or self.look.gap(name.first) == "," else 1

    def _plainly(self, name: Name) -> bool:
        """Tell whether a name is no other word, no guess and no abbreviation of something else."""
        return not (name.guessed or name.key in COMMON or self._brief(name))

    def _brief(self, name: Name) -> bool:
        return len(name.key) <= _BRIEF and name.key not in _KNOWN

    def _pointed(self, name: Name, before: str) -> bool:
        """Tell whether something around a name that may be another word says that a place is meant."""
        ends = self.look.gap(name.last) not in {"", "-"}
        likely = name.key not in COMMON
        return (
            self.address
            or before in _KINDS
            or (likely and (ends or self.answer or before in {"office", "mark"}))
            or (ends and (self.answer or before == "at"))
            or (name.key not in NOUNS and self._located(name, before))
            or self.look.gap(name.first) == ","
            or bool(self._kind_after(name))
            or self.look.longest(name.last) is not None
            or self._proper(name)
        )

    def _proper(self, name: Name) -> bool:
        """Tell whether a name alone is written with a capital, inside a sentence."""
        before, first = self.look.words[max(name.first - 1, 0)], self.look.words[name.first]
        return first.capital and not before.capital and first.gap == ""

    def _located(self, name: Name, before: str) -> bool:
        """Tell whether "di" stands before a name, or before one strange word before it: di Pare Kediri."""
        strange = before == "" and self.look.gap(name.first) == ""
        return before == "at" or (strange and self.look.cue(name.first - 2) == "at")

    def _kind_after(self, name: Name) -> str:
        """Return the kind that is said after a name: Bandung kota, Malang kab."""
        if self.look.gap(name.last) not in {"", "-"}:
            return ""
        cue = self.look.words[name.last].cue
        return cue if cue in {"kab", "kota"} and self.look.longest(name.last + 1) is None else ""

    def _kind(self, name: Name, codes: Codes) -> tuple[int, int, Codes]:
        """Return the words of a name with those for its kind, and what is left of its meanings."""
        first, last = name.first, name.last
        kinds = set()
        while self.look.cue(first - 1) in _KINDS:
            first -= 1
            kinds.add(self.look.words[first].cue)
        while self.look.words[first].text in OFFICES:
            first += 1
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
