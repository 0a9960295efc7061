"""Words that citizens type: each must mean one thing at a time."""

from collections.abc import Iterator
from typing import Final

from conversations.answers import normal, number
from conversations.checking.findings import Fault
from conversations.checking.lines import Key
from conversations.complaint import COMPLAINT
from conversations.script import Script, Section, meanings
from conversations.states import Choose

SOFT: Final = frozenset({"resume", "skip", "again", "reply", "report", "solved", "unsolved"})
"""The control words that a menu may take as words of its own."""


def clashes(script: Script) -> Iterator[Fault]:
    """Yield the words that mean two things at once, and the numbers, which mean places in a menu."""
    yield from _commands(script)
    for name, section in script.sections.items():
        if name in COMPLAINT and isinstance(COMPLAINT[name], Choose):
            yield from _options(name, section, script)


def _commands(script: Script) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for name, words in script.words.items():
        for word in words:
            at = ("words", name)
            first = owners.setdefault(normal(word), name)
            if first != name:
                yield Fault("two_commands", at, {"word": word, "first": first}, _quoted(word))
            yield from _numbers(word, at)


def _options(name: str, section: Section, script: Script) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for option, word in meanings(section):
        at = (name, "options", option)
        first = owners.setdefault(normal(word), option)
        if first != option:
            yield Fault("two_options", at, {"word": word, "first": first}, _quoted(word))
        command = script.command(word)
        if command and command != option and command not in SOFT:
            yield Fault("shadow", at, {"word": word, "command": command}, _quoted(word))
        yield from _numbers(word, at)


def _numbers(word: str, at: Key) -> Iterator[Fault]:
    if number(word) is not None:
        yield Fault("number", at, {"word": word}, _quoted(word))


def _quoted(word: str) -> str:
    return f'"{word}"'
