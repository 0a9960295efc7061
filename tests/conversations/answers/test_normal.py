import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers import expand, normal


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("  Jalan   RUSAK!! ", "jalan rusak"),
        ("KAB. NGANJUK", "kab nganjuk"),
        ("Jum'at", "jumat"),
        ("Jum’at", "jumat"),  # noqa: RUF001 - what phones write
        ("lapor#jalan#kemarin", "lapor jalan kemarin"),
        ("hapus_data", "hapus data"),
        ("ＭＥＮＵ", "menu"),  # noqa: RUF001 - full-width letters are what is tried
        ("ya pak", "ya"),
        ("Iya, Bu.", "iya"),
        ("lewati aja ya min", "lewati"),
        ("kirim dong kak", "kirim"),
        ("batal deh", "batal"),
        ("pak", "pak"),
        ("ya", "ya"),
        ("pak ya", "pak"),
        ("pak lurah", "pak lurah"),
        ("?", "?"),
        (" 👍 ", "👍"),
        ("", ""),
        (" \n", ""),
    ],
)
def test_the_normal_form_is_for_matching(text: str, form: str) -> None:
    """Drop case, punctuation and closing politeness, but never all of it."""
    assert normal(text) == form


@given(st.text(max_size=80))
def test_a_normal_form_is_its_own(text: str) -> None:
    """Find nothing more to do the second time."""
    assert normal(normal(text)) == normal(text)


@given(st.text(max_size=80))
def test_only_blanks_become_nothing(text: str) -> None:
    """Leave something of every message that has something."""
    assert bool(normal(text)) <= bool(text.strip())


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("yg sy tdk bs", "yang saya tidak bisa"),
        ("gak gk ga ngga nggak", "tidak tidak tidak tidak tidak"),
        ("sdh udh blm", "sudah sudah belum"),
        ("dgn dg utk krn tsb tp bpk jg", "dengan dengan untuk karena tersebut tapi bapak juga"),
        ("tgl bln thn mhn", "tanggal bulan tahun mohon"),
        ("jl jln rusak", "jalan jalan rusak"),
        ("lampu mati dr kemarin", "lampu mati dari kemarin"),
        ("dr gigi tidak ada", "dokter gigi tidak ada"),
        ("praktek dr budi", "praktek dokter budi"),
        ("smp skrg blm", "sampai sekarang belum"),
        ("dari jam 7 smp 9", "dari jam 7 sampai 9"),
        ("depan smp 2", "depan smp 2"),
        ("jalan ke smp negeri", "jalan ke smp negeri"),
        ("anak smp dan sd", "anak smp dan sd"),
        ("kel sukamaju", "kelurahan sukamaju"),
        ("kel saya sakit", "keluarga saya sakit"),
        ("kartu kel", "kartu keluarga"),
        ("gg mawar 3", "gang mawar 3"),
        ("gg bisa lewat", "tidak bisa lewat"),
        ("jalan rusak", "jalan rusak"),
        ("", ""),
    ],
)
def test_abbreviations_are_written_out_by_their_neighbours(text: str, full: str) -> None:
    """Tell apart what one abbreviation can mean."""
    assert expand(text.split()) == tuple(full.split())
