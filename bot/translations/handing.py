"""What goes to translators and what comes back, in whatever form."""

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from bot.translations.units import Unit

Answer: TypeAlias = Literal["done", "asked", "open"]
"""Translated; translated if the text is another one than before; not translated, or not for sure."""


class Unreadable(ValueError):
    """A file that came back is not what it should be: the rule that it breaks, and what its sentence names."""

    def __init__(self, rule: str, **facts: str) -> None:
        super().__init__(rule)
        self.rule, self.facts = rule, facts


@dataclass(frozen=True, slots=True)
class Batch:
    """The texts of one language, from `base` to `code`, such as `id` and `jv`."""

    base: str
    code: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A text that came back: the `source` it was made from, and the `target`, empty where there is none."""

    key: str
    source: str
    target: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Return:
    """What a file has for the language `code`."""

    code: str
    texts: tuple[Returned, ...]


class Form(Protocol):
    """A kind of file that translators' tools read and write."""

    def write(self, batch: Batch) -> bytes:
        """Return the file."""

    def read(self, data: bytes) -> Return:
        """Return what a file says. Raises Unreadable."""
