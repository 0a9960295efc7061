"""Words that citizens type: each must mean one thing at a time."""

from collections.abc import Iterator
from typing import Final

from conversations.answers import normal, number
from conversations.checking.findings import Fault
from conversations.checking.lines import Key
from conversations.script import Script, Section, meanings

SOFT: Final = frozenset({"resume", "skip", "again", "reply", "report", "solved", "unsolved"})
"""The control words that a menu may take as words of its own."""


def clashes(script: Script) -> Iterator[Fault]:
    """Yield the words that mean two things at once, and the numbers, which mean places in a menu."""
    yield from _commands(script)
    for name, section in script.sections.items():
        yield from _options(name, section, script)
        yield from _lists(name, section)


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


def _lists(name: str, section: Section) -> Iterator[Fault]:
    """Yield the phrases that a section listens for under two names."""
    owners: dict[str, str] = {}
    for each, listed in section.words.items():
        for phrase in listed:
            first = owners.setdefault(phrase.casefold(), each)
            if first != each:
                facts = {"word": phrase, "first": f"words.{first}"}
                yield Fault("two_lists", (name, "words", each), facts, _quoted(phrase))


def _numbers(word: str, at: Key) -> Iterator[Fault]:
    if number(word) is not None:
        yield Fault("number", at, {"word": word}, _quoted(word))


def _quoted(word: str) -> str:
    return f'"{word}"'
