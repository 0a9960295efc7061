"""Cards: every state with its words, whose words they are, and the ways in and out."""

from pathlib import Path

import pytest

from bot.studio.cards import Card, Choice, Listed, Text, Wording, cards
from bot.studio.edits import SetText
from bot.studio.workshop import Workshop
from conversations.checking.needs import NEEDS
from conversations.complaint import COMPLAINT
from tests.bot.studio.bench import folder_at, source, workshop_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped folder."""
    return folder_at(tmp_path / "locales")


@pytest.fixture
def workshop(folder: Path) -> Workshop:
    """Return a workshop for that folder."""
    return workshop_at(folder)


def card(workshop: Workshop, code: str, name: str) -> Card:
    """Return one card of a draft."""
    drawn = cards(COMPLAINT, workshop.edition(code, "ani"), code)
    return next(each for each in drawn if each.name == name)


def test_there_is_a_card_for_each_state_in_the_order_of_the_dialog_then_for_the_rest(workshop: Workshop) -> None:
    drawn = cards(COMPLAINT, workshop.edition("id", "ani"), "id")
    states = [state.name for state in COMPLAINT]
    others = [
        "words",
        "notes",
        "first_contact",
        "news",
        "next",
        "status",
        "emergency",
        "elsewhere",
        "sharing",
        "attachment",
        "late",
        "several",
        "template",
        "owed",
        "dates",
        "commands",
        "profile",
        "frequent",
    ]
    kinds = {
        each.name: each.kind
        for each in drawn
        if each.name in {"menu", "place", "filing", "filed", "words", "notes"}
    }
    assert ([each.name for each in drawn], kinds) == (
        [*states, *others],
        {"menu": "Choose", "place": "Ask", "filing": "Wait", "filed": "End", "words": "Words", "notes": "Notes"},
    )


def test_a_card_has_every_text_and_option_that_the_bot_can_ask_for(workshop: Workshop) -> None:
    drawn = cards(COMPLAINT, workshop.edition("jv", "ani"), "jv")
    lacking = [
        (each.name, name)
        for each in drawn
        if each.name in NEEDS
        for name in (*NEEDS[each.name].texts, *NEEDS[each.name].options, *NEEDS[each.name].lists)
        if name not in {item.name for item in (*each.texts, *each.options, *each.words)}
    ]
    empty = [(each.name, text.name) for each in drawn for text in each.texts if not text.wordings[0].text]
    assert (lacking, empty) == ([], [])


def test_ways_in_and_out_are_those_of_the_table(workshop: Workshop) -> None:
    drawn = card(workshop, "id", "pin")
    assert (drawn.comes_from, drawn.goes_to) == (("place",), (("right", "region"), ("wrong", "place")))


def test_a_text_is_shown_as_each_channel_has_it(workshop: Workshop) -> None:
    workshop.change("id", "ani", SetText("filed", "ask", "", "Umum."))
    workshop.change("id", "ani", SetText("filed", "ask", "sms", "Singkat."))
    texts = {each.name: each for each in card(workshop, "id", "filed").texts}
    assert texts["ask"] == Text(
        "ask",
        (
            Wording("", "Umum.", special=False, own=True),
            Wording("sms", "Singkat.", special=True, own=True),
            Wording("whatsapp", "Umum.", special=False, own=True),
            Wording("telegram", "Umum.", special=False, own=True),
        ),
    )


def test_what_is_filled_in_from_the_base_is_told_apart(workshop: Workshop, folder: Path) -> None:
    """Texts, labels and words each."""
    (folder / "jv.toml").write_text(
        '[locale]\ncode = "jv"\nname = "Basa Jawa"\nreviewed = false\n[command]\nask = "Menapa?"\n'
        'options.story = { label = "Cariyos" }\n[words]\nmenu = ["wiwit"]\n',
        encoding="utf-8",
    )
    drawn, words = card(workshop, "jv", "command"), card(workshop, "jv", "words").words
    own = {each.name: [wording.own for wording in each.wordings] for each in drawn.texts}
    base = card(workshop, "id", "words").words
    assert (own, drawn.options, words[1], next(each for each in words if each.name == "menu")) == (
        {"ask": [True] * 4, "retry.empty": [False] * 4, "retry.stuck": [False] * 4, "retry.unknown": [False] * 4},
        (
            Choice("obey", "Perintah", (), own=False, heard=False),
            Choice("story", "Cariyos", ("cerita",), own=True, heard=False),
        ),
        Listed(words[1].name, next(each.words for each in base if each.name == words[1].name), own=False),
        Listed("menu", ("wiwit",), own=True),
    )


def test_a_special_text_of_the_base_gives_way_to_a_general_one_of_the_language(
    workshop: Workshop, folder: Path
) -> None:
    """As it does for citizens: nobody gets Indonesian by SMS because English has no text for SMS."""
    text = source(folder, "en")
    (folder / "en.toml").write_text(text.replace("[place.sms]", "[place.whatsapp]"), encoding="utf-8")
    ask = card(workshop, "en", "place").texts[0].wordings[1]
    assert (
        ask.channel,
        ask.special,
        ask.own,
        ask.text == card(workshop, "en", "place").texts[0].wordings[0].text,
    ) == (
        "sms",
        False,
        True,
        True,
    )


def test_a_section_that_the_bot_does_not_know_has_a_card_to_be_mended_on(workshop: Workshop) -> None:
    workshop.replace("id", "ani", workshop.published("id").text + '\n[mnu]\nask = "Apa?"\nwords.x = ["y"]\n')
    drawn = card(workshop, "id", "mnu")
    assert (drawn.kind, drawn.texts[0].wordings[0].text, drawn.words, drawn.goes_to) == (
        "Notes",
        "Apa?",
        (Listed("x", ("y",), own=True),),
        (),
    )


def test_there_are_no_cards_of_a_language_that_is_not_there(workshop: Workshop) -> None:
    with pytest.raises(KeyError):
        cards(COMPLAINT, workshop.edition("id", "ani"), "jv")
