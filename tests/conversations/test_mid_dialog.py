"""Citizens in mid-dialog while words, menus and the table change: numbers mean what was shown, answers stay."""

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from conversations.answers import Day
from conversations.channel import SMS, TELEGRAM
from conversations.effects import Place, Say
from conversations.events import Event, Filed, Lapsed, Said, SentMedia, SharedPlace, Tapped
from conversations.flow import step
from conversations.rehearsal import PROMPT, Rehearsal
from conversations.script import Option, Script, Section
from conversations.session import Draft, Session
from conversations.tongues import Polyglot
from conversations.transcript import Line
from conversations.turn import Turn
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, SCRIPTS

STORY = "Jalan berlubang besar di depan SD 2, motor sering jatuh"
DRAFT = Draft(
    "00000000-0000-4000-8000-000000000001", "TSTS-BBBB", STORY, Place("Jl. Mawar, Sleman"), evidence_asked=True
)
TURN = Turn(NOW, SMS, SCRIPTS, "id", KNOWLEDGE, LANGUAGES.polyglot(), DRAFT.id, DRAFT.provisional, service=PROMPT)
JUST = int(NOW.timestamp()) - 60
GONE = Session(
    "hour", shown=("morning", "evening"), draft=DRAFT, trail=("story", "hour", "place"), heard=JUST, informed=True
)


class Publishing:
    """Languages of which one is published anew in mid-dialog."""

    def __init__(self) -> None:
        self.scripts: Mapping[str, Script] = SCRIPTS

    def current(self) -> Mapping[str, Script]:
        return self.scripts

    def polyglot(self) -> Polyglot:
        return LANGUAGES.polyglot()

    def publish(self, name: str, options: Mapping[str, Option]) -> None:
        """Give a section other options."""
        script = SCRIPTS["id"]
        old = script.sections[name]
        section = Section(old.texts, options, old.channels, old.words)
        changed = Script(script.code, script.name, script.words, {**script.sections, name: section})
        self.scripts = {**SCRIPTS, "id": changed}


@pytest.fixture
def languages() -> Publishing:
    """Return languages to publish."""
    return Publishing()


@pytest.fixture
def rehearsal(languages: Publishing) -> Rehearsal:
    """Return a dialog by SMS that has come to the review."""
    played = Rehearsal(SMS, languages, "id", KNOWLEDGE, NOW)
    for text in (f"LAPOR {STORY}", "Jl. Mawar, Sleman", "kemarin", "1"):
        played.answer(Line("citizen>", text))
    assert played.session.state == "review"
    return played


def said(rehearsal: Rehearsal, text: str) -> str:
    """Say something; return the state after it."""
    rehearsal.answer(Line("citizen>", text))
    return rehearsal.session.state


def options() -> dict[str, Option]:
    """Return the options of the review."""
    return dict(SCRIPTS["id"].sections["review"].options)


def test_a_number_means_what_was_shown_though_the_order_is_another_by_now(
    languages: Publishing, rehearsal: Rehearsal
) -> None:
    languages.publish("review", dict(reversed(options().items())))
    assert said(rehearsal, "2") == "edit"


def test_the_next_menu_has_the_new_order(languages: Publishing, rehearsal: Rehearsal) -> None:
    languages.publish("review", dict(reversed(options().items())))
    said(rehearsal, "ULANG")
    assert (rehearsal.session.shown, said(rehearsal, "3")) == (("aside", "edit", "send"), "filing")


def test_a_number_means_what_was_shown_though_it_is_called_otherwise_by_now(
    languages: Publishing, rehearsal: Rehearsal
) -> None:
    languages.publish("review", {**options(), "edit": Option("Perbaiki dulu", ("betulkan",))})
    assert said(rehearsal, "2") == "edit"


def test_a_new_word_for_a_choice_is_understood_at_once(languages: Publishing, rehearsal: Rehearsal) -> None:
    languages.publish("review", {**options(), "edit": Option("Perbaiki dulu", ("betulkan",))})
    assert said(rehearsal, "betulkan") == "edit"


def test_a_choice_with_no_words_in_the_file_any_more_still_has_its_number(
    languages: Publishing, rehearsal: Rehearsal
) -> None:
    languages.publish("review", {name: option for name, option in options().items() if name != "edit"})
    assert said(rehearsal, "2") == "edit"


def test_a_choice_that_the_table_no_longer_has_is_explained_and_the_menu_shown_again(rehearsal: Rehearsal) -> None:
    rehearsal.session = replace(rehearsal.session, shown=("send", "print", "edit", "aside"))
    bubbles = rehearsal.answer(Line("citizen>", "2"))
    expected = ("review", ("send", "edit", "aside"), "1 Kirim 2 Ubah 3 Simpan dulu")
    assert (rehearsal.session.state, rehearsal.session.shown, bubbles[-1].text.splitlines()[-1]) == expected


