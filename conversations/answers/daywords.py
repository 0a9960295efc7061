"""The words that tell when: each is of a kind, and some have a value."""

import re
from typing import Final, NamedTuple

from conversations.answers.counting import NUMBERS
from conversations.answers.spelling import Spelling

_KINDS: Final = {
    "about": "hampir sekitar sekitaran skitar kira kurang lebih about almost around over nearly",
    "after": "depan mendatang",
    "ago": "lalu lalo llu silam lampau ago kapungkur kepungkur kapengker",
    "also": "dan atau and or",
    "before": "dulu dahulu before",
    "beside": "sebelum sblm sesudah setelah stlh",
    "dated": "tanggal tgl tg tggl tgll tanggl date",
    "dawn": "dini",
    "day": "hari hr hri day days harian dino dinten",
    "each": "tiap setiap every per saben umur usia berumur berusia",
    "earlier": "tadi td tdi earlier wau",
    "early": "awal early beginning start",
    "few": "beberapa bbrp several",
    "for": "sudah sdh udah udh dah telah selama for wis wes enggeus",
    "half": "setengah stengah separuh half",
    "hour": "jam jm pukul pkl hour hours",
    "just": "barusan brusan barusaja just",
    "last": "last past",
    "late": "akhir late end",
    "lately": "terakhir trakhir belakangan",
    "link": "pada di pd on in of the waktu saat",
    "long": "lama",
    "many": "berhari berminggu berbulan bertahun",
    "middle": "pertengahan tengah mid middle",
    "minggu": "minggu mingguan mgg mggu mg mngg",
    "minute": "menit mnt minute minutes",
    "month": "bulan bulanan bln bl month months sasi wulan",
    "new": "baru",
    "next": "next",
    "night": "malam mlm malem night peuting bengi",
    "now": "sekarang skrg skrang skr now",
    "oneday": "sehari seharian",
    "onehour": "sejam",
    "onemonth": "sebulan sebulanan sbulan sebln",
    "oneweek": "seminggu semingguan smggu sepekan",
    "oneyear": "setahun setahunan sthn",
    "only": "saja aja",
    "ordinal": "st nd rd",
    "overmorrow": "lusa",
    "part": """pagi siang sore petang subuh magrib maghrib isya dhuhur zuhur dzuhur ashar asar sahur pgi
        morning afternoon evening noon isuk esuk""",
    "place": """jl jln jalan gang gg rt rw no nomor nmr km blok pasar psr lapangan lap universitas univ sma smp sd
        sdn smpn sman smk stadion komplek kompleks perumahan perum taman kampung gedung hotel masjid jembatan
        terminal lahir kelahiran""",  # a date after one of these is part of a name, or of somebody's life
    "season": """lebaran idul fitri adha iduladha idulfitri puasa ramadan ramadhan romadon nyepi imlek waisak paskah
        galungan maulid muludan suro syawal musim kemarau pandemi covid corona pemilu pilkada""",
    "since": "sejak sjk semenjak dari dri dr mulai since from saking",
    "slept": "semalam semalem smlm smalam semlm",
    "teen": "belas",
    "tens": "puluh",
    "th": "th",
    "this": "ini this",
    "times": "sekali kali",
    "today": "today tonight",
    "tomorrow": "besok bsk besuk esok nanti tomorrow",
    "traffic": "lintas lintasnya",
    "until": "sampai sampe hingga until till",
    "week": "pekan week weeks",
    "yang": "yang yg",
    "year": "tahun tahunan thn year years taun",
    "yesterday": "kemarin kmrn kemaren kmren kmaren kmarn kmarin kemrin kmrin yesterday wingi kamari ibi",
    "zone": "wib wita wit am pm",
}

_VALUES: Final = {
    "weekday": dict(
        enumerate(
            (
                "senin senen snin monday",
                "selasa slasa tuesday",
                "rabu rebo rbu wednesday",
                "kamis kms kemis thursday",
                "jumat jmt jumaat jumad friday",
                "sabtu sbtu saptu saturday",
                "ahad sunday",
            )
        )
    ),
    "named": dict(
        enumerate(
            (
                "januari january jan",
                "februari february pebruari feb",
                "maret march mrt",
                "april apr",
                "mei may",
                "juni june jun",
                "juli july jul",
                "agustus august agt agst ags agus aug",
                "september sept sep",
                "oktober october okt oct",
                "november nopember nov nop",
                "desember december des dec",
            ),
            start=1,
        )
    ),
    "feast": {1225: "natal christmas", 817: "agustusan kemerdekaan"},  # month and day
    "number": {1: "a"},
}

# Long words that are recognised with one letter wrong, and real words that are one letter away from them.
_FORGIVEN: Final = Spelling(
    """
    kemarin semalam barusan tanggal minggu seminggu sebulan setahun sekarang lebaran setengah terakhir
    selasa januari februari agustus september oktober november desember yesterday monday tuesday wednesday thursday
    friday saturday sunday january february august october december
    """,
    but="selama sedalam tinggal tanggul tunggal tangga barisan lembaran lebarkan minggir minggat kemari sekarung terakhiri",
)


class Word(NamedTuple):
    """A word of a text: its kind, its value (0 where it has none) and where it stands."""

    kind: str
    value: int
    start: int
    end: int


OTHER: Final = "other"
KINDS: Final = (*_KINDS, *_VALUES, "yyyy", "sep", "dot", "comma", OTHER)

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)?|\d+|(?<=\d)\s?[-/.:,]\s?(?=\d)")  # noqa: RUF001
_SEPARATORS: Final = {"-": "sep", "/": "sep", ".": "dot", ":": "dot", ",": "comma"}
_MOST_FIGURES: Final = 3
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def read_words(text: str) -> list[Word]:
    """Return the words, numbers and separators of a text, in order; what tells no time is of kind `other`."""
    return [Word(*_sort(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def _sort(token: str) -> tuple[str, int]:
    """Return the kind and the value of one word."""
    token = token.lower()
    if token in _TABLE:
        return _TABLE[token]
    if token[0].isdecimal():
        return _figures(token)
    if token.strip() in _SEPARATORS:
        return _SEPARATORS[token.strip()], 0
    if not token.isalpha():
        token = token.translate(_APOSTROPHES)
    return _TABLE.get(token) or _TABLE.get(_FORGIVEN.meant(token), _NO_TIME)


def _figures(token: str) -> tuple[str, int]:
    if len(token) <= _MOST_FIGURES:
        return "number", int(token)
    return ("yyyy", int(token)) if _YEAR.fullmatch(token) else (OTHER, 0)


_APOSTROPHES: Final = str.maketrans("", "", "'’`")  # noqa: RUF001 - what phones write for an apostrophe
_NO_TIME: Final = (OTHER, 0)
_TABLE: Final[dict[str, tuple[str, int]]] = {
    **{word: ("number", value) for word, value in NUMBERS.items()},
    **{word: (kind, 0) for kind, listing in _KINDS.items() for word in listing.split()},
    **{
        word: (kind, value)
        for kind, listings in _VALUES.items()
        for value, listing in listings.items()
        for word in listing.split()
    },
}
