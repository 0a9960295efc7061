"""Lists of words in a locale file: how they are read, and what the check finds wrong with them."""

import pytest
from made_locale import Broken, line_of, whole

from conversations.checking import Finding, check
from conversations.script import Script, ScriptError, parse

BASE = whole()
HEAD = '[locale]\ncode = "id"\nname = "Bahasa Indonesia"\n'

BROKEN = (
    Broken(
        "a list is missing", 'words.calm = ["katacalm"]\n', "", "[emergency]", "missing",
        "[emergency] words.calm belum ada; tambahkan, karena bot memerlukannya.",
    ),
    Broken(
        "a list has no word", '["katacourt"]', "[]", "words.court", "missing",
        "[elsewhere] words.court belum ada; tambahkan, karena bot memerlukannya.",
    ),
    Broken(
        "a text is missing", 'fire = "Teks emergency."\n', "", "[emergency]", "missing",
        "[emergency] fire belum ada; tambahkan, karena bot memerlukannya.",
    ),
    Broken(
        "a list is misspelt", "[emergency]\n", '[emergency]\nwords.fier = ["api"]\n', "words.fier", "unknown_near",
        "[emergency] words.fier tidak dikenal; mungkin maksudnya words.fire.",
    ),
    Broken(
        "a phrase means two things", '["katarescue"]', '["hanyut", "KataFire"]', "KataFire", "two_lists",
        'Kata "KataFire" pada [emergency] words.rescue sudah ada di words.fire; hapus dari salah satunya.',
    ),
    Broken(
        "a list is only a word", '["katafire"]', '"api"', 'fire = "api"', "list",
        '[emergency] words.fire harus berupa daftar kata seperti ["ya", "ok"].',
    ),
    Broken(
        "the lists have no names", "[rated]\n", '[rated]\nwords = ["api"]\n', 'words = ["api"]', "lists",
        '[rated] words harus memuat daftar kata, masing-masing bernama, seperti words.fire = ["kebakaran"].',
    ),
    Broken(
        "a category is missing", 'options.energi = { label = "Pilih energi", keywords = [] }\n', "", "[category]",
        "missing", "[category] options.energi belum ada; tambahkan, karena bot memerlukannya.",
    ),
    Broken(
        "a word is in two categories", '"Pilih energi", keywords = []', '"Energi", keywords = ["pilih sosial"]',
        "Energi", "two_options", 'Kata "pilih sosial" pada [category] options.energi sudah berarti pilihan sosial; '
        "hapus dari salah satunya.",
    ),
    Broken(
        "a name is too long for a list on WhatsApp", '"Pilih energi"', f'"{"g" * 26}"', "ggg", "label",
        "[category] options.energi.label kelebihan 2 huruf untuk daftar pilihan WhatsApp; persingkat.",
    ),
    Broken(
        "a warning is too long for one SMS", 'fire = "Teks emergency."', f'fire = "{"h" * 161}"', "hhh", "segment",
        "[emergency] fire kelebihan 1 huruf untuk satu SMS bila isinya panjang; "
        "persingkat, atau tulis teks khusus SMS di [emergency.sms].",
    ),
)  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_what_is_wrong_with_a_list_is_said_once_with_its_line(broken: Broken) -> None:
    source = BASE.replace(broken.old, broken.new, 1)
    line = line_of(source, broken.at)
    assert check({"id.toml": source}) == (Finding("id.toml", line, "error", broken.rule, broken.sentence),)


def test_another_language_needs_no_lists_of_its_own() -> None:
    """The words of the base count in every language."""
    other = "\n".join(line for line in whole("en").splitlines() if not line.startswith("words."))
    assert check({"id.toml": BASE, "en.toml": other}) == ()


def test_what_a_section_listens_for_are_its_lists_and_the_words_of_its_options() -> None:
    assert _heard(_script('words.fire = ["api"]\noptions.one = { label = "Satu", keywords = ["esa"] }')) == [
        "one",
        "one",
        "fire",
    ]


def test_a_language_listens_for_the_words_of_the_base_too() -> None:
    base, other = _script('words.fire = ["api"]'), _script('words.fire = ["esa"]\nwords.flood = ["satu"]')
    assert (_heard(base), _heard(other.over(base))) == (["fire"], ["flood", "fire", "fire"])


@pytest.mark.parametrize("words", ["words = 3", 'words = ["api"]', 'words.fire = "api"', "words.fire = [1]"])
def test_lists_of_another_shape_are_refused(words: str) -> None:
    with pytest.raises(ScriptError, match=r"words"):
        _script(words)


def _script(section: str) -> Script:
    return parse(f"{HEAD}\n[emergency]\n{section}\n")


def _heard(script: Script) -> list[str]:
    """Return the names of the lists that hear something in the words "satu", "esa" and "api"."""
    return [hit.name for hit in script.phrases("emergency").hits(("satu", "esa", "api"))]
