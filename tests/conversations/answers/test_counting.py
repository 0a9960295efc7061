from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers import Problem, Stars, number, stars

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("2", 2),
        (" 2 ", 2),
        ("1.", 1),
        ("2)", 2),
        ("(1)", 1),
        ("#2", 2),
        ("2!", 2),
        ("1️⃣", 1),
        ("②", 2),
        ("２", 2),  # noqa: RUF001 - a full-width digit is what is tried
        ("02", 2),
        ("no 2", 2),
        ("no. 2", 2),
        ("no2", 2),
        ("No.2", 2),
        ("nomor dua", 2),
        ("pilih 2", 2),
        ("pilihan 3", 3),
        ("pilih nomor 2", 2),
        ("opsi 1", 1),
        ("yang 2", 2),
        ("yg kedua", 2),
        ("ke 2", 2),
        ("ke-2", 2),
        ("kedua", 2),
        ("pertama", 1),
        ("satu", 1),
        ("dua", 2),
        ("Dua pak", 2),
        ("2 ya", 2),
        ("2 aja min", 2),
        ("siji", 1),
        ("loro", 2),
        ("telu", 3),
        ("hiji", 1),
        ("opat", 4),
        ("ciek", 1),
        ("ampek", 4),
        ("besik", 1),
        ("one", 1),
        ("two", 2),
        ("second", 2),
        ("nol", 0),
        ("sepuluh", 10),
        ("sebelas", 11),
        ("dua belas", 12),
        ("sembilan belas", 19),
        ("dua puluh", 20),
        ("dua puluh satu", 21),
        ("sembilan puluh sembilan", 99),
        ("999", 999),
        ("1000", None),
        ("9165816", None),
        ("", None),
        ("?", None),
        ("ya", None),
        ("1 2", None),
        ("1.5", None),
        ("dua tiga", None),
        ("puluh", None),
        ("belas dua", None),
        ("sepuluh belas", None),
        ("satu jam lagi", None),
        ("2 orang jatuh dari motor", None),
        ("jalan rusak", None),
        ("no", None),
        ("pilih", None),
    ],
)
def test_a_number_is_the_whole_message(text: str, value: int | None) -> None:
    """Understand a number of a menu as people write it."""
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "given_stars"),
    [
        ("5", 5),
        ("1", 1),
        ("empat", 4),
        ("bintang 4", 4),
        ("bintang lima", 5),
        ("4 bintang", 4),
        ("Bintang 5 pak", 5),
        ("4/5", 4),
        ("5/5", 5),
        ("3 dari 5", 3),
        ("4 of 5", 4),
        ("4 stars", 4),
        ("rating 3", 3),
        ("★★★", 3),
        ("⭐⭐⭐⭐", 4),
        ("⭐️⭐️", 2),
        ("★★★☆☆", 3),
        ("* * *", 3),
        ("🌟", 1),
        ("0", None),
        ("6", None),
        ("bintang", None),
        ("⭐⭐⭐⭐⭐⭐", None),
        ("☆☆☆☆☆", None),
        ("bagus", None),
        ("", None),
    ],
)
def test_stars_are_drawn_counted_or_said(text: str, given_stars: int | None) -> None:
    """Understand one to five stars."""
    assert stars(text) == given_stars


def test_the_reader_of_stars_says_what_it_cannot_read() -> None:
    """Return the stars or the retry text."""
    read = Stars()

    assert (read("bintang 4", TODAY), read("bagus sekali", TODAY)) == (4, Problem("unknown"))


@given(st.text(max_size=50))
def test_any_text_is_a_number_of_three_digits_or_none(text: str) -> None:
    """Read any text without failing."""
    found = number(text)

    assert found is None or 0 <= found <= 999
