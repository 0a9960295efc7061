"""How the studio's own pages call things: states, texts and placeholders in plain words."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
)


def called(kind: str, name: str) -> str:
    """Return what something of a kind, such as `texts`, is called; its own name where no word is known."""
    return WORDS[kind].get(name, name)
