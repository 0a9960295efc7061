"""What citizens say in another language than the one they read: words that mean one thing, signs of a language."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from conversations.answers import normal
from conversations.script import Script, meanings

MOST: Final = 60
"""Characters of a message that can be a control word or a choice; longer ones tell a story."""

SHARE: Final = 8
"""Of this many words of a text, one at least must be the language's own."""

_STEM: Final = 3  # letters that stand before an ending


class Polyglot:
    """Understands the control words and choices of all languages, where those that know a word agree on it.

    It is for what the citizen's own script does not know: "inggih" from who reads Indonesian.
    """

    def __init__(self, scripts: Iterable[Script]) -> None:
        known = [(script, dict(_commands(script))) for script in scripts]
        menus = {name for script, _ in known for name, section in script.sections.items() if section.options}
        self._commands = _agreed(commands for _, commands in known)
        self._choices = {
            menu: _agreed({**commands, **_options(script, menu)} for script, commands in known) for menu in menus
        }

    def command(self, text: str) -> str | None:
        """Return the control word that the whole message is in some language, by its name in `[words]`."""
        return self._commands.get(normal(text)) if len(text) <= MOST else None

    def choice(self, section: str, text: str, shown: Sequence[str]) -> str | None:
        """Return which of the choices last `shown` the whole message is in some language.

        A control word is the choice of its own name.
        """
        named = self._choices.get(section, {}).get(normal(text)) if len(text) <= MOST else None
        return named if named in shown else None


class Tongues:
    """Tells the language of a text by the words that each language has as its own, in `[frequent]` of its file.

    `base` is the usual language: the others borrow from it, so that it wins only with more words than each of them.
    Where it is mixed in, one word of another language is too little.
    """

    def __init__(self, scripts: Iterable[Script], base: str) -> None:
        self._base = base
        self._words: dict[str, set[str]] = defaultdict(set)
        self._endings: dict[str, set[str]] = defaultdict(set)
        for code, listed in ((script.code, each) for script in scripts for each in _own(script)):
            known = self._endings if listed.startswith("-") else self._words
            for word in normal(listed).split():
                known[word].add(code)
        self._longest = max(map(len, self._endings), default=0)

    def told(self, text: str) -> str | None:
        """Return the code of the language that a text shows the most words of; None where that is not clear."""
        said = normal(text).split()
        counted = Counter(code for word in _single(said) for code in self._owners(word))
        base = counted.pop(self._base, 0)
        (code, most), (_, second) = [*counted.most_common(2), ("", 0), ("", 0)][:2]
        if base > most:
            code, most, second = self._base, base, most
        clear = most > second and (most > 1 or not base) and most * SHARE >= len(said)
        return code if clear else None

    def _owners(self, word: str) -> set[str]:
        """Return the languages that a word shows: by itself, or else by its ending."""
        if word in self._words:
            return self._words[word]
        tails = (word[-length:] for length in range(self._longest, 0, -1) if len(word) >= length + _STEM)
        return next((self._endings[tail] for tail in tails if tail in self._endings), set())


def _single(said: Sequence[str]) -> Iterator[str]:
    """Yield the words that are not doubled: "alun" is Minangkabau for not yet, "alun-alun" an Indonesian square."""
    for before, word, after in zip(("", *said), said, (*said[1:], ""), strict=False):
        if word not in (before, after):
            yield word


def _agreed(lexicons: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return the words that mean one thing in all lexicons that have them."""
    meant: dict[str, set[str]] = defaultdict(set)
    for lexicon in lexicons:
        for word, meaning in lexicon.items():
            meant[word].add(meaning)
    return {word: next(iter(found)) for word, found in meant.items() if len(found) == 1}


def _commands(script: Script) -> Iterator[tuple[str, str]]:
    for name, words in script.words.items():
        yield from ((normal(word), name) for word in words)


def _options(script: Script, section: str) -> dict[str, str]:
    """Return what a section's choices are called in one language; there, these go before control words."""
    known = script.sections.get(section)
    return {normal(word): option for option, word in meanings(known)} if known else {}


def _own(script: Script) -> tuple[str, ...]:
    frequent = script.sections.get("frequent")
    return frequent.words.get("own", ()) if frequent else ()
