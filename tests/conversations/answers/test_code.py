"""Codes as people type them."""

from datetime import date

import pytest

from conversations.answers import Code, Problem

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "12345678", "1234 5678", " 1234-5678. ", "12 34 56 78", "ikuti 1234 5678", "Kode: 12345678",
        "IKUTI kode 12345678",
        "１２３４５６７８",  # noqa: RUF001 - as some keyboards write digits
    ],
)  # fmt: skip
def test_eight_digits_are_a_code_however_they_are_set(text: str) -> None:
    assert Code()(text, TODAY) == "12345678"


@pytest.mark.parametrize(
    "text", ["", "1234567", "123456789", "1234567a", "9165816", "ikuti", "rt 1234 5678", "١٢٣٤٥٦٧٨"]
)
def test_anything_else_is_none(text: str) -> None:
    assert Code()(text, TODAY) == Problem("unknown")
