"""What gives a person away is found, and hidden so that its owner knows it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.personal import masked, personal

MASKED = [
    ("NIK saya 3404011708900001 ditolak", "NIK saya 3404**********01 ditolak"),
    ("NIK3404015708900001", "NIK3404**********01"),
    ("nik: 3404 0117 0890 0001.", "nik: 3404 **** **** **01."),
    ("3404-0157-0890-0001", "3404-****-****-**01"),
    ("34.04.01.170890.0001", "34.04.**.******.**01"),
    ("340401 170890 0001", "3404** ****** **01"),
    ("No KK 3404012203120004 an. Siti", "No KK 3404**********04 an. Siti"),
    ("kartu 9999888877776666", "kartu 9999**********66"),
    ("kartu 9999 8888 7777 6666", "kartu 9999 **** **** **66"),
    ("KK 3404012203120004, NIK 3404011708900001", "KK 3404**********04, NIK 3404**********01"),
    ("3404011708900001 081234567890", "3404**********01 0812******90"),
    ("3404011708900001/3404012203120004", "3404**********01/3404**********04"),
    ("hubungi 081234567890 ya", "hubungi 0812******90 ya"),
    ("hp 0812-3456-7890", "hp 0812-****-**90"),
    ("0812 3456 789 17 agustus", "081* **** *89 17 agustus"),
    ("0812.3456.7890.", "0812.****.**90."),
    ("08 12 34 56 78 90", "08 12 ** ** ** 90"),
    ("+6281234567890", "+6281*******90"),
    ("+62 812-3456-7890", "+62 81*-****-**90"),
    ("(+62) 812 3456 7890", "(+62) 81* **** **90"),
    ("6281234567890", "6281*******90"),
    ("wa.me/6281234567890", "wa.me/6281*******90"),
    ("WA081234567890", "WA0812******90"),
    ("no.0812345678", "no.081*****78"),
    ("telp (0274) 512345", "telp (027*) ****45"),
    ("021-5551234", "021-*****34"),
    ("kantor 0361 225555 tidak diangkat", "kantor 036* ****55 tidak diangkat"),
    ("0274512345", "027*****45"),
    ("+65 9123 4567", "+65 9*** **67"),
    ("jl mawar no 5 081234567890", "jl mawar no 5 0812******90"),
    ("08123456789 2 orang", "081******89 2 orang"),
    ("08123456789\n08198765432", "081******89\n081******32"),
]

LEFT = """
Laporan #9165816 belum selesai
laporan 91658161 dan 9165816
harga Rp 15.000.000
Rp 1.500.000.000.000.000
Rp 812345678901
biaya 0812345678 rupiah
150000000 rupiah
tgl 07-08-2026 10.30
tgl 08-12-2026 10 30
tgl 08-12-2026 1030
17/08/2026 pukul 08.12
08.12.2026
2026-08-12 10:30:00
sejak 2019-2026
RT 03 RW 05 No 12
RT.003/RW.005
AB 1234 XY
B 081234 XYZ
km 5
Jl. Kaliurang km 12.5 no 08
kode pos 55281
-7.7823456, 110.4012345
resi JP0812345678901
BPJS 0001234567890
12345678901234567
123456789012345
hubungi 112, 110, atau 1708
satu dua 08 tiga
0812
jam 08 12 sampai 09 30
12 34 56 78 90 12 34 56
""".strip().splitlines()


@pytest.mark.parametrize(("text", "hidden"), MASKED)
def test_a_number_that_names_a_person_is_hidden_but_for_its_ends(text: str, hidden: str) -> None:
    """Hide NIK, KK, cards and telephones in every way they are written."""
    assert masked(text, personal(text)) == hidden


@pytest.mark.parametrize("text", [*LEFT, ""])
def test_other_numbers_are_left_alone(text: str) -> None:
    """Take no price, date, ticket, address or number plate for a person's."""
    assert personal(text) == ()


def test_each_stretch_is_told_with_its_kind() -> None:
    text = "NIK 3404011708900001 hp (0274) 512345"
    assert [(text[span.start : span.end], span.kind) for span in personal(text)] == [
        ("3404011708900001", "identity"),
        ("(0274) 512345", "phone"),
    ]


def test_only_what_is_named_is_hidden() -> None:
    text = "3404011708900001 dan 081234567890"
    assert masked(text, personal(text)[1:]) == "3404011708900001 dan 0812******90"


@given(st.text(alphabet="0123456789 -.+()Rpx8", max_size=60))
def test_whatever_stands_there_only_digits_become_asterisks(text: str) -> None:
    hidden = masked(text, personal(text))
    kept = [one if two != "*" else "*" for one, two in zip(text, hidden, strict=True)]
    assert "".join(kept) == hidden
