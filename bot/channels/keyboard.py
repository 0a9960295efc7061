"""How choices stand below a message; light enough for the web process to import."""

from typing import Final

from conversations.bubble import Bubble, Button

SHORT: Final = 16  # characters of a label that fit half the width of a small phone


def rows(buttons: tuple[Button, ...]) -> list[tuple[Button, ...]]:
    """Lay buttons out in rows: two to a row if every label is short, else one."""
    width = 2 if all(len(button.label) <= SHORT for button in buttons) else 1
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def numbered(bubble: Bubble) -> str:
    """Return the text of a message with its choices in it, numbered as the dialog understands numbers."""
    choices = (f"{number}. {button.label}" for number, button in enumerate(bubble.buttons, 1))
    return "\n".join((bubble.text, *choices))
