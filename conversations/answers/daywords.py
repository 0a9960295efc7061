"""The words that tell when: each is of a kind, and some have a value."""

import re
from typing import Final, NamedTuple

from conversations.answers.counting import NUMBERS
from conversations.answers.spelling import Spelling

_KINDS: Final = {
    "about": "hampir sekitar sekitaran skitar kira kurang lebih about almost around over nearly",
    "after": "depan",
    "again": "lagi",
    "ago": "lalu lalo llu silam lampau ago kapungkur kepungkur kapengker",
    "also": "dan atau and or",
    "before": "dulu dahulu before",
    "bengi": "bengi wengi dalu ndalu",
    "beside": "sebelum sblm sesudah setelah stlh",
    "coming": "mendatang",
    "custom": "seharusnya harusnya selalu biasanya rutin libur",
    "dated": "tanggal tgl tg tggl tgll tanggl date",
    "dawn": "dini",
    "day": "hari hr hri day days harian dino dina dinten poe",
    "each": "tiap setiap every per saben umur usia berumur berusia",
    "earlier": "tadi td tdi earlier wau",
    "early": "awal early beginning start",
    "era": "zaman jaman era harga biaya tarif syarat aturan",
    "few": "beberapa bbrp several",
    "for": "sudah sdh udah udh dah telah selama for wis wes sampun enggeus geus alah ka",
    "from": "mulai mulei",
    "half": "setengah stengah separuh half",
    "hour": "jam jm pukul pkl hour hours",
    "just": "barusan brusan barusaja just",
    "isuk": "isuk esuk",
    "last": "last past",
    "late": "akhir late end",
    "lately": "terakhir trakhir belakangan",
    "link": "di on in of the",
    "long": "lama",
    "many": "berhari berminggu berbulan bertahun",
    "mau": "mau dek",  # Javanese for a while ago, Indonesian for wanting
    "measure": "meter m cm orang org siswa pasien kk jiwa kg liter persen bagian porsi ribu rb juta jt",
    "middle": "pertengahan tengah mid middle",
    "minggu": "minggu mingguan mgg mggu mgu mg mngg mnggu",
    "minute": "menit mnt minute minutes",
    "moment": "pada pd saat waktu wkt",
    "month": "bulan bulanan bln bl month months sasi wulan",
    "new": "baru",
    "next": "next",
    "night": "malam mlm malem night peuting",
    "not": "tidak tdk tak ga gak gk nggak ngga enggak belum blm blom ora durung teu indak alun not",
    "now": "sekarang skrg skrang skr skrng now saiki sakniki ayeuna kiwari kini",
    "oneday": "sehari seharian sedina sadino sapoe",
    "onehour": "sejam",
    "onemonth": "sebulan sebulanan sbulan sebln sabulan sewulan sesasi",
    "oneweek": "seminggu semingguan smggu sepekan saminggu sakminggu sapakan",
    "oneyear": "setahun setahunan sthn setaun sataun",
    "only": "saja aja",
    "ordinal": "st nd rd",
    "overmorrow": "lusa",
    "part": """pagi siang sore petang subuh magrib maghrib isya dhuhur zuhur dzuhur ashar asar sahur pgi
        morning afternoon evening noon""",
    "place": """jl jln jalan gang gg rt rw no nomor nmr km blok pasar psr lapangan lap universitas univ sma smp sd
        sdn smpn sman smk stadion komplek kompleks perumahan perum taman kampung gedung hotel masjid jembatan
        terminal kavling kav pasal ayat kelas golongan
        lahir kelahiran""",  # a date after one of these is part of a name, or of somebody's life
    "please": """pak bu bapak ibu min mas mbak bang kak tolong tlg mohon mhn dong ya nih terima makasih trims thx
        please""",
    "season": """lebaran idul fitri adha iduladha idulfitri puasa ramadan ramadhan romadon nyepi imlek waisak paskah
        galungan maulid muludan suro syawal musim kemarau pandemi covid corona pemilu pilkada""",
    "since": "sejak sjk semenjak dari dri dr since from saking",
    "slept": "semalam semalem smlm smalam semlm samalam mambengi",
    "stuck": """mati padam rusak kering kosong habis macet mampet bocor gelap banjir putus hilang tutup ditutup
        keruh bau numpuk menumpuk jebol ambrol amblas longsor berlubang terlambat telat menunggu nunggu tunggu
        antre antri ngantri mangkrak terbengkalai tergenang terisolasi broken dead""",
    "teen": "belas",
    "tens": "puluh",
    "th": "th",
    "this": "ini ni ieu iki niki this",
    "term": """anak balita bayi kontrak garansi masa tempo jangka durasi target janji janjinya dijanjikan katanya
        denda penjara kurungan hukuman cuti sewa cicilan pelatihan kursus maksimal maks minimal lambat butuh perlu
        jadi selesai cuma hanya""",
    "times": "sekali kali",
    "to": "ke",
    "today": "today tonight",
    "tomorrow": "besok bsk besuk esok nanti tomorrow",
    "traffic": "lintas lintasnya",
    "until": "sampai sampe smpai smpe ampe nyampe hingga until till",
    "week": "pekan week weeks",
    "will": "akan bakal bakalan rencana rencananya direncanakan jadwal jadwalnya dijadwalkan will arep bade",
    "with": "dengan dgn dg",
    "work": """jualan berjualan dagang berdagang kerja bekerja tinggal menetap mengabdi mengajar ngajar langganan
        berlangganan narik nyopir ngojek ngontrak working living""",
    "yang": "yang yg",
    "year": "tahun tahunan thn year years taun",
    "yesterday": """kemarin kmrn kemaren kmren kmaren kmarn kmarin kemrin kmrin yesterday wingi kamari
        kapatang ibi dibi""",
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
    "number": {  # Javanese and Balinese count days in forms of their own
        1: "a",
        2: "rong duang",
        3: "telung",
        4: "patang",
        5: "limang",
        6: "nem",
        7: "pitung",
        8: "wolung",
        9: "sangang",
    },
}

# Long words that are recognised with one letter wrong, and real words that are one letter away from them.
_FORGIVEN: Final = Spelling(
    """
    kemarin semalam barusan tanggal minggu seminggu sebulan setahun sekarang lebaran setengah terakhir
    selasa januari februari agustus september oktober november desember yesterday monday tuesday wednesday thursday
    friday saturday sunday january february august october december
    """,
    but="""
    selama sedalam tanggul tunggal tangga barisan lembaran lebarkan minggir minggat kemari sekarung semarang
    terakhiri
    """,
)


class Word(NamedTuple):
    """A word of a text: its kind, its value (0 where it has none) and where it stands."""

    kind: str
    value: int
    start: int
    end: int


OTHER: Final = "other"
KINDS: Final = (*_KINDS, *_VALUES, "yyyy", "sep", "slash", "dot", "comma", OTHER)

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)?|\d+|(?<=\d)\s?[-/.:,]\s?(?=\d)")  # noqa: RUF001
_SEPARATORS: Final = {"-": "sep", "/": "slash", ".": "dot", ":": "dot", ",": "comma"}
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
