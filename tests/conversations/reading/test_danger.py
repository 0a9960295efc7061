"""Emergencies of now are told from talk of them."""

import pytest
from shipped import ENGLISH, INDONESIAN, rows

from conversations.reading.danger import KINDS, danger
from conversations.reading.phrases import Phrases

PHRASES = INDONESIAN.phrases("emergency")
SMALL = Phrases(
    {"fire": ["kebakaran"], "crime": ["dirampok"], "calm": ["takut"], "past": ["kemarin"], "now": ["sekarang"]}
)


@pytest.mark.parametrize(("kind", "story"), rows("danger.txt"))
def test_an_emergency_of_now_is_told_by_its_kind(kind: str, story: str) -> None:
    """Answer what is happening, and neither what happened, nor what may, nor figures of speech."""
    assert danger(story, PHRASES) == (None if kind == "none" else kind)


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        ("kebakaran", "fire"),
        ("takut kebakaran", None),
        ("kebakaran, takut", "fire"),
        ("kebakaran takut", "fire"),
        ("takut, kebakaran", "fire"),
        ("kemarin, kebakaran", None),
        ("kemarin. kebakaran", "fire"),
        ("kemarin mati lampu sekarang kebakaran", "fire"),
        ("dirampok lalu kebakaran", "fire"),
        ("takut kebakaran, dirampok", "crime"),
        ("", None),
        ("?!", None),
        (f"{'jalan rusak ' * 200} kebakaran", None),
    ],
)
def test_fear_stands_before_in_the_clause_and_the_past_anywhere_in_the_sentence(
    story: str, kind: str | None
) -> None:
    """Read the two limits as they are written down, and no more than two thousand characters."""
    assert danger(story, SMALL) == kind


def test_whoever_writes_in_english_is_warned_in_both_languages() -> None:
    phrases = ENGLISH.phrases("emergency")
    assert (danger("a house is burning", phrases), danger("ada kebakaran", phrases)) == ("fire", "fire")


def test_every_kind_has_a_text_with_a_number() -> None:
    """Say 110, 112, 113, 115 or 119 in each, in both languages."""
    texts = [script.text("emergency", kind) for script in (INDONESIAN, ENGLISH) for kind in KINDS]
    assert [
        text for text in texts if not {"110", "112", "113", "115", "119"} & set(text.replace(",", "").split())
    ] == []
