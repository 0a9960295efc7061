"""Lists of words: what is added and taken out, on one line and on many, with comments between."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.studio.lists import relisted

CASES = {
    "a word at the end": ('["a", "b"]', ("a", "b", "c"), '["a", "b", "c"]'),
    "a word at the beginning": ('[ "a", "b" ]', ("c", "a", "b"), '[ "c", "a", "b" ]'),
    "a word in the middle": ("['a','b']", ("a", "c", "b"), "['a',\"c\", 'b']"),
    "no word but the last": ('["a", "b"]', ("b",), '["b"]'),
    "no word but the first": ('["a", "b"]', ("a",), '["a"]'),
    "no word at all": ('["a", "b"]', (), "[]"),
    "a word in an empty list": ("[]", ("a", "b"), '["a", "b"]'),
    "a word in a list of comments": ("[\n  # kosong\n]", ("a",), '["a"\n  # kosong\n]'),
    "a comma at the end stays": ('["a", "b",]', ("a", "b", "c"), '["a", "b", "c",]'),
    "another word in its place": ('["a", "b", "c"]', ("a", "x", "c"), '["a", "x", "c"]'),
    "the other way round": ('["a", "b"]', ("b", "a"), '["b", "a"]'),
    "a word to a line": ('[\n  "a",\n  "b" # c\n]', ("a", "b", "d"), '[\n  "a",\n  "b", # c\n  "d"\n]'),
    "a word to a line, with a comma": ('[\n  "a", # c\n]', ("a", "d", "e"), '[\n  "a", # c\n  "d",\n  "e",\n]'),
    "a word to a line, first": ('[\r\n  "a",\r\n]', ("z", "a"), '[\r\n  "z",\r\n  "a",\r\n]'),
    "a line that is empty then goes": ('[\n  "a",\n  "b",\n  "c",\n]', ("a", "c"), '[\n  "a",\n  "c",\n]'),
    "a comment of a word that goes stays": ('[\n  "a", # satu\n  "b",\n]', ("b",), '[\n  # satu\n  "b",\n]'),
    "a comma behind a comment": ('["a" # satu\n, "b"]', ("a",), '["a" # satu\n]'),
    "words with commas, brackets and hashes": ('["a,b", "c]#"]', ("c]#", '"'), '["c]#", "\\""]'),
}

WORDS = st.lists(st.sampled_from(["jalan", "jalan ... rusak", 'a"b', "c\\d", "#e", "]", ",", "ñ 🙏"]), unique=True)
GAPS = st.sampled_from(["", " ", "\n  ", "\r\n\t", " # satu, dua]\n  ", '\n# "x"\n'])


@pytest.mark.parametrize(("listed", "words", "after"), CASES.values(), ids=CASES)
def test_words_come_and_go(listed: str, words: tuple[str, ...], after: str) -> None:
    assert relisted(listed, words) == after


@given(WORDS, WORDS, st.lists(GAPS, min_size=20, max_size=20), st.sampled_from(["", ","]))
def test_any_list_gets_exactly_the_words_it_should_have_and_keeps_all_comments(
    old: list[str], new: list[str], gaps: list[str], comma: str
) -> None:
    parts = [f"{gap}{_quoted(word)}{after}" for word, gap, after in zip(old, gaps, gaps[10:], strict=False)]
    listed = f"[{','.join(parts)}{comma if old else ''}{gaps[9]}]"
    result = relisted(listed, tuple(new))
    comments = [line.partition("#")[2] for line in _bare(listed).splitlines() if "#" in line]
    kept = [line.partition("#")[2] for line in _bare(result).splitlines() if "#" in line]
    assert (tomllib.loads(f"x = {result}")["x"], kept) == (new, comments)


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _bare(listed: str) -> str:
    """Return a list without the one word that has a hash."""
    return listed.replace('"#e"', '"e"')
