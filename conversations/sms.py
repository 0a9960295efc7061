"""The SMS alphabet (GSM 03.38) and what a text costs in it."""

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate, takewhile
from typing import Final, Literal

import msgspec
from smsutil import gsm_split, unicode_split
from smsutil.codecs import GSM_BASIC_CHARSET, GSM_EXT_CHARSET

SEGMENT: Final = 160  # septets of a single GSM-7 message
PART: Final = 153  # septets of one part of a long one
UNICODE_SEGMENT: Final = 70  # UTF-16 units of a single UCS-2 message
UNICODE_PART: Final = 67  # units of one part of a long one

# The escape announces an extension character, the carriage return and the form feed are for printers.
_UNFIT: Final = "\x1b\r\f"
EXTENSION: Final = frozenset(GSM_EXT_CHARSET) - frozenset(_UNFIT)
ALPHABET: Final = (frozenset(GSM_BASIC_CHARSET) | EXTENSION) - frozenset(_UNFIT)

_LOOK_ALIKES: Final = {
    character: instead
    for characters, instead in (
        ("`´‘’‚‛′ʻʼˋˊ‹›", "'"),
        ("“”„‟″«»", '"'),
        ("‐‑‒–—―−•‣▪■●◦", "-"),
        ("\t\v", " "),
        ("\f\r\u0085\u2028\u2029", "\n"),
        ("·∙", "."),
        ("★☆⭐🌟", "*"),
        ("×✕✖", "x"),
        ("÷", ":"),
        ("⁄∕", "/"),
        ("°", "o"),
        ("¢", "c"),
        ("©", "(c)"),
        ("®", "(r)"),
        ("±", "+/-"),
        ("≤", "<="),
        ("≥", ">="),
        ("→➡", "->"),
        ("←⬅", "<-"),
        ("đ", "d"),
        ("Đ", "D"),
        ("ł", "l"),
        ("Ł", "L"),
        ("ı", "i"),
        ("œ", "oe"),
        ("Œ", "OE"),
    )
    for character in characters
}

_SILENT: Final = frozenset(("Cc", "Cf", "Mn", "Me"))  # controls, joiners and marks: nothing to see by themselves
_GAP: Final = "\0"
_CUT: Final = ".."
_LOOSE: Final = " ,.;:-\n"  # what does not stand before the mark of a cut

_OUTSIDE: Final = f"[^{re.escape(''.join(sorted(ALPHABET)))}]"
_FOREIGN: Final = re.compile(_OUTSIDE)
_CLUSTER: Final = re.compile(rf".[\u0300-\u036f]{{1,3}}|{_OUTSIDE}")  # with the letter that marks stand on
_GAPS: Final = re.compile(rf"[ {_GAP}]+")


class Segments(msgspec.Struct, frozen=True):
    """What a text costs: `count` messages; `left` is the room in the last (septets, or UTF-16 units)."""

    encoding: Literal["GSM-7", "UCS-2"]
    count: int
    left: int


class Foreign(msgspec.Struct, frozen=True):
    """A character that forces UCS-2: its index in the text and what to write instead, empty for nothing."""

    at: int
    character: str
    instead: str


def plain(text: str) -> str:
    """Return the text in GSM-7: look-alikes for what has one, nothing for what has none; lines are kept."""
    text = text.replace("\r\n", "\n")
    if not _FOREIGN.search(text):
        return text
    text = _CLUSTER.sub(lambda found: _look_alike(found[0]), text)
    return _GAPS.sub(_close, text) if _GAP in text else text


def septets(text: str) -> int:
    """Count the septets of a GSM-7 text; characters of the extension table count twice."""
    return len(text) + sum(map(text.count, EXTENSION))


def segments(text: str) -> Segments:
    """Tell in how many messages the text goes out as it stands, and how much more the last one holds."""
    if _FOREIGN.search(text):
        parts = unicode_split(text).parts
        room = UNICODE_SEGMENT if len(parts) == 1 else UNICODE_PART
        return Segments("UCS-2", len(parts), room - parts[-1].bytes // 2)
    used = septets(text)
    if used <= SEGMENT:
        return Segments("GSM-7", 1, SEGMENT - used)
    parts = gsm_split(text).parts
    return Segments("GSM-7", len(parts), PART - parts[-1].bytes)


def unicode_characters(text: str) -> tuple[Foreign, ...]:
    """Name the characters that force UCS-2, in order."""
    return tuple(
        Foreign(found.start(), found[0], _look_alike(found[0]).replace(_GAP, ""))
        for found in _CLUSTER.finditer(text)
    )


def shorten(text: str, limit: int) -> str:
    """Cut a GSM-7 text to at most `limit` septets: at the end of a word, with ".." after it."""
    if septets(text) <= limit:
        return text
    end = _fitting(text, limit - len(_CUT))
    cut = text[:end]
    if not (cut[-1:].isspace() or text[end : end + 1].isspace()):
        cut = _whole_words(cut)
    return f"{cut.rstrip(_LOOSE)}{_CUT}"[: max(limit, 0)]


def _whole_words(cut: str) -> str:
    """Leave out the last word, which was cut through, unless it is the only one."""
    words = cut.rsplit(maxsplit=1)
    return words[0] if len(words) > 1 else cut


def _fitting(text: str, limit: int) -> int:
    """Return how many characters from the start fit into `limit` septets."""
    used = accumulate(2 if character in EXTENSION else 1 for character in text)
    return sum(1 for _ in takewhile(lambda units: units <= limit, used))


@lru_cache(maxsize=1024)
def _look_alike(cluster: str) -> str:
    """Return what stands for a foreign character, or for a letter with its combining marks, in GSM-7."""
    composed = unicodedata.normalize("NFC", cluster)
    return "".join(map(_stand_in, composed))


def _stand_in(character: str) -> str:
    if character in ALPHABET:
        return character
    if character in _LOOK_ALIKES:
        return _LOOK_ALIKES[character]
    if unicodedata.category(character) in _SILENT:
        return ""
    parts = unicodedata.normalize("NFKD", character)
    kept = "".join(part if part in ALPHABET else _LOOK_ALIKES.get(part, "") for part in parts)
    return kept or _GAP


def _close(gap: re.Match[str]) -> str:
    """Close the gap that dropped characters leave: one space between words, none at the edge of a line."""
    run, text = gap[0], gap.string
    if _GAP not in run:
        return run
    start, end = gap.span()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    at_edge = before in ("", "\n") or after in ("", "\n")
    return " " if not at_edge and (" " in run or (before.isalnum() and after.isalnum())) else ""
