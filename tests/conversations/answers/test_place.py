from datetime import date

import pytest

from conversations.answers import PlaceReader, Problem

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (" Jl Kaliurang km 5, Sleman\n", "Jl Kaliurang km 5, Sleman"),
        ("Solo", "Solo"),
        ("depan SD 2 Sukamaju", "depan SD 2 Sukamaju"),
        ("dekat rumah pak RT 03", "dekat rumah pak RT 03"),
        ("gg mawar", "gg mawar"),
        ("kampung melayu", "kampung melayu"),
        ("-6.2, 106.8", "-6.2, 106.8"),
        ("RT5", Problem("short")),
        ("...!!!", Problem("short")),
        ("", Problem("empty")),
        ("  ", Problem("empty")),
        ("x" * 1001, Problem("long")),
        ("disini", Problem("vague")),
        ("Di sini.", Problem("vague")),
        ("sini pak", Problem("vague")),
        ("dekat rumah", Problem("vague")),
        ("depan rumah saya", Problem("vague")),
        ("di depan rumah saya pak", Problem("vague")),
        ("jalan depan rumah", Problem("vague")),
        ("di jl", Problem("vague")),
        ("desa saya", Problem("vague")),
        ("near my house", Problem("vague")),
        ("in front of my house", Problem("vague")),
    ],
)
def test_a_place_names_something(text: str, answer: str | Problem) -> None:
    """Take a place as it stands, unless it only points."""
    assert PlaceReader()(text, TODAY) == answer


def test_a_place_may_be_asked_for_at_length() -> None:
    """Take as many letters and digits as are asked for."""
    assert PlaceReader(least=6)("Solo", TODAY) == Problem("short")
