"""The texts of a locale file by name: `review.ask`, `menu.sms.ask`, `words.skip`, `menu.options.report.label`."""

from collections.abc import Container, Iterator, Mapping
from typing import Final

from bot.studio.edits import SetKeywords, SetLabel, SetText, SetWords
from bot.translations.wordlists import joined, split
from conversations.channel import CHANNELS
from conversations.script import Script, Section

NAME: Final = "locale.name"
"""What a language is called in that language."""


def texts_of(script: Script) -> dict[str, str]:
    """Return everything of a language that can be translated, by key, in the order of its file.

    Lists of words are one text each, with commas between; a list without words is left out.
    """
    found = {NAME: script.name}
    found |= {f"words.{name}": joined(words) for name, words in script.words.items()}
    for name, section in script.sections.items():
        found |= {f"{name}.{key}": text for key, text in _section(section)}
    return {key: text for key, text in found.items() if text}


def asked_of(base: Script) -> dict[str, str]:
    """Return everything of the base that is to be translated; a choice without words there stands for them."""
    texts = texts_of(base)
    return {key: text for each in texts for key, text in _with_keywords(each, texts)}


def edit_of(key: str, text: str) -> SetText | SetLabel | SetKeywords | SetWords:
    """Return the edit that gives a key another text."""
    match key.split("."):
        case ["words", name]:
            return SetWords("words", name, split(text))
        case [section, "words", name]:
            return SetWords(section, name, split(text))
        case [section, "options", option, "label"]:
            return SetLabel(section, option, text)
        case [section, "options", option, "keywords"]:
            return SetKeywords(section, option, split(text))
        case [section, channel, *name] if channel in CHANNELS:
            return SetText(section, ".".join(name), channel, text)
        case [section, *name]:
            return SetText(section, ".".join(name), "", text)
    raise KeyError(key)


def listed(key: str) -> bool:
    """Tell whether the text of a key is a list of words."""
    match key.split("."):
        case ["words", _] | [_, "words", _] | [_, "options", _, "keywords"]:
            return True
    return False


def general(key: str) -> str:
    """Return the key of the text for all channels that one for a single channel stands in for; else the key."""
    section, *rest = key.split(".")
    return ".".join((section, *rest[1:])) if rest[0] in CHANNELS else key


def spare(key: str, texts: Container[str]) -> bool:
    """Tell whether a language with some texts can do without a key.

    The base's keywords and lists are listened for in every language, and a text for all channels serves each.
    """
    return (listed(key) and not key.startswith("words.")) or (general(key) != key and general(key) in texts)


def _with_keywords(key: str, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield key, texts[key]
    option = key.removesuffix(".label")
    if option != key and ".options." in key and f"{option}.keywords" not in texts:
        yield f"{option}.keywords", texts[key]


def _section(section: Section) -> Iterator[tuple[str, str]]:
    yield from section.texts.items()
    for name, option in section.options.items():
        yield f"options.{name}.label", option.label
        yield f"options.{name}.keywords", joined(option.keywords)
    for name, words in section.words.items():
        yield f"words.{name}", joined(words)
    for channel, texts in section.channels.items():
        yield from ((f"{channel}.{key}", text) for key, text in texts.items())
