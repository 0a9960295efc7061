"""The place: where it happened, in the citizen's own words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from conversations.answers.normal import expand, normal, words
from conversations.answers.problem import Problem

_MOST: Final = 1000  # characters

# Words that point without naming: an answer made of nothing else tells an officer nothing.
_POINTING: Final = words(
    """
    di ke dari sini disini sana disana situ disitu dekat deket depan belakang samping sebelah sekitar pinggir
    seberang rumah rmh tempat tempatku lokasi daerah wilayah kampung desa kelurahan jalan kos kontrakan tinggal
    lingkungan gang saya aku kami kita gue gua nya rumahku rumahnya ini itu yang mana pokoknya pas tepat juga
    masih ada kene kono mriki mrika omah omahku dieu ditu
    here there near in front of behind my our house home the street place
    """
)


@dataclass(frozen=True, slots=True)
class PlaceReader:
    """Reads a place of `least` letters and digits or more and keeps it word for word."""

    problems: ClassVar = ("empty", "long", "short", "vague")
    least: int = 4

    def __call__(self, text: str, _today: date, /) -> str | Problem:
        """Return the text as it stands, or why it names no place."""
        said = text.strip()
        if not said:
            return Problem("empty")
        if len(said) > _MOST:
            return Problem("long")
        if sum(letter.isascii() and letter.isalnum() for letter in said) < self.least:  # Latin letters and digits
            return Problem("short")
        return Problem("vague") if _POINTING.issuperset(expand(normal(said).split())) else said
