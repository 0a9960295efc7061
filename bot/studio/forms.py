"""From the forms of the studio to edits of a draft."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.studio.cards import Card, Text
from bot.studio.edits import Edit, MoveOption, SetKeywords, SetLabel, SetText, SetWords

BETWEEN: Final = re.compile(r"[,\n]")
MOVE: Final = re.compile(r"([a-z-]+):(up|down)")


def texts(form: Mapping[str, str], section: str, text: Text, *, base: bool) -> Iterator[SetText]:
    """Yield the wordings of a text that were changed; `special` names a channel that gets its own.

    `general` names one that loses it. A wording is emptied to take it away, but not the general one of the base
    language, which others fall back to.
    """
    for wording in text.wordings:
        field, channel = f"text.{wording.channel}", wording.channel
        if form.get("special") == channel != "":
            yield SetText(section, text.name, channel, wording.text)
        elif form.get("general") == channel != "":
            yield SetText(section, text.name, channel, None)
        elif field in form and plain(form[field]) != ((wording.text or "").strip() if wording.own else ""):
            emptied = not plain(form[field]) and not (base and not channel)
            yield SetText(section, text.name, channel, None if emptied else form[field])


def options(form: Mapping[str, str], card: Card) -> Iterator[Edit]:
    """Yield the names and keywords of options that were changed."""
    for choice in card.options:
        label, keywords = form.get(f"label.{choice.name}"), form.get(f"keywords.{choice.name}")
        if label is not None and plain(label) != choice.label.strip():
            yield SetLabel(card.name, choice.name, label)
        if keywords is not None and words_of(keywords) != choice.keywords:
            yield SetKeywords(card.name, choice.name, words_of(keywords))


def lists(form: Mapping[str, str], card: Card) -> Iterator[Edit]:
    """Yield the lists of words that were changed."""
    for listed in card.words:
        words = form.get(f"words.{listed.name}")
        if words is not None and words_of(words) != listed.words:
            yield SetWords(card.name, listed.name, words_of(words))


def move(form: Mapping[str, str], section: str) -> MoveOption | None:
    """Return which option is to be moved, from `send:up` or `send:down`; None where none is."""
    found = MOVE.fullmatch(form.get("move", ""))
    return MoveOption(section, found[1], -1 if found[2] == "up" else 1) if found else None


def words_of(text: str) -> tuple[str, ...]:
    """Return words that stand with commas or line ends between them."""
    return tuple(word for part in BETWEEN.split(text) if (word := " ".join(part.split())))


def plain(text: str) -> str:
    """Return what was typed with the line ends of a locale file."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
