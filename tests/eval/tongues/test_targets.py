"""The hint at a language, measured on messages that its words were not chosen on."""

from pathlib import Path

import pytest

from tests.eval.tongues.measuring import LANGUAGES, LENGTHS, samples, score, table

PAGE = Path(__file__).parents[3] / "docs" / "languages.md"


@pytest.mark.parametrize("words", LENGTHS)
def test_indonesian_stays_indonesian(words: int | None) -> None:
    """In 99 of 100 messages no other language is offered, however much of them is seen."""
    assert score("id", samples("id", "test"), words).right >= 99


@pytest.mark.parametrize("code", ["jv", "su", "ban", "min"])
def test_regional_languages_are_recognised_at_five_words(code: str) -> None:
    """In four of five messages."""
    assert score(code, samples(code, "test"), 5).right >= 80


@pytest.mark.parametrize("code", LANGUAGES)
def test_another_language_is_hardly_ever_offered(code: str) -> None:
    """A wrong offer is worse than none."""
    assert [score(code, samples(code, "test"), words).wrong <= 3 for words in LENGTHS] == [True] * len(LENGTHS)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_held_out_message_was_chosen_on(code: str) -> None:
    """The two parts share none, and each language has sixty messages or more."""
    chosen, held = set(samples(code, "dev")), set(samples(code, "test"))
    assert (chosen & held, len(chosen | held) >= 60) == (set(), True)


def test_the_page_shows_what_is_measured() -> None:
    """`python -m tests.eval.tongues` prints the table anew."""
    assert "\n".join(table("test")) in PAGE.read_text(encoding="utf-8")
