import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers import ticket

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9165816", "9165816"),
        ("#9165816", "9165816"),
        ("# 9165816", "9165816"),
        ("no 9165816", "9165816"),
        ("no. 9165816", "9165816"),
        ("no9165816", "9165816"),
        ("Nomor laporan: 9165816", "9165816"),
        ("laporan saya #9165816", "9165816"),
        ("tiket 9165816.", "9165816"),
        ("ID 12345678", "12345678"),
        ("123456", "123456"),
        ("123456789", "123456789"),
        (" 9165816\n", "9165816"),
        ("９１６５８１６", "9165816"),  # noqa: RUF001 - full-width digits are what is tried
        ("BKTR-MWQX", "BKTR-MWQX"),
        ("bktr-mwqx", "BKTR-MWQX"),
        ("bktrmwqx", "BKTR-MWQX"),
        ("Bktr Mwqx", "BKTR-MWQX"),
        ("BKTR - MWQX", "BKTR-MWQX"),
        ("BKTR–MWQX", "BKTR-MWQX"),  # noqa: RUF001 - some phones write a dash
        ("no BKTR-MWQX", "BKTR-MWQX"),
        ("#bktrmwqx", "BKTR-MWQX"),
        ("12345", None),
        ("1234567890", None),
        ("081234567890", None),
        ("3404011708900001", None),
        ("17-8-2026", None),
        ("17 8 2026", None),
        ("BKTR-MWQA", None),
        ("BKTR-MWQY", None),
        ("BKTRMWQ", None),
        ("BKTRMWQXZ", None),
        ("sampah menumpuk 9165816", None),
        ("9165816 belum diproses", None),
        ("status", None),
        ("nomor", None),
        ("", None),
        ("9" * 8000, None),
        (" " * 8000 + "9165816", None),
    ],
)
def test_a_number_of_a_report_is_the_whole_message(text: str, expected: str | None) -> None:
    """Understand a tracking id or a provisional number, however it is written."""
    assert ticket(text) == expected


@given(st.text(LETTERS, min_size=4, max_size=4), st.text(LETTERS, min_size=4, max_size=4))
def test_every_provisional_number_is_understood(first: str, second: str) -> None:
    """Read what the bot gives out, as given and as typed in haste."""
    given_out = f"{first}-{second}"

    assert {ticket(given_out), ticket(given_out.lower()), ticket(first + second)} == {given_out}
