"""Numbers as people write them: of a menu, of stars."""

import re
import unicodedata
from datetime import date
from typing import ClassVar, Final

from conversations.answers.normal import normal, words
from conversations.answers.problem import Problem

_MOST_STARS: Final = 5

# Indonesian, Javanese, Sundanese, Minangkabau, Balinese, English. Salapan is left out: it is eight in
# Minangkabau and nine in Sundanese.
NUMBERS: Final = {
    word: value
    for value, names in enumerate(
        (
            "nol zero",
            "satu pertama kesatu siji setunggal hiji ciek besik one first",
            "dua kedua loro kalih duo two second",
            "tiga ketiga telu tigo tilu three third",
            "empat keempat papat sekawan opat ampek four fourth",
            "lima kelima limo five fifth",
            "enam keenam enem genep anam nenem six sixth",
            "tujuh ketujuh pitu tujuah seven seventh",
            "delapan kedelapan wolu dalapan kutus eight eighth",
            "sembilan kesembilan sanga sambilan nine ninth",
            "sepuluh kesepuluh sedasa sapuluh sapuluah dasa ten tenth",
            "sebelas kesebelas sewelas sabelas eleven",
            "twelve",
        )
    )
    for word in names.split()
}

# What people put before a number of a menu.
_LEADING: Final = words("no nomor nomer nmr nom angka pilih pilihan milih opsi option number yang yg ke")
_GLUED: Final = re.compile(r"(?:no|nomor|nomer|nmr|ke|opsi)?([0-9]{1,3})")
_SHINING: Final = re.compile(r"[★⭐🌟*]{1,5}")
_STARRED: Final = words("bintang bintangnya star stars rating nilai skor")
_MARKS: Final = str.maketrans("", "", "\ufe0f\u20e3☆ ")


def number(text: str) -> int | None:
    """Return the number that the whole message is: digits up to 999, or words up to ninety-nine."""
    said = normal(text.replace("\ufe0f", "").replace("\u20e3", "")).split()
    while len(said) > 1 and said[0] in _LEADING:
        said.pop(0)
    glued = _GLUED.fullmatch(said[0]) if len(said) == 1 else None
    return int(glued[1]) if glued else in_words(said)


def in_words(said: list[str]) -> int | None:
    """Return the value of number words such as `dua puluh satu`, 0 to 99."""
    match said:
        case [word]:
            return NUMBERS.get(word)
        case [word, "belas"]:
            return _sum(10, word)
        case [word, "puluh"]:
            return _sum(0, word, times=10)
        case [word, "puluh", last]:
            whole = _sum(0, word, times=10)
            return None if whole is None else _sum(whole, last)
        case _:
            return None


def _sum(base: int, word: str, times: int = 1) -> int | None:
    """Add one digit in words, one to nine."""
    digit = NUMBERS.get(word, 0)
    return base + digit * times if 1 <= digit <= 9 else None  # noqa: PLR2004 - digits


class Stars:
    """Reads one to five stars."""

    problems: ClassVar = ("unknown",)

    def __call__(self, text: str, _today: date, /) -> int | Problem:
        """Return the stars, or say that they were not understood."""
        found = stars(text)
        return Problem("unknown") if found is None else found


def stars(text: str) -> int | None:
    """Return the stars, one to five, that the whole message is: drawn, counted or in words."""
    drawn = unicodedata.normalize("NFKC", text).translate(_MARKS).strip()
    if _SHINING.fullmatch(drawn):
        return len(drawn)
    said = [word for word in normal(text).split() if word not in _STARRED]
    match said:
        case [given, "5"] | [given, "dari" | "of", "5"]:  # "4/5", "4 dari 5"
            said = [given]
    found = number(" ".join(said))
    return found if found is not None and 1 <= found <= _MOST_STARS else None
