"""Buttons are laid out so that their labels can be read on a small phone."""

import pytest

from bot.channels.keyboard import numbered, rows
from conversations.bubble import Bubble, Button


@pytest.mark.parametrize(
    ("labels", "laid"),
    [
        ((), []),
        (("Kirim",), [["Kirim"]]),
        (("Kirim", "Ubah", "Batal"), [["Kirim", "Ubah"], ["Batal"]]),
        (("Kirim", "Ubah salah satu jawaban"), [["Kirim"], ["Ubah salah satu jawaban"]]),
    ],
    ids=("none", "one", "short ones stand in pairs", "one long label gives each a row of its own"),
)
def test_buttons_are_laid_out_in_rows(labels: tuple[str, ...], laid: list[list[str]]) -> None:
    """Their order stays."""
    buttons = tuple(Button(label, label) for label in labels)

    assert [[button.label for button in row] for row in rows(buttons)] == laid


@pytest.mark.parametrize(
    ("labels", "text"),
    [((), "Kirim?"), (("Ya", "Tidak"), "Kirim?\n1. Ya\n2. Tidak")],
    ids=("no choices", "choices below the text"),
)
def test_a_phone_without_buttons_gets_numbers(labels: tuple[str, ...], text: str) -> None:
    """They count in the order of the buttons, as the dialog understands them."""
    assert numbered(Bubble("Kirim?", tuple(Button(label, label) for label in labels))) == text
