"""Keywords of 1708 are taken off, and stories that begin like one are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import ENGLISH, INDONESIAN

import bot
from conversations.reading.agencies import Agency, agencies_of
from conversations.reading.opening import Opening, addressee, opening

KEYWORDS = (Path(bot.__path__[0]) / "data/keywords.toml").read_text("utf-8")
REGIONS = (
    ("31", "Daerah Khusus Ibukota Jakarta"),
    ("31.71", "Kota Administrasi Jakarta Pusat"),
    ("34", "Daerah Istimewa Yogyakarta"),
    ("32.73", "Kota Bandung"),
    ("34.01", "Kabupaten Kulon Progo"),
    ("35.18", "Kabupaten Nganjuk"),
    ("13", "Sumatera Barat"),
    ("13.71", "Kota Padang"),
)
AGENCIES = agencies_of(KEYWORDS, REGIONS)

NGANJUK = ("Pemerintah Kabupaten Nganjuk", "35.18")
TANGERANG = ("Pemerintah Kabupaten Tangerang", "36.03")
KULON_PROGO = ("Pemerintah Kabupaten Kulon Progo", "34.01")
BANDUNG = ("Pemerintah Kota Bandung", "32.73")
STORY = "lampu jalan mati di Jl. Mawar sejak kemarin"

KEYED = [
    (f"LAPOR {STORY}", ("", "")),
    (f"lapor {STORY}", ("", "")),
    (f"Lapor: {STORY}", ("", "")),
    (f"LAPOR! {STORY}", ("", "")),
    (f"LAPOR#{STORY}", ("", "")),
    (f"  LAPOR\n\n{STORY}  ", ("", "")),
    (f"TANGKAB {STORY}", TANGERANG),
    (f"tangkab {STORY}", TANGERANG),
    (f"LAPOR TANGKAB {STORY}", TANGERANG),
    (f"KAB. NGANJUK {STORY}", NGANJUK),
    (f"KAB NGANJUK {STORY}", NGANJUK),
    (f"KAB.NGANJUK {STORY}", NGANJUK),
    (f"kab. nganjuk {STORY}", NGANJUK),
    (f"Kab Nganjuk: {STORY}", NGANJUK),
    (f"Kabupaten Nganjuk: {STORY}", NGANJUK),
    (f"pemkab nganjuk, {STORY}", NGANJUK),
    (f"lapor kab nganjuk {STORY}", NGANJUK),
    (f"KABNGANJUK {STORY}", NGANJUK),
    (f"TANGKAB: {STORY}", TANGERANG),
    (f"TangKab, {STORY}", TANGERANG),
    (f"KULONPROGO {STORY}", KULON_PROGO),
    (f"Kulonprogo {STORY}", KULON_PROGO),
    (f"KAB KULON PROGO {STORY}", KULON_PROGO),
    (f"KOTA BANDUNG {STORY}", BANDUNG),
    (f"pemkot bandung {STORY}", BANDUNG),
    (f"PROV SUMATERA BARAT {STORY}", ("Pemerintah Provinsi Sumatera Barat", "13")),
    (f"Pemprov DIY {STORY}", ("Pemerintah Daerah Istimewa Yogyakarta", "34")),
    (f"KOTA JAKARTA PUSAT {STORY}", ("Pemerintah Kota Administrasi Jakarta Pusat", "31.71")),
    (f"KUMHAM {STORY}", ("Kementerian Hukum", "")),
    (f"Kumham {STORY}", ("Kementerian Hukum", "")),
]

STORIES = """
lampu jalan mati di Jl. Mawar sejak kemarin
kota kami banjir sejak tadi malam
Kota Bandung macet di mana-mana, tolong diatur
Kota Bandung lampu jalan mati semua sejak kemarin
kota bandung jalan rusak di depan pasar baru
kabupaten nganjuk jalan rusak di mana-mana
kab nganjuk banjir sejak kemarin
kab nganjuk jalan rusak
Pemkab Nganjuk tidak pernah memperbaiki jalan desa kami
Pemkot Bandung sudah dilapori tetapi diam saja
kulonprogo banjir parah di Wates sejak kemarin
Kulonprogo gelap
Tangkab tidak peduli warganya, jalan rusak
lapor ke kelurahan tidak ditanggapi sejak kemarin
laporan saya belum diproses sejak bulan lalu
Laporan kehilangan tidak dilayani di kantor
pelapor tidak dihubungi petugas
kab antah berantah jalan rusak di depan pasar
KABEL listrik menjuntai di jalan
provinsi kami jalannya rusak semua
LAPOR
TANGKAB
KAB. NGANJUK
laporan #9165816 belum selesai juga
jalan rusak #savejogja
jalan rusak #savejogja #viral
jalan rusak#sleman
?
""".strip().splitlines()


@pytest.mark.parametrize(("text", "agency"), KEYED)
def test_a_keyword_is_taken_off_and_the_story_stays_word_for_word(text: str, agency: tuple[str, str]) -> None:
    """Know LAPOR, the agencies of 1708 and the governments of regions, in capitals or not."""
    name, region = agency
    assert opening(text, INDONESIAN, AGENCIES) == Opening(STORY, name, region, asked=True)


@pytest.mark.parametrize("text", [*STORIES, ""])
def test_a_story_that_only_begins_like_a_keyword_stays_whole(text: str) -> None:
    assert opening(text, INDONESIAN, AGENCIES) == Opening(text)


ALONE = [
    ("TANGKAB", TANGERANG),
    ("tangkab.", TANGERANG),
    (" Kulonprogo ", KULON_PROGO),
    ("KAB. NGANJUK", NGANJUK),
    ("kab.nganjuk", NGANJUK),
    ("KABNGANJUK", NGANJUK),
    ("pemkot bandung", BANDUNG),
    ("KUMHAM", ("Kementerian Hukum", "")),
]


@pytest.mark.parametrize(("text", "agency"), ALONE)
def test_a_keyword_alone_names_whom_a_report_is_for(text: str, agency: tuple[str, str]) -> None:
    """The story is still to come; LAPOR before it changes nothing."""
    whom = Opening("", *agency, asked=True)
    assert (addressee(text, AGENCIES), opening(f"LAPOR {text}", INDONESIAN, AGENCIES)) == (whom, whom)


@pytest.mark.parametrize("text", ["", "LAPOR", "TANGKAB rusak", "Kabupaten", "kota", f"TANGKAB{'.' * 200}"])
def test_what_is_no_keyword_alone_names_nobody(text: str) -> None:
    assert addressee(text, AGENCIES) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LAPOR lampu mati#Jl. Mawar#kemarin", Opening("lampu mati", "", "", "Jl. Mawar", "kemarin", asked=True)),
        ("lapor lampu mati # Sleman # 17/8 #", Opening("lampu mati", "", "", "Sleman", "17/8", asked=True)),
        ("LAPOR lampu mati#Sleman", Opening("lampu mati", "", "", "Sleman", asked=True)),
        ("LAPOR#lampu mati#Sleman#kemarin", Opening("lampu mati", "", "", "Sleman", "kemarin", asked=True)),
        ("LAPOR lampu mati##kemarin", Opening("lampu mati", "", "", "", "kemarin", asked=True)),
        ("lampu mati#Sleman#kemarin", Opening("lampu mati", "", "", "Sleman", "kemarin", asked=True)),
        ("KAB. NGANJUK#lampu mati#Loceret#17/8", Opening("lampu mati", *NGANJUK, "Loceret", "17/8", asked=True)),
        ("LAPOR lampu mati#", Opening("lampu mati#", asked=True)),
        ("LAPOR satu#dua#tiga#empat", Opening("satu#dua#tiga#empat", asked=True)),
        ("LAPOR laporan #9165816 tidak dijawab", Opening("laporan #9165816 tidak dijawab", asked=True)),
    ],
)  # fmt: skip
def test_number_signs_part_what_where_and_when(text: str, found: Opening) -> None:
    """Part two or three pieces; more are no grammar, and the number of a report is no part."""
    assert opening(text, INDONESIAN, AGENCIES) == found


@pytest.mark.parametrize("word", ["REPORT", "report", "LAPOR"])
def test_the_english_word_is_known_where_english_is_spoken(word: str) -> None:
    story = "street light out at Jl. Mawar"
    assert opening(f"{word} {story}", ENGLISH, AGENCIES) == Opening(story, asked=True)


def test_governments_are_known_by_the_ways_people_write_them() -> None:
    padang = Agency("Pemerintah Kota Padang", "13.71", "short")
    assert agencies_of("agencies = []", [("13.71", "Kota Padang")]) == {
        "kotapadang": Agency("Pemerintah Kota Padang", "13.71", "name"),
        "pemkotpadang": padang,
    }


@pytest.mark.parametrize(
    "source", ["", "agencies = 3", 'agencies = ["x"]', 'agencies = [{ name = "x" }]', "agencies = [", "x"]
)
def test_a_list_of_another_shape_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        agencies_of(source, ())


@given(st.text(max_size=80), st.sampled_from(["LAPOR ", "TANGKAB ", "KAB. NGANJUK ", "kota ", ""]))
def test_nothing_typed_is_lost(text: str, before: str) -> None:
    """Find every letter of a message in one of the parts, or in the keyword before it."""
    found = opening(before + text, INDONESIAN, AGENCIES)
    whole = [letter for letter in f"{before}{text}" if letter.isalnum()]
    kept = [letter for part in (found.body, found.place, found.day) for letter in part if letter.isalnum()]
    assert whole[len(whole) - len(kept) :] == kept
