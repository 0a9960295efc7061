from datetime import date

import pytest

from conversations.answers import MOST_STORY, Problem, Story, is_story

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("  Jalan  RUSAK parah!!\nTolong \n", "Jalan  RUSAK parah!!\nTolong"),
        ("lampu mati 2 bln", Problem("short")),
        ("lampu mati 21 bulan!", Problem("short")),
        ("lampu mati tiga bulan", "lampu mati tiga bulan"),
        ("12345678901234567890", Problem("short")),
        ("😀" * 20, Problem("short")),
        ("", Problem("empty")),
        (" \n\t", Problem("empty")),
        ("a" * MOST_STORY, "a" * MOST_STORY),
        ("a" * (MOST_STORY + 1), Problem("long")),
    ],
)
def test_a_story_is_kept_word_for_word(text: str, answer: str | Problem) -> None:
    """Take a story of fifteen letters as it stands."""
    assert Story()(text, TODAY) == answer


def test_a_short_story_is_enough_where_little_is_asked() -> None:
    """Take as many letters as are asked for."""
    read = Story(least=2)

    assert (read("ok", TODAY), read("?!", TODAY)) == ("ok", Problem("short"))


STORIES = """
jalan berlubang besar depan SD 2, motor sering jatuh
Lampu jalan mati total
sampah ga diangkut
Saya mau lapor jalan rusak di desa Sukamaju
Selamat pagi pak, saya mau melaporkan pungli di kelurahan
mohon lampu merah simpang lima diperbaiki
belum diproses juga bansos ibu saya
tidak bisa ambil KTP di kecamatan
air pdam mati 3 hari
guru sering bolos mengajar
dalan rusak ing ngarep SD
the street light is broken near my house
""".strip().splitlines()

NO_STORIES = """
halo
Selamat pagi bapak/ibu admin
Assalamualaikum wr. wb. pak
Yth. Bapak Bupati
Kepada Yth Bapak Gubernur, dengan hormat
selamat siang saya mau lapor
saya ingin melapor pak, apakah bisa?
permisi min mau tanya
mohon bantuannya
bagaimana cara melapor?
good morning sir
I want to make a complaint please
jalan
jalan rusak
lapor
menu
status laporan saya
ya betul sekali
tidak
9165816
081234567890 3404011708900001
1
😀😀😀 🙏🙏 👍👍
aaaaaaaaaaaaaaaaaaaaaaaaa
- - - - - - - - - - - - -
?
""".strip().splitlines()


@pytest.mark.parametrize("text", STORIES)
def test_what_happened_is_a_story(text: str) -> None:
    """Begin a report with a first message that says what happened."""
    assert is_story(text)


@pytest.mark.parametrize("text", [*NO_STORIES, "", "\n"])
def test_a_greeting_a_keyword_or_a_number_is_no_story(text: str) -> None:
    """Begin nothing with a message that says nothing that happened."""
    assert not is_story(text)
