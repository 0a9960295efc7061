"""A locale file as typed data: what it says, and what it understands."""

import pytest

from conversations.script import ScriptError, fill, parse

SOURCE = """
[locale]
code = "id"
name = "Bahasa Indonesia"

[words]
report = ["lapor"]
menu = ["menu"]

[review]
ask = "Periksa: {story}"
options.send = { label = "Kirim", keywords = ["ya", "ok"] }
options.edit = { label = "Ubah" }
retry.unknown = "Balas angka."

[review.sms]
ask = "{story}. Kirim?"

[notes]
retry.empty = "Kosong."
"""
SCRIPT = parse(SOURCE)
HEAD = '[locale]\ncode = "id"\nname = "Bahasa Indonesia"\n'


@pytest.mark.parametrize(
    ("name", "channel", "text"),
    [
        ("ask", "", "Periksa: {story}"),
        ("ask", "sms", "{story}. Kirim?"),
        ("ask", "telegram", "Periksa: {story}"),
        ("retry.unknown", "sms", "Balas angka."),
        ("retry.empty", "", "Kosong."),
    ],
)
def test_a_text_is_the_channels_own_or_the_general_one_or_that_of_the_notes(
    name: str, channel: str, text: str
) -> None:
    assert SCRIPT.text("review", name, channel) == text


def test_a_text_that_nobody_has_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"\[review\] retry.stuck"):
        SCRIPT.text("review", "retry.stuck")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1", "send"), ("2", "edit"), ("no 2", "edit"), ("Kirim", "send"), ("ya pak", "send"), ("OK.", "send"),
        ("UBAH", "edit"), ("3", None), ("0", None), ("kirim ke bupati", None), ("", None),
    ],
)  # fmt: skip
def test_a_choice_is_known_by_number_label_or_keyword(said: str, meant: str | None) -> None:
    assert SCRIPT.choice("review", said, ("send", "edit")) == meant


def test_a_number_means_the_order_that_was_shown() -> None:
    assert SCRIPT.choice("review", "1", ("edit", "send")) == "edit"


def test_a_choice_that_was_not_shown_is_none() -> None:
    assert SCRIPT.choice("review", "kirim", ("edit",)) is None


@pytest.mark.parametrize(
    ("said", "command"), [("MENU", "menu"), ("menu ya pak", "menu"), ("menu makan", None), ("lapor", "report")]
)
def test_a_control_word_is_the_whole_message(said: str, command: str | None) -> None:
    assert SCRIPT.command(said) == command


@pytest.mark.parametrize(
    ("said", "split"),
    [
        ("LAPOR jalan rusak", ("report", "jalan rusak")),
        ("lapor: jalan  rusak\nparah ", ("report", "jalan  rusak\nparah")),
        ("Lapor#jalan#sleman", ("report", "jalan#sleman")),
        ("laporan jalan rusak", None),
        ("LAPOR", None),
        ("jalan rusak", None),
    ],
)
def test_a_control_word_can_open_a_message(said: str, split: tuple[str, str] | None) -> None:
    assert SCRIPT.opening(said) == split


def test_what_a_citizen_typed_is_never_read_for_placeholders() -> None:
    assert fill("{story} di {place}", {"story": "{place}", "place": "Sleman"}) == "{place} di Sleman"


def test_a_language_takes_what_it_lacks_from_the_base_but_not_over_its_own() -> None:
    english = parse('[locale]\ncode = "en"\nname = "English"\n[review]\nask = "Check: {story}"\n').over(SCRIPT)
    texts = [
        english.text("review", "ask", "sms"),
        english.text("review", "retry.unknown"),
        english.label("review", "send"),
    ]
    assert texts == ["Check: {story}", "Balas angka.", "Kirim"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("ask = ", "Invalid value"),
        ("[review]\nask = 'x'", "[locale] must be a section"),
        ('[locale]\ncode = "id"\nname = "x"\n[review]\nask = 5', "[review] ask must be a text in quotes"),
        (
            '[locale]\ncode = "id"\nname = "x"\n[words]\nmenu = "menu"',
            "[words] menu must be a list of words in quotes",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused(source: str, message: str) -> None:
    with pytest.raises(ScriptError) as refused:
        parse(source)
    assert message in str(refused.value)


def test_a_choice_without_words_of_its_own_takes_those_of_the_base() -> None:
    javanese = parse(
        '[locale]\ncode = "jv"\nname = "Jawa"\n'
        '[review]\noptions.send = { label = "Kintun" }\noptions.edit = { label = "Owahi", keywords = ["gantos"] }\n'
    ).over(SCRIPT)
    said = ("kintun", "ya", "kirim", "gantos")
    assert [javanese.choice("review", each, ("send", "edit")) for each in said] == ["send", "send", None, "edit"]
