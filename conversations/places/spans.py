"""The words of a text that tell the spot."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from conversations.places.cues import CUES, OFFICES, TIMES
from conversations.places.mentions import Mention
from conversations.places.words import Word

_HARD: Final = frozenset("!?")
_BREAK: Final = frozenset(".,;:!?()\n")
_TAIL: Final = {"street": 5, "village": 4, "district": 4, "mark": 4}  # words of a name
_WEIGHT: Final = {"street": 5, "village": 4, "district": 4, "mark": 3, "number": 1}
_NUMBER: Final = 3  # parts of a number
_BRIDGE: Final = 2  # words between two parts of an address
_LEAST: Final = 2


class Piece(NamedTuple):
    """A part of an address: its words, what it is worth, and whether it is finer than a regency."""

    first: int
    last: int
    weight: int
    fine: bool


def find_span(words: Sequence[Word], mentions: Sequence[Mention]) -> Piece | None:
    """Return the words that tell the spot best, together worth the sum of their parts; None if there are none."""
    spans: list[Piece] = []
    for piece in _pieces(words, {mention.first: mention for mention in mentions}):
        if spans and _belongs(words[spans[-1].last : piece.first + 1]):
            first, _, weight, fine = spans.pop()
            piece = Piece(first, piece.last, weight + piece.weight, fine or piece.fine)  # noqa: PLW2901 - it has grown
        spans.append(piece)
    best = max(spans, key=lambda span: span.weight, default=None)
    return best if best and best.weight >= _LEAST else None


def _belongs(between: Sequence[Word]) -> bool:
    """Tell whether the words from the end of one piece to the first of the next, included, hold them together."""
    *rest, start = between
    if any(_HARD.intersection(word.gap) for word in between):
        return False
    if not rest:
        return True
    free = all(word.cue in {"", "glue", "at", "near", "road"} for word in rest)
    return len(rest) <= _BRIDGE and free and all(word.gap in {"", "-", ",", "/"} for word in (*rest, start))


def _pieces(words: Sequence[Word], starts: Mapping[int, Mention]) -> list[Piece]:
    pieces: list[Piece] = []
    at, lead = 0, -1
    while at < len(words):
        piece = _piece(words, starts, at)
        if piece:
            pieces.append(piece._replace(first=lead) if lead >= 0 else piece)
            at, lead = piece.last, -1
            continue
        if words[at].cue != "near" or (lead >= 0 and not words[at].joined):
            lead = -1
        if words[at].cue == "near" and lead < 0:
            lead = at
        at += 1
    return pieces


def _piece(words: Sequence[Word], starts: Mapping[int, Mention], at: int) -> Piece | None:
    """Return the part of an address that begins at a word."""
    mention = starts.get(at)
    if mention:
        return Piece(at, mention.last, _worth(mention, words[at - 1].text if at else ""), mention.below)
    head = 1
    cue = words[at].cue
    if at + 1 < len(words) and words[at + 1].joined:
        double = CUES.get(words[at].text + words[at + 1].text, "")
        head, cue = (2, double) if double in _TAIL else (1, cue)
    if cue == "number":
        last = _figures(words, at + 1)
    elif cue in _TAIL:
        last = _tail(words, starts, at + head, _TAIL[cue])
    elif cue == "at":
        return _somewhere(words, starts, at)
    else:
        return None
    if last == at + head and not (cue == "mark" and _pointed(words, starts, at, last)):
        return None
    return Piece(at, last, _weight(words[at].text, cue), fine=True)


def _pointed(words: Sequence[Word], starts: Mapping[int, Mention], at: int, last: int) -> bool:
    """Tell whether a landmark without a name is told from others by a word before it or what stands after it."""
    more = last < len(words) and words[last].joined and words[last].cue == "mark"
    return more or last in starts or (at > 0 and words[at - 1].cue in {"near", "at"})


def _worth(mention: Mention, before: str) -> int:
    """Return what a name is worth: little where an office is written to."""
    if mention.rank == 0 or before in OFFICES:
        return 2
    return 3 if mention.below else 4


def _weight(word: str, cue: str) -> int:
    return 4 if word in {"rt", "rw"} else _WEIGHT[cue]


def _figures(words: Sequence[Word], at: int) -> int:
    """Return the end of a number such as 5, 12 A, 05/02 or 5,5."""
    last = at
    while last < len(words) and last - at < _NUMBER:
        word = words[last]
        if last > at and word.gap not in {"", "/", ",", ".", "-"}:
            break
        if not (word.text.isdecimal() or (len(word.text) == 1 and last > at)) or _dated(words, last):
            break
        if last > at and word.text.isdecimal() and word.gap == "":
            break
        last += 1
    return last


def _tail(words: Sequence[Word], starts: Mapping[int, Mention], at: int, most: int) -> int:
    """Return the end of a name that begins at a word."""
    last = at
    while last < min(at + most, len(words)):
        word = words[last]
        formed = last == at and word.plain and word.capital and not word.listed  # Terboyo, Kemerdekaan
        if last in starts or not (formed or word.cue in {"", "road", "part", "apart"}) or (_BREAK & set(word.gap)):
            break
        if word.text.isdecimal() and (_dated(words, last) or words[last - 1].text.isdecimal()):
            break
        if last > at and words[at].capital and not word.capital and not word.text.isdecimal():
            break
        last += 1
    return last


def _dated(words: Sequence[Word], at: int) -> bool:
    """Tell whether a number is of a date or a span of time: 17 agustus, 2 hari."""
    return at + 1 < len(words) and words[at + 1].text in TIMES


def _somewhere(words: Sequence[Word], starts: Mapping[int, Mention], at: int) -> Piece | None:
    """Return a name after "di" that is written like one, or with a region right after it."""
    last = _tail(words, starts, at + 1, 3)
    if last == at + 1:
        return None
    proper = words[at + 1].capital and not words[at].capital
    followed = last in starts and words[last].gap in {"", ","}
    return Piece(at + 1, last, 2, fine=True) if proper or followed else None