def test_a_button_that_the_table_no_longer_has_is_explained_too() -> None:
    session = Session("review", nonce=4, shown=("send", "print"), draft=DRAFT, heard=JUST, informed=True)
    session, effects = step(session, Tapped("review.4.print"), replace(TURN, channel=TELEGRAM))
    assert (session.shown, texts(effects)) == (("send", "edit", "aside"), ["notes moved", "review ask"])


def test_a_language_that_was_withdrawn_after_it_was_shown_is_explained() -> None:
    session = Session("language", shown=("id", "en", "jv"), heard=JUST, informed=True)
    session, effects = step(session, Said("3"), TURN)
    assert (session.locale, session.shown, texts(effects)) == ("", ("id", "en"), ["notes moved", "language ask"])


def test_a_citizen_whose_language_was_withdrawn_goes_on_in_the_usual_one() -> None:
    """And in the chosen one again when it is back."""
    session = Session("day", locale="jv", draft=DRAFT, heard=JUST, informed=True)
    session, _ = step(session, Said("kemarin"), TURN)
    assert (session.state, session.locale, TURN.script(session).code) == ("privacy", "jv", "id")


def test_a_state_that_vanished_sends_to_the_open_question_with_all_answers() -> None:
    """What was typed is no answer to another question: neither the number nor the word."""
    for text in ("2", "malam", "jam tujuh"):
        session, effects = step(GONE, Said(text), TURN)
        assert (session.state, session.draft, texts(effects)) == ("day", DRAFT, ["notes moved", "day ask"])


def test_numbers_mean_nothing_until_the_next_menu_was_shown() -> None:
    """A draft that is complete would be sent by 1."""
    draft = replace(DRAFT, day=Day("kemarin", NOW.date()), privacy="open")
    session, effects = step(replace(GONE, draft=draft), Said("1"), TURN)
    assert (session.state, session.sending, texts(effects)) == ("review", (), ["notes moved", "review ask"])


def test_a_story_that_was_typed_at_a_vanished_question_is_kept() -> None:
    more = "Sudah dua minggu begini dan tidak ada yang datang memperbaiki"
    session, effects = step(GONE, Said(more), TURN)
    assert (session.draft and session.draft.story, texts(effects)[0]) == (f"{STORY}\n{more}", "notes added")


def test_control_words_are_obeyed_at_a_vanished_question() -> None:
    states = {word: step(GONE, Said(word), TURN)[0].state for word in ("MENU", "BATAL", "KEMBALI", "LANJUT")}
    assert states == {"MENU": "menu", "BATAL": "aside", "KEMBALI": "place", "LANJUT": "day"}


def test_the_way_back_leaves_out_what_is_no_more() -> None:
    session = Session("day", draft=DRAFT, trail=("story", "place", "hour"), heard=JUST, informed=True)
    assert step(session, Said("KEMBALI"), TURN)[0].state == "place"


def test_files_points_and_taps_are_taken_at_a_vanished_question() -> None:
    events: tuple[Event, ...] = (SentMedia("photo", "file-1"), SharedPlace(-7.75, 110.37), Tapped("hour.3.evening"))
    after = [step(GONE, event, replace(TURN, channel=TELEGRAM))[0] for event in events]
    assert [(session.state, len(session.draft.media)) for session in after if session.draft] == [
        ("day", 1),
        ("pin", 0),
        ("day", 0),
    ]


def test_a_deadline_and_a_number_find_the_citizen_at_a_vanished_question() -> None:
    """What comes from outside is told; nobody stays where there is no way on."""
    sent = replace(DRAFT, id="00000000-0000-4000-8000-000000000002", handed_over=True)
    session = replace(GONE, sending=(sent,), due=1)
    after = [step(session, event, TURN)[0].state for event in (Lapsed(1), Filed(sent.id, "R-2", "9165816"))]
    assert after == ["day", "day"]


def test_without_a_report_a_vanished_state_leads_to_the_menu_and_a_story_begins_a_report() -> None:
    session = Session("poll", shown=("yes", "no"), heard=JUST, informed=True)
    menu, story = step(session, Said("1"), TURN)[0], step(session, Said(STORY), TURN)[0]
    assert (menu.state, menu.draft, story.draft and story.draft.story) == ("menu", None, STORY)


def texts(effects: object) -> list[str]:
    """Return which texts are said."""
    assert isinstance(effects, tuple)
    return [f"{each.section} {each.text}" for each in effects if isinstance(each, Say)]


@pytest.mark.parametrize(
    ("text", "state", "region"),
    [("Kabupaten Sleman", "day", "34.04"), ("1", "day", "34.04"), ("apa", "region", ""), ("2", "day", "")],
)
def test_a_region_that_the_tables_no_longer_have_is_left_out_of_the_choice(
    text: str, state: str, region: str
) -> None:
    """Regencies are merged and get other codes while a citizen is being asked which one is meant."""
    draft = replace(DRAFT, regions=("99.99", "34.04"))
    asked = Session("region", shown=("34.04", "other"), draft=draft, heard=JUST, informed=True)
    session, effects = step(asked, Said(text), TURN)
    assert session.draft is not None
    place = session.draft.place
    assert (session.state, place and place.region_code, bool(effects)) == (state, region, True)
