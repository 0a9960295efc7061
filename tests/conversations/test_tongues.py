"""Words of all languages: understood where they mean one thing, and counted to tell the language of a text."""

import pytest

from bot.scripts import Scripts
from bot.variables import LOCALES
from conversations.script import Script, parse
from conversations.tongues import MOST, Polyglot, Tongues

SHIPPED = Scripts(LOCALES)


def script(code: str, rest: str) -> Script:
    """Return a language made of a few lines."""
    return parse(f'[locale]\ncode = "{code}"\nname = "{code}"\n{rest}')


def speaking(code: str, *words: str) -> Script:
    """Return a language that has these words as its own."""
    return script(code, f"[frequent]\nwords.own = {list(words)}")


MADE = Polyglot(
    (
        script(
            "jv",
            '[words]\nback = ["wangsul"]\nsolved = ["sampun"]\ncancel = ["ampun"]\n'
            '[review]\noptions.send = { label = "Kintun", keywords = ["inggih"] }',
        ),
        script(
            "su",
            '[words]\nback = ["wangsul"]\nskip = ["ampun"]\nagain = ["kintun"]\n'
            '[review]\noptions.edit = { label = "Robih", keywords = ["sampun"] }',
        ),
    )
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("wangsul", "back"), ("WANGSUL pak", "back"), ("sampun", "solved"),
        ("ampun", None), ("inggih", None), ("wangsul dateng griya", None), ("", None),
    ],
)  # fmt: skip
def test_a_control_word_is_understood_where_languages_agree(said: str, meant: str | None) -> None:
    """And not where one that knows it means something else."""
    assert MADE.command(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("inggih", "send"), ("robih", "edit"), ("kintun", None), ("sampun", None), ("wangsul", None), ("1", None)],
)
def test_a_choice_is_understood_where_no_language_means_something_else(said: str, meant: str | None) -> None:
    """A word that is a choice in one language and a control word in another is neither."""
    assert MADE.choice("review", said, ("send", "edit")) == meant


def test_only_what_was_shown_is_chosen() -> None:
    """A section that no language has offers nothing."""
    assert (MADE.choice("review", "inggih", ("edit",)), MADE.choice("menu", "inggih", ("send",))) == (None, None)


def test_a_long_text_is_a_story() -> None:
    """Even one that ends in courtesies, which count for nothing."""
    said = "wangsul" + " pak" * MOST
    assert (MADE.command(said), MADE.choice("review", "inggih" + " pak" * MOST, ("send",))) == (None, None)


@pytest.mark.parametrize(
    ("said", "review", "verdict", "command"),
    [
        ("inggih", "send", "solved", None),
        ("nggih pak", "send", "solved", None),
        ("muhun", "send", "solved", None),
        ("iyo", "send", "solved", None),
        ("mboten", "edit", "unsolved", None),
        ("henteu", "edit", "unsolved", None),
        ("nenten", "edit", "unsolved", None),
        ("indak", "edit", "unsolved", None),
        ("sampun", None, "solved", "solved"),
        ("sampun suud", None, "solved", "solved"),
        ("parantos", None, "solved", "solved"),
        ("alah salasai", None, "solved", "solved"),
        ("dereng", None, "unsolved", "unsolved"),
        ("durung", None, "unsolved", "unsolved"),
        ("teu acan", None, "unsolved", "unsolved"),
        ("alun", None, "unsolved", "unsolved"),
        ("mboten ngertos", None, None, "skip"),
        ("teu terang", None, None, "skip"),
        ("matur suksma", None, None, "thanks"),
        ("tarimo kasih", None, None, "thanks"),
        ("baliak", None, None, "back"),
        ("alah", None, "solved", None),
        ("jalan rusak", None, None, None),
    ],
)
def test_regional_answers_are_understood_from_who_reads_indonesian(
    said: str, review: str | None, verdict: str | None, command: str | None
) -> None:
    """The shipped languages, also those that are not offered."""
    polyglot = SHIPPED.polyglot()
    understood = (
        polyglot.choice("review", said, ("send", "edit", "aside")),
        polyglot.choice("verdict", said, ("solved", "unsolved")),
        polyglot.command(said),
    )
    assert understood == (review, verdict, command)


TONGUES = Tongues(
    (
        speaking("id", "yang", "tidak", "dengan"),
        speaking("jv", "mboten", "sampun", "-ipun"),
        speaking("ban", "nenten", "sampun"),
        speaking("min", "alun", "-nyo"),
    ),
    "id",
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("toya mboten mili", "jv"),
        ("Dalanipun rusak sanget", "jv"),
        ("ipun rusak", None),
        ("sampun rusak", None),
        ("sampun rusak nenten becik", "ban"),
        ("lampunyo mati alun iduik", "min"),
        ("lampu alun-alun mati", None),
        ("jalan yang rusak mboten", None),
        ("jalan yang sampun rusak mboten", "jv"),
        ("jalan yang tidak rusak dengan sampun mboten", "id"),
        ("satu dua tiga empat lima enam tujuh mboten", "jv"),
        ("satu dua tiga empat lima enam tujuh delapan mboten", None),
        ("jalan yang tidak rusak", "id"),
        ("jalan yang rusak", None),
        ("", None),
    ],
)
def test_a_language_is_told_by_the_words_of_its_own(text: str, code: str | None) -> None:
    """By most of them, no fewer than Indonesian ones, one in eight; doubled and shared words tell nothing."""
    assert TONGUES.told(text) == code


def test_languages_without_words_of_their_own_are_never_told() -> None:
    """Such as one that an administrator has begun."""
    assert Tongues((script("jv", ""), speaking("id", "yang")), "id").told("mboten mili") is None
