"""A complete locale file made from what the check asks for, so that tests need no shipped sentence."""

from dataclasses import dataclass

from conversations.checking.needs import NEEDS, Needs
from conversations.commands import OBEY


@dataclass(frozen=True)
class Broken:
    """A complete file with one piece changed, and what the check says of the line that holds `at`."""

    name: str
    old: str
    new: str
    at: str
    rule: str
    sentence: str


def whole(code: str = "id") -> str:
    """Return a locale file without a fault."""
    words = [f'{name} = ["kata{name}"]' for name in OBEY]
    sections = [_section(name, needs) for name, needs in NEEDS.items()]
    return "\n".join(["[locale]", f'code = "{code}"', f'name = "Bahasa {code}"', "", "[words]", *words, *sections])


def line_of(source: str, piece: str) -> int:
    """Return the line, from 1, on which a piece of a text begins."""
    return source[: source.index(piece)].count("\n") + 1


def _section(name: str, needs: Needs) -> str:
    texts = [f'{text} = "Teks {name}."' for text in needs.texts]
    options = [f'options.{each} = {{ label = "{f"Pilih {each}"[:24]}", keywords = [] }}' for each in needs.options]
    lists = [f'words.{each} = ["kata{each}"]' for each in needs.lists]
    return "\n".join(["", f"[{name}]", *texts, *options, *lists])
