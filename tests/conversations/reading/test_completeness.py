"""What is missing is known, and the one question that helps most."""

from datetime import date

import pytest

from conversations.answers import Day
from conversations.reading.completeness import Known, Missing, completeness

DAY = Day("kemarin", date(2026, 11, 23))
CLEAR = Known(found=True, region=True)
NOWHERE = Known()


@pytest.mark.parametrize(
    ("story", "gap"),
    [
        ("tolong diperbaiki", "missing"),
        ("disini", "missing"),
        ("segera ditindak", "missing"),
        ("gimana ini pak", "missing"),
        ("mohon perhatiannya pak bupati, terima kasih", "missing"),
        ("kok lama sekali tidak ada tanggapan", "missing"),
        ("saya mau lapor pak, tolong dibantu", "missing"),
        ("12345", "missing"),
        ("", "missing"),
        ("please help me", "missing"),
        ("jalan rusak", "vague"),
        ("jalan rusak parah sekali pak tolong segera diperbaiki", "vague"),
        ("banjir", "vague"),
        ("sampah di sini banyak sekali", "vague"),
        ("rusak semua", "vague"),
        ("lampu jalan mati", ""),
        ("jalan berlubang di depan SD 2, motor sering jatuh", ""),
        ("pungli di kelurahan 50 ribu", ""),
        ("tolong pak lampu jalan mati di jl kaliurang km 5 sejak kemarin", ""),
        ("the street light is broken", ""),
    ],
)
def test_three_words_that_tell_something_say_what_happened(story: str, gap: str) -> None:
    assert completeness(story, DAY, NOWHERE).what == gap


@pytest.mark.parametrize(
    ("story", "gap"), [("jalan rusak", ""), ("sampah menumpuk", ""), ("rusak", "vague"), ("tolong", "missing")]
)
def test_two_words_are_enough_where_the_place_is_clear(story: str, gap: str) -> None:
    assert completeness(story, DAY, CLEAR).what == gap


@pytest.mark.parametrize(
    ("place", "gap"),
    [
        (NOWHERE, "missing"),
        (Known(found=True), "vague"),
        (Known(found=True, region=True, vague=True), "vague"),
        (CLEAR, ""),
    ],
)
def test_a_place_is_clear_with_its_region(place: Known, gap: str) -> None:
    assert completeness("lampu jalan mati", DAY, place).where == gap


@pytest.mark.parametrize(("day", "gap"), [(None, "missing"), (DAY, ""), (Day("sejak lebaran"), "")])
def test_any_day_that_was_said_is_enough(day: Day | None, gap: str) -> None:
    assert completeness("lampu jalan mati", day, CLEAR).when == gap


@pytest.mark.parametrize(
    ("story", "gap"),
    [
        ("pungli saat mengurus surat, diminta 50 ribu", "missing"),
        ("petugas marah marah dan tidak melayani warga", "missing"),
        ("gurunya sering bolos mengajar", "missing"),
        ("oknum meminta uang 2 juta", "missing"),
        ("dokter datang terlambat terus", "missing"),
        ("the officer asked for money", "missing"),
        ("dr gigi tidak pernah ada", "missing"),
        ("petugas puskesmas marah marah", ""),
        ("guru SDN 2 sering bolos", ""),
        ("pungli di kelurahan 50 ribu", ""),
        ("petugas disdukcapil minta uang", ""),
        ("jalan rusak dan berlubang di desa", ""),
        ("lampu jalan mati total", ""),
    ],
)
def test_the_office_is_asked_for_where_someone_in_office_is_meant(story: str, gap: str) -> None:
    assert completeness(story, DAY, CLEAR).who == gap


@pytest.mark.parametrize(
    ("missing", "question"),
    [
        (Missing(), None),
        (Missing("missing", "missing", "missing", "missing"), "what"),
        (Missing("vague", "missing", "missing", "missing"), "where"),
        (Missing("vague", "vague", "missing", "missing"), "when"),
        (Missing("vague", "vague", "", "missing"), "who"),
        (Missing("vague", "vague"), "what"),
        (Missing(where="vague"), "where"),
    ],
)
def test_what_is_missing_is_asked_before_what_is_vague(missing: Missing, question: str | None) -> None:
    assert missing.next == question


def test_a_report_in_one_message_lacks_nothing() -> None:
    story = "LAPOR lampu jalan mati di Jl. Kaliurang km 5 Sleman sejak kemarin"
    assert completeness(story, DAY, CLEAR) == Missing()
