"""Lists of words as one text, commas between; a word that has a comma or a quote stands in quotes."""

import csv
from collections.abc import Iterable


def joined(words: Iterable[str]) -> str:
    """Return a list as one text."""
    return ", ".join(_quoted(" ".join(word.split())) for word in words)


def split(text: str) -> tuple[str, ...]:
    """Return the words of a text; a new line is as good as a comma."""
    rows = csv.reader(text.splitlines(), skipinitialspace=True)
    return tuple(word.strip() for row in rows for word in row if word.strip())


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"' if {",", '"'} & set(word) else word
