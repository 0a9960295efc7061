"""What is wrong with a locale file: first as a rule and its facts, then as a sentence with a line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from conversations.channel import CHANNELS
from conversations.checking.lines import Key, Lines
from conversations.checking.sentences import SENTENCES
from conversations.script import fill

Level: TypeAlias = Literal["error", "warning"]

WARNINGS: Final = frozenset({"fallback", "alphabet", "alphabet_lost"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: `line` counts from 1, `sentence` says what is wrong and what to do."""

    file: str
    line: int
    level: Level
    rule: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that is broken at a key of a file, with the facts that its sentence names.

    `mark` is the piece of the value that is meant; `line` is given where there is no key to find.
    """

    rule: str
    at: Key = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    line: int = 0

    def found(self, file: str, lines: Lines, lang: str) -> Finding:
        """Return the fault as an administrator reads it."""
        return Finding(
            file,
            self.line or lines.line(self.at, self.mark),
            "warning" if self.rule in WARNINGS else "error",
            self.rule,
            fill(SENTENCES[lang][self.rule], {"where": where(self.at), **self.facts}),
        )


def where(at: Key) -> str:
    """Write a key as it stands in the file: its section in brackets, then its name."""
    section, rest = at[:1], at[1:]
    if rest and rest[0] in CHANNELS:
        section, rest = at[:2], at[2:]
    return f"[{'.'.join(section)}] {'.'.join(rest)}".rstrip()
