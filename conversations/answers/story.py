"""The story: what happened, in the citizen's own words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from conversations.answers.normal import expand, normal, words
from conversations.answers.problem import Problem

MOST_STORY: Final = 8000  # characters; the body of a report in lapor-case-api.yaml
_FEWEST_LETTERS: Final = 15
_FEWEST_WORDS: Final = 3
_FEWEST_FACTS: Final = 2

# What opens a letter, asks for attention or asks how the service works, but tells nothing that happened.
_OPENING: Final = words(
    """
    selamat pagi siang sore malam met halo hallo hai hi hey hello helo permisi assalamualaikum assalamu alaikum
    ass asalamualaikum askum salam wr wb warahmatullahi wabarakatuh warohmatullahi wabarokatuh sejahtera sehat
    om swastiastu sampurasun kulonuwun kulo nuwun punten nyuwun sewu shalom syalom namo buddhaya hormat dengan
    kepada yth yang terhormat bapak ibu saudara sdr pak bu kak kakak mas mbak mba min mimin admin bang abang gan
    sis bos para semua pimpinan kepala dinas bupati walikota wali kota gubernur presiden menteri camat lurah
    kades pemerintah petugas operator layanan lapor sp4n kabupaten provinsi kecamatan saya aku kami kita mau
    ingin mohon tolong minta bisa bisakah boleh bolehkah dapat apakah apa ini itu ada adakah izin ijin numpang
    tanya bertanya nanya menanyakan melapor melaporkan laporan laporkan pelaporan mengadu mengadukan pengaduan
    aduan keluhan bantuan dibantu bantu membantu dibantuin info informasi cara caranya bagaimana mana di ke
    untuk dan atau nomor benar ya iya tidak terima kasih terimakasih makasih sebelumnya nih dong tentang status
    cek mengecek sesuatu hal good morning afternoon evening night dear sir madam please i we want would like to
    report a an the my make file complaint complain help how do can you is this and thank thanks
    """
)


@dataclass(frozen=True, slots=True)
class Story:
    """Reads a story of `least` letters or more and keeps it word for word, at most MOST_STORY characters."""

    problems: ClassVar = ("empty", "long", "short")
    least: int = _FEWEST_LETTERS

    def __call__(self, text: str, _today: date, /) -> str | Problem:
        """Return the text as it stands, or why it is not enough."""
        said = text.strip()
        if not said:
            return Problem("empty")
        if len(said) > MOST_STORY:
            return Problem("long")
        return said if letters(said) >= self.least else Problem("short")


def letters(text: str) -> int:
    """Count the letters of a text."""
    return sum(map(str.isalpha, text))


def is_story(text: str) -> bool:
    """Tell whether a message that nobody asked for says that something happened."""
    said = [word for word in expand(normal(text).split()) if word[0].isalpha()]
    facts = {word for word in said if len(word) > 1} - _OPENING
    return letters(text) >= _FEWEST_LETTERS and len(said) >= _FEWEST_WORDS and len(facts) >= _FEWEST_FACTS
