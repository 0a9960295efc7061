"""A message as a content template and its variables, by the rules that Twilio has for both."""

import json
from pathlib import Path

import pytest

from bot.contents import Approved, Contents, load, written
from bot.contents.filling import lines_of, menu_of, template_of
from bot.errors import Closed
from conversations.bubble import Bubble, Button, Template

CONTENTS = Contents(
    {"quick_2_1": "HX1", "quick_2_2": "HX2", "list_4_1": "HX3"},
    {"id": {"closed": Approved("HX4", ("message", "number"))}},
)


def menu(text: str, *labels: str, opener: str = "") -> Bubble:
    return Bubble(
        text, tuple(Button(label, f"menu.1.{number}") for number, label in enumerate(labels)), opener=opener
    )


@pytest.mark.parametrize(
    ("bubble", "template", "values"),
    [
        (menu("Kirim?", "Ya", "Tidak"), "HX1", ["Kirim?", "Ya", "menu.1.0", "Tidak", "menu.1.1"]),
        (menu("Satu\n\nDua\tkali", "A", "B"), "HX2", ["Satu", "Dua kali", "A", "menu.1.0", "B", "menu.1.1"]),
        (
            menu("Pilih", "A", "B", "C", "D", opener="Lihat"),
            "HX3",
            ["Pilih", "Lihat", "A", "menu.1.0", "B", "menu.1.1", "C", "menu.1.2", "D", "menu.1.3"],
        ),
        (
            menu("Satu\nDua", "A", "B", "C", "D"),
            None,
            [],
        ),
        (menu("Kirim?", "Ya", "Tidak", "Nanti"), None, []),
        (menu("Kirim?", "Ya", "a" * 25), None, []),
        (menu("a" * 1025, "Ya", "Tidak"), None, []),
        (menu("\n", "Ya", "Tidak"), None, []),
        (Bubble("Baik."), None, []),
    ],
    ids=[
        "quick replies", "a body of two lines", "a list", "a list whose template is not there",
        "quick replies whose template is not there", "a label too long", "a text too long", "no text", "no choices",
    ],
)  # fmt: skip
def test_a_menu_goes_by_the_template_of_its_shape(bubble: Bubble, template: str | None, values: list[str]) -> None:
    """Where there is none, or something is too long, None says that numbered text must do."""
    found = menu_of(bubble, CONTENTS)
    assert (
        (found[0], [*json.loads(found[1]).values()]) == (template, values) if template and found else found is None
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a", ["a"]),
        ("a\nb\n\n c  d ", ["a", "b", "c d"]),
        ("\n".join("abcde"), ["a b", "c", "d", "e"]),
        ("\n".join("abcdefghijkl"), ["a b c d", "e", "f", "g", "h", "i", "j", "k", "l"]),
        (" \n", []),
    ],
)
def test_the_first_of_too_many_lines_become_one(text: str, lines: list[str]) -> None:
    """What is asked stands last, so that the story above it is what is run together."""
    assert lines_of(text) == lines


def test_approved_words_get_their_values_in_the_order_that_was_approved() -> None:
    bubble = Bubble("…", template=Template("closed", "id", ("9165816", "Dinas PU", "Sudah 'beres'.")))
    sid, variables = template_of(bubble, CONTENTS)
    assert (sid, json.loads(variables)) == ("HX4", {"1": "Sudah 'beres'.", "2": "9165816"})


@pytest.mark.parametrize("template", [Template("closed", "en", ("1", "2", "3")), Template("waiting", "id"), None])
def test_words_that_are_not_approved_are_not_sent(template: Template | None) -> None:
    with pytest.raises(Closed):
        template_of(Bubble("…", template=template), CONTENTS)


def test_a_value_that_its_template_does_not_have_is_not_made_up() -> None:
    contents = Contents(template={"id": {"closed": Approved("HX4", ("closes_on",))}})
    with pytest.raises(Closed):
        template_of(Bubble("…", template=Template("closed", "id", ("1", "2", "3"))), contents)


def test_what_is_written_down_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "templates.toml"
    before = load(path)
    path.write_text(written(CONTENTS))
    assert (before, load(path), load(None)) == (Contents(), CONTENTS, Contents())


@pytest.mark.parametrize("text", ["menu = 1", "[menu", '[template.id]\nclosed = "HX1"'])
def test_a_file_of_another_kind_is_refused_by_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "templates.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"templates\.toml"):
        load(path)
