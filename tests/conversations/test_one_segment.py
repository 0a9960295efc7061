"""Every SMS is one segment of GSM-7, whatever a citizen or an agency wrote into it, in every language."""

# ruff: noqa: RUF001 - characters that look like others are what is tried
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scripts import read_folder
from bot.variables import LOCALES
from conversations.channel import SMS
from conversations.checking import load_all
from conversations.checking.needs import NEEDS
from conversations.checking.sizes import choices, longest
from conversations.effects import Say
from conversations.reading.danger import KINDS
from conversations.rendering import render
from conversations.script import Script
from conversations.sms import segments

OFFERED, WRITTEN = load_all(read_folder(LOCALES))
LANGUAGES = [script.over(OFFERED["id"]) for script in WRITTEN]
NAMES = {script.code: script.name for script in LANGUAGES}

WORST = (
    "m" * 400, "€" * 400, "[{~}]\\^|" * 60, "“”‘’–—…•·" * 60, "\u00a0\t`\u200b" * 100, "😡 👍🏽 " * 60,
    "e\u0301" * 99,
    "ꦲꦏ꧀ꦱꦫ ᬅᬓ᭄ᬱᬭ " * 30, "½ ﬁ ™ ÷ ± ≤ → ★" * 30, "\r\n\u2028\f" * 60, "\0\x1b\x07" * 90, "ß Ø Ψ ¿ £ § @ _ $" * 20,
    "jalan " * 90, "", " ", "😡",
)  # fmt: skip
"""What stands in for whatever others wrote: double septets, look-alikes, and what nobody can replace."""

OTHERS = ("story", "place", "day", "message", "title", "agency", "office", "held")
"""The values that citizens and agencies write; all others are the product's own."""


def asked(script: Script, value: str) -> Iterator[Say]:
    """Yield everything that may be said by SMS in a language, with `value` for whatever others wrote."""
    usual = longest(script)
    values = {**usual, **dict.fromkeys(OTHERS, value)}
    for name, needs in NEEDS.items():
        if SMS.name not in needs.channels:
            continue
        options = choices(name, usual, SMS, NAMES, script)
        for text in needs.texts:
            yield Say(name, text, {**values, **options}, tuple(options))


def broken(says: list[Say], script: Script) -> list[str]:
    """Return the messages of an answer that are not one segment of GSM-7."""
    sent = [bubble.text for bubble in render(says, script, SMS, says[-1].section, 1)]
    return [text for text in sent if (segments(text).encoding, segments(text).count) != ("GSM-7", 1)]


@pytest.mark.parametrize("script", LANGUAGES, ids=lambda script: script.code)
def test_every_text_is_one_segment_with_the_worst_of_values(script: Script) -> None:
    """Look-alikes are replaced, and values shortened, never the words around them; three values for each text."""
    shifted = zip(*(tuple(asked(script, value)) for value in WORST), strict=True)
    mixed = ((says[at % len(WORST)], says[(at + 5) % len(WORST)], says[0]) for at, says in enumerate(shifted))
    assert [text for some in mixed for say in some for text in broken([say], script)] == []


@pytest.mark.parametrize("script", LANGUAGES, ids=lambda script: script.code)
def test_answers_of_several_texts_are_segments_each(script: Script) -> None:
    """The line of first contact, a warning and a note before a question, as they come in a first answer."""
    first = Say("first_contact", "line", {"days": "365"}, minor=True)
    before = [first, Say("notes", "added"), *(Say("emergency", kind) for kind in KINDS)]
    questions = [say for say in asked(script, WORST[3]) if say.text == "ask"]
    wrong = [
        text
        for note, say in product(before, questions)
        for text in broken([first, note, say] if note is not first else [first, say], script)
    ]
    assert wrong == []


@settings(max_examples=8)
@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_no_value_whatever_makes_a_second_segment_or_another_alphabet(value: str, script: Script) -> None:
    assert [text for say in asked(script, value) for text in broken([say], script)] == []
