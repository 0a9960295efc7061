"""Placeholders in the texts of a locale file: only known names, only where they have a value."""

import re
from collections.abc import Iterator
from typing import Final

from conversations.checking.findings import Fault
from conversations.checking.lines import Key
from conversations.checking.names import near
from conversations.checking.needs import NEEDS
from conversations.script import PLACEHOLDER, Script, Section
from conversations.wording import PLACEHOLDERS

_BRACES: Final = re.compile(r"\{\{[^{}\n]*\}\}|\{[^{}\n]*\}|[{}]")


def misplaced(script: Script) -> Iterator[Fault]:
    """Yield the placeholders that nothing would be put in the place of."""
    for name, section in script.sections.items():
        usable = NEEDS[name].values if name in NEEDS else frozenset(PLACEHOLDERS)
        for at, text in texts_of(name, section):
            yield from _misplaced(text, at, frozenset() if "options" in at else usable)


def texts_of(name: str, section: Section) -> Iterator[tuple[Key, str]]:
    """Yield every text of a section with its key, labels of options too."""
    for key, text in section.texts.items():
        yield (name, *key.split(".")), text
    for channel, texts in section.channels.items():
        for key, text in texts.items():
            yield (name, channel, *key.split(".")), text
    for option, each in section.options.items():
        yield (name, "options", option, "label"), each.label


def _misplaced(text: str, at: Key, usable: frozenset[str]) -> Iterator[Fault]:
    for braces in dict.fromkeys(_BRACES.findall(text)):
        name = braces.strip("{} ")
        if len(braces) == 1:
            yield Fault("brace", at, {"brace": braces}, braces)
        elif name not in PLACEHOLDERS or not PLACEHOLDER.fullmatch(braces):
            yield _strange(braces, at, near(name, PLACEHOLDERS))
        elif name not in usable:
            yield Fault("no_value", at, {"name": braces, "usable": _listed(usable)}, braces)


def _strange(braces: str, at: Key, meant: str) -> Fault:
    if meant:
        return Fault("placeholder_near", at, {"name": braces, "near": f"{{{meant}}}"}, braces)
    return Fault("placeholder", at, {"name": braces, "known": _listed(PLACEHOLDERS)}, braces)


def _listed(names: frozenset[str] | tuple[str, ...]) -> str:
    return " ".join(f"{{{name}}}" for name in PLACEHOLDERS if name in names) or "-"
