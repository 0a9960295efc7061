"""Words in a locale file that are listened for in vain."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, TypeAlias

from conversations.checking.findings import Fault
from conversations.checking.lines import Key
from conversations.reading.phrases import Phrases, flat, parts
from conversations.script import Script, Section

Lists: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

UNSHOWN: Final = frozenset({("cases", "menu")})
"""The options that no menu shows; see `wording.options_of`."""

LISTS: Final = ("emergency", "elsewhere")
"""The sections whose lists are looked for in stories."""


def unreachable(script: Script) -> Iterator[Fault]:
    """Yield the words that no message can bring about, and those that are written twice."""
    for name, words in script.words.items():
        yield from _twice(words, ("words", name))
    for name, section in script.sections.items():
        yield from _options(name, section)
        for each, listed in section.words.items():
            yield from _twice(listed, (name, "words", each))
    for name in script.sections.keys() & set(LISTS):
        for each, phrase, read in unheard(tuple(script.sections[name].words.items())):
            facts = {"word": phrase, "read": read}
            yield Fault("unheard" if read else "wordless", (name, "words", each), facts, f'"{phrase}"')


@lru_cache(maxsize=64)
def unheard(lists: Lists) -> tuple[tuple[str, str, str], ...]:
    """Return the phrases that do not find themselves: their list, they, and what a story that has them is read as.

    They have no letter, or are abbreviations that are written out in stories.
    """
    phrases = Phrases(dict(lists))
    lost = []
    for name, listed in lists:
        for phrase in listed:
            read = flat(" ".join(parts(phrase)))
            if not any(hit.name == name for hit in phrases.hits(read)):
                lost.append((name, phrase, " ".join(read)))
    return tuple(lost)


@lru_cache(maxsize=1024)
def repeated(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that say the same as one before them."""
    said = tuple(map(parts, words))
    return tuple(word for place, word in enumerate(words) if said[place] in said[:place])


def _options(name: str, section: Section) -> Iterator[Fault]:
    for each, option in section.options.items():
        at = (name, "options", each)
        if (name, each) in UNSHOWN and option.keywords:
            yield Fault("never_shown", (*at, "keywords"))
        yield from _twice((option.label, *option.keywords), at)


def _twice(words: tuple[str, ...], at: Key) -> Iterator[Fault]:
    yield from (Fault("said_twice", at, {"word": word}, f'"{word}"') for word in repeated(words))
