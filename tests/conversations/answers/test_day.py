import time
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers import Day, DayReader, Problem, find_day
from conversations.answers.daywords import KINDS, read_words
from conversations.answers.normal import words

TODAY = date(2026, 11, 24)  # a Tuesday
HERE = Path(__file__).parent

SPOKEN = words(
    """
    kemarin lusa tadi malam pagi jam 7 8.30 hari senin minggu bulan tahun lalu yang ini depan sejak sudah hampir
    2 dua belas puluh tgl 17 31 8 / 17/8 17-8-2026 2024 agustus februari 29 awal akhir pertengahan setengah
    beberapa lebaran natal jl no setiap sampai sekarang besok 17.8.26 30/2 45/13/99 999 a week ago last sebulan
    dan , sekali sebelum akan mulai nanti skrg mati tidak 20/11 telung pada lagi ke jualan
    """
)


def rows(name: str, separator: str | None) -> list[list[str]]:
    """Return the rows of a table beside this file."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [
        [part.strip() for part in line.split(separator, 1 if separator is None else -1)]
        for line in lines
        if line and not line.startswith("#")
    ]


def told(answer: Day | Problem | None) -> str:
    """Return what an answer comes to, as the tables write it."""
    match answer:
        case Problem(name):
            return name
        case Day(_, on):
            return on.isoformat() if on else "sometime"
        case _:
            return "none"


@pytest.mark.parametrize(("expected", "phrase"), rows("days.txt", None))
def test_an_answer_comes_to_its_date(expected: str, phrase: str) -> None:
    """Reckon a phrase from a fixed Tuesday."""
    assert told(DayReader()(phrase, TODAY)) == expected


@pytest.mark.parametrize(("now", "meant", "phrase"), rows("misread.txt", "|"))
def test_what_is_misread_is_known(now: str, meant: str, phrase: str) -> None:
    """Hold what these phrases come to today, which is not what they mean."""
    got = told(DayReader()(phrase, TODAY))

    assert (got, got == meant) == (now, False)


def test_ninety_eight_of_a_hundred_phrases_are_right() -> None:
    """Count both tables."""
    right, wrong = len(rows("days.txt", None)), len(rows("misread.txt", "|"))

    assert right / (right + wrong) >= 0.98


@pytest.mark.parametrize(("expected", "said", "story"), rows("stories.txt", "|"))
def test_a_day_is_found_in_a_story(expected: str, said: str, story: str) -> None:
    """Find the day and the very words that tell it, and no day where a street or a custom is meant."""
    found = find_day(story, TODAY)

    assert (told(found), found.said if found else "") == (expected, said)


def test_an_answer_is_kept_as_said() -> None:
    """Keep the words around the date, but not the blanks around the words."""
    assert DayReader()("  Kemarin sore, waktu HUJAN deras! ", TODAY) == Day(
        "Kemarin sore, waktu HUJAN deras!", date(2026, 11, 23)
    )


@pytest.mark.parametrize(
    ("text", "problem"), [("", "empty"), (" \n", "empty"), ("kemarin " * 40, "long"), ("entah", "unknown")]
)
def test_an_answer_that_is_no_day_says_why(text: str, problem: str) -> None:
    """Name the retry text."""
    assert DayReader()(text, TODAY) == Problem(problem)


@pytest.mark.parametrize(
    ("today", "phrase", "expected"),
    [
        (date(2026, 3, 31), "bulan lalu", "2026-02-28"),
        (date(2024, 2, 29), "tahun lalu", "2023-02-28"),
        (date(2026, 3, 30), "tgl 31", "2026-01-31"),
        (date(2026, 1, 1), "kemarin", "2025-12-31"),
        (date(2026, 1, 5), "akhir tahun lalu", "2025-12-31"),
        (date(2026, 11, 30), "akhir bulan", "2026-11-30"),
        (date(2026, 11, 23), "hari senin", "2026-11-23"),
        (date(2026, 11, 23), "senin kemarin", "2026-11-16"),
        (date(2026, 8, 17), "17 agustus", "2026-08-17"),
        (date(2026, 8, 16), "17 agustus", "2025-08-17"),
    ],
)
def test_the_edges_of_months_and_years_hold(today: date, phrase: str, expected: str) -> None:
    """Reckon from days on which months differ in length or years turn."""
    assert told(DayReader()(phrase, today)) == expected


def test_only_what_happened_since_independence_is_dated() -> None:
    """Keep what is said to be a thousand years ago without a date."""
    assert DayReader()("999 tahun lalu", TODAY) == Day("999 tahun lalu", None)


def test_what_stands_far_down_a_long_story_is_not_looked_for() -> None:
    """Search the first two thousand characters."""
    assert find_day("x" * 2000 + " kemarin", TODAY) is None


def test_a_day_is_stored_as_a_pair() -> None:
    """Encode a day as an array."""
    assert msgspec.json.encode(Day("kemarin", date(2026, 11, 23))) == b'["kemarin","2026-11-23"]'


@given(st.lists(st.sampled_from(sorted(SPOKEN)), max_size=12), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_day_is_in_the_future(spoken: list[str], today: date) -> None:
    """Read any order of words of time."""
    text = " ".join(spoken)
    days = [day for day in (DayReader()(text, today), find_day(text, today)) if isinstance(day, Day)]

    assert [day for day in days if day.on and day.on > today] == []


@given(st.lists(st.sampled_from([*SPOKEN, "jalan", "rusak", "😀", "“", "\n"]), max_size=20))
def test_what_is_found_was_said(spoken: list[str]) -> None:
    """Find only words that stand in the story as they are."""
    story = " ".join(spoken)
    found = find_day(story, TODAY)

    assert found is None or found.said in story


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Answer any text with a day or a problem."""
    assert isinstance(DayReader()(text, TODAY), Day | Problem)


@given(st.text(max_size=100))
def test_words_stand_where_they_are_said_to_stand(text: str) -> None:
    """Give every word a kind and its own stretch of the text."""
    found = read_words(text)
    edges = [edge for word in found for edge in (word.start, word.end)]

    assert (edges, {word.kind for word in found} - set(KINDS)) == (sorted(edges), set())


STORY = (
    "Assalamualaikum pak, mohon ditindaklanjuti jalan berlubang besar di depan SD Negeri 2 Kaliurang RT 03 RW 05 "
    "sudah hampir 3 bulan tidak diperbaiki, ada anak sekolah jatuh dari motor karena lubangnya"
)


def quickest(story: str, times: int) -> float:
    """Return the seconds of the quickest of several searches."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        find_day(story, TODAY)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def test_a_story_of_200_characters_is_searched_in_a_millisecond() -> None:
    """Take the quickest of many, as the machine has other work; it takes a tenth of that where nothing watches."""
    assert quickest(STORY, 200) < 1e-3


@pytest.mark.parametrize(
    "piece", ["sejak ", "1 ", "1/", "jam 1 ", "seminggi ", "di ", "dua puluh ", "tgl 17 bulan ", "a", "😀"]
)
def test_a_hostile_story_is_searched_in_20_milliseconds(piece: str) -> None:
    """Search 8,000 characters that make the patterns try much."""
    assert quickest((piece * 8000)[:8000], 5) < 20e-3


@pytest.mark.parametrize("word", sorted(words("tanggul tangga barisan lembaran minggir kemari semarang batang")))
def test_a_real_word_is_not_a_misspelled_day(word: str) -> None:
    """Leave words alone that are one letter away from a word of time."""
    assert [found.kind for found in read_words(word)] == ["other"]
