"""Writing texts into a locale file, as many as the check lets pass."""

from collections.abc import Mapping

from bot.studio.edits import Unfit, edited
from bot.translations.keys import edit_of
from conversations.checking import Finding, check_file


def accepted(
    wanted: Mapping[str, str], file: str, sources: Mapping[str, str], lang: str
) -> tuple[str, dict[str, str]]:
    """Return a file with the texts by key, and for each that cannot be taken the reason in one sentence.

    The check sees them together; then those that it finds fault with are left out, until it finds none.
    """
    refused: dict[str, str] = {}
    while True:
        text = _written(wanted, refused, sources[file])
        found = check_file(file, {**sources, file: text}, lang)
        errors = [each for each in found if each.level == "error"]
        if not errors:
            return text, refused
        refused |= _blamed([key for key in wanted if key not in refused], errors)


def _written(wanted: Mapping[str, str], refused: dict[str, str], text: str) -> str:
    """Return a file with the texts that are not refused; those that cannot be written are refused too."""
    for key, each in wanted.items():
        if key not in refused:
            try:
                text = edited(text, edit_of(key, each))
            except Unfit as error:
                refused[key] = str(error)
    return text


def _blamed(keys: list[str], errors: list[Finding]) -> dict[str, str]:
    """Return which texts the errors come from: those they name; else those of their section; else all."""
    named = {key: each.sentence for each in errors for key in keys if _within(key, each.key)}
    near = {key: each.sentence for each in errors for key in keys if _within(key, each.key.partition(".")[0])}
    return named or near or dict.fromkeys(keys, errors[0].sentence)


def _within(key: str, other: str) -> bool:
    """Tell whether a key is the other one or stands in it, as the words of a choice in the choice."""
    return bool(other) and f"{key}.".startswith(f"{other}.")
