"""The normal form of what was said: for matching only, never for filing."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHES: Final = str.maketrans("", "", "'`´‘’ʼ")  # noqa: RUF001 - what phones write for an apostrophe


def words(listing: str) -> frozenset[str]:
    """Return the words of a list written with spaces between them."""
    return frozenset(listing.split())


_POLITE: Final = words(
    """
    ya yah yaa iya pak bapak bpk bu ibu buk kak kakak mas mbak mba min mimin admin bang abang bos boss gan sis bro
    dong donk deh aja saja aj sih lah nih kok makasih trims thanks thx please
    """
)

_SHORT: Final = {
    short: full
    for full, shorts in (
        ("bagaimana", "gmn gimana"),
        ("banyak", "bnyk byk"),
        ("bapak", "bpk"),
        ("belum", "blm blom belom blum"),
        ("bisa", "bs"),
        ("bulan", "bln"),
        ("dalam", "dlm"),
        ("dapat", "dpt dapet"),
        ("dari", "dri"),
        ("dengan", "dgn dg dngn"),
        ("desa", "ds"),
        ("di mana", "dmn dimana"),
        ("dusun", "dsn"),
        ("hari", "hr hri"),
        ("harus", "hrs"),
        ("jalan", "jl jln"),
        ("juga", "jg jga"),
        ("kabupaten", "kab"),
        ("kalau", "klo kl kalo klau"),
        ("karena", "krn karna krna"),
        ("kecamatan", "kec"),
        ("kemarin", "kmrn kmren kemaren"),
        ("lagi", "lg lgi"),
        ("masih", "msh msih"),
        ("minggu", "mgg mggu"),
        ("mohon", "mhn mhon"),
        ("orang", "org"),
        ("pada", "pd"),
        ("saya", "sy sya"),
        ("sebelum", "sblm"),
        ("sekarang", "skrg skrang skr"),
        ("seperti", "spt sprti"),
        ("setelah", "stlh"),
        ("sudah", "sdh udh udah dah sudh"),
        ("tahun", "thn"),
        ("tanggal", "tgl tggl"),
        ("tapi", "tp tpi"),
        ("terus", "trs trus"),
        ("tersebut", "tsb"),
        ("tidak", "tdk gak gk ga g ngga nggak ngak enggak engga gag kagak kaga ndak tak"),
        ("tolong", "tlg tlong"),
        ("untuk", "utk untk"),
        ("yang", "yg"),
    )
    for short in shorts.split()
}

_SCHOOL_BEFORE: Final = words("sd sma anak siswa murid guru sekolah depan dekat masuk lulus gedung kelas")
_SCHOOL_AFTER: Final = words("n negeri swasta islam muhammadiyah kristen katolik terbuka it pgri")
_FAMILY_BEFORE: Final = words("kartu kepala anggota satu seluruh semua sekeluarga")
_FAMILY_AFTER: Final = words("saya sy kami kita dia mereka miskin prasejahtera kurang korban besar pasien")
_DOCTOR_BEFORE: Final = words("praktek praktik klinik oleh ke pak bu bapak ibu seorang tidak")
_DOCTOR_AFTER: Final = words("gigi spesialis umum jaga hewan kandungan anak mata sp")
_CAN: Final = words("bisa ada mau tau tahu pernah usah jadi boleh dapat dapet punya jelas mungkin")


@lru_cache(maxsize=512)  # one message is asked about many times in a turn, and "1" or "ya" in many
def normal(text: str) -> str:
    """Return a text in small letters without punctuation and closing politeness, which never leaves nothing."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    said = _WORD.findall(folded)
    while len(said) > 1 and said[-1] in _POLITE:
        said.pop()
    return " ".join(said) or folded.strip()


def expand(said: Sequence[str]) -> tuple[str, ...]:
    """Write the abbreviations of normal words out; what can mean two things is told by its neighbours."""
    around = ("", *said, "")
    return tuple(
        _TRAPS[word](before, after) if word in _TRAPS else _SHORT.get(word, word)
        for before, word, after in zip(around, said, around[2:], strict=False)
    )


def _smp(before: str, after: str) -> str:
    """Tell the school from "sampai": a school has a number or a kind, a stretch runs from number to number."""
    numbered = after.isdecimal() and not before.isdecimal()
    return "smp" if numbered or before in _SCHOOL_BEFORE or after in _SCHOOL_AFTER else "sampai"


def _kel(before: str, after: str) -> str:
    return "keluarga" if before in _FAMILY_BEFORE or after in _FAMILY_AFTER else "kelurahan"


def _dr(before: str, after: str) -> str:
    return "dokter" if before in _DOCTOR_BEFORE or after in _DOCTOR_AFTER else "dari"


def _gg(_before: str, after: str) -> str:
    return "tidak" if after in _CAN else "gang"


_TRAPS: Final[Mapping[str, Callable[[str, str], str]]] = {"smp": _smp, "kel": _kel, "dr": _dr, "gg": _gg}
