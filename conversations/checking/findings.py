"""What is wrong with a locale file: first as a rule and its facts, then as a sentence with a line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from conversations.channel import CHANNELS
from conversations.checking.lines import Key, Lines
from conversations.checking.sentences import SENTENCES
from conversations.script import fill

Level: TypeAlias = Literal["error", "warning"]

WARNINGS: Final = frozenset(
    {"fallback", "alphabet", "alphabet_lost", "said_twice", "never_shown", "unheard", "wordless"}
    | {"transcript", "transcript_unread"}
)
"""The rules that a file may break and still be used."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: `sentence` says what is wrong and what to do.

    `line` and `column` count from 1; a column of 0 means the whole line. `key` is what is meant, with dots between
    its parts, such as `menu.sms.ask`; empty where it is no key. `diff` are the lines of a transcript that differ.
    Two findings are one if they say the same of the same line.
    """

    file: str
    line: int
    level: Level
    rule: str
    sentence: str
    column: int = field(default=0, compare=False)
    key: str = field(default="", compare=False)
    diff: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that is broken at a key of a file, with the facts that its sentence names.

    `mark` is the piece of the value that is meant; `place`, a line and a column, is given where there is no key.
    """

    rule: str
    at: Key = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    place: tuple[int, int] | None = None

    def found(self, file: str, lines: Lines, lang: str) -> Finding:
        """Return the fault as an administrator reads it."""
        line, column = self.place or lines.place(self.at, self.mark)
        level: Level = "warning" if self.rule in WARNINGS else "error"
        sentence = fill(SENTENCES[lang][self.rule], {"where": where(self.at), **self.facts})
        return Finding(file, line, level, self.rule, sentence, column, ".".join(self.at))


def where(at: Key) -> str:
    """Write a key as it stands in the file: its section in brackets, then its name."""
    section, rest = at[:1], at[1:]
    if rest and rest[0] in CHANNELS:
        section, rest = at[:2], at[2:]
    return f"[{'.'.join(section)}] {'.'.join(rest)}".rstrip()
