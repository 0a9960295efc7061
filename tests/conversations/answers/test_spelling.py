import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers.spelling import Spelling, one_edit

LETTERS = "abc"


def edits(word: str) -> set[str]:
    """Return all words one edit away, by trying them all."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(head + tail[1:] for head, tail in cuts if tail),
        *(head + letter + tail for head, tail in cuts for letter in LETTERS),
        *(head + letter + tail[1:] for head, tail in cuts if tail for letter in LETTERS),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1),
    } - {word}


@given(st.text(LETTERS, max_size=5), st.text(LETTERS, max_size=5))
def test_one_edit_is_what_trying_all_edits_finds(said: str, meant: str) -> None:
    """Agree with the plain way of finding neighbours."""
    assert one_edit(said, meant) == (said in edits(meant))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("kemarn", "kemarin"),
        ("kemairn", "kemarin"),
        ("kemaariin", ""),
        ("tinggal", ""),
        ("jumaat", "jumat"),
        ("jumt", ""),
        ("lemarin", ""),
    ],
)
def test_a_long_word_may_have_one_letter_wrong(word: str, meant: str) -> None:
    """Find the word that is meant, unless another real word is."""
    assert Spelling("kemarin tanggal jumat", but="tinggal").meant(word) == meant
