"""What the bot says and understands in one language: a locale file as typed data."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from conversations.answers import normal, number
from conversations.channel import CHANNELS
from conversations.reading.phrases import Phrases

PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
OPENING: Final = re.compile(r"\s*([^\W\d_]+)[\s:,.#-]+(?=\S)")


class ScriptError(ValueError):
    """A locale file is not of the right shape; the message says where."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what it is called and the other words that mean it."""

    label: str
    keywords: tuple[str, ...] = ()

    def over(self, base: "Option | None") -> "Option":
        """Return this choice; where it has no words of its own, with those of `base`."""
        return Option(self.label, base.keywords) if base and not self.keywords else self


@dataclass(frozen=True, slots=True)
class Section:
    """The words of one state: texts by name (`ask`, `retry.unknown`, …), also per channel, and its options.

    `words` are lists of words and phrases that are listened for in what citizens write.
    """

    texts: Mapping[str, str]
    options: Mapping[str, Option]
    channels: Mapping[str, Mapping[str, str]]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def text(self, name: str, channel: str = "") -> str | None:
        """Return a text, the channel's own before the general one."""
        return self.channels.get(channel, {}).get(name) or self.texts.get(name)

    def over(self, base: "Section") -> "Section":
        """Return this section with what it lacks taken from `base`.

        A text that this section has in general is not replaced by the base's text for one channel. What is listened
        for is added to: citizens mix languages.
        """
        channels = {
            name: {key: text for key, text in base.channels.get(name, {}).items() if key not in self.texts}
            | dict(self.channels.get(name, {}))
            for name in {*base.channels, *self.channels}
        }
        words = {
            name: (*self.words.get(name, ()), *base.words.get(name, ())) for name in {**base.words, **self.words}
        }
        options = {name: option.over(base.options.get(name)) for name, option in self.options.items()}
        return Section({**base.texts, **self.texts}, {**base.options, **options}, channels, words)


@dataclass(frozen=True, slots=True)
class Script:
    """One language: `code` such as `id`, its own `name`, control `words` and a section per state."""

    code: str
    name: str
    words: Mapping[str, tuple[str, ...]]
    sections: Mapping[str, Section]
    _commands: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _options: dict[str, Mapping[str, str]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _phrases: dict[str, Phrases] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        commands = {normal(word): name for name, words in self.words.items() for word in words}
        object.__setattr__(self, "_commands", commands)

    def text(self, section: str, name: str, channel: str = "") -> str:
        """Return a text; a retry text that the section lacks is the one of `notes`.

        Raises KeyError where neither has it.
        """
        for owner in (section, "notes"):
            found = self.sections[owner].text(name, channel)
            if found is not None:
                return found
        raise KeyError(f"[{section}] {name}")

    def label(self, section: str, option: str) -> str:
        """Return what an option is called; empty where it is not in the script."""
        known = self.sections[section].options.get(option)
        return known.label if known else ""

    def command(self, text: str) -> str | None:
        """Return the control word that the whole message is, by its name in `[words]`."""
        return self._commands.get(normal(text))

    def opening(self, text: str) -> tuple[str, str] | None:
        """Split `LAPOR <text>` into the control word's name and the rest, word for word."""
        found = OPENING.match(text)
        name = self._commands.get(normal(found[1])) if found else None
        return (name, text[found.end() :].rstrip()) if found and name else None

    def choice(self, section: str, text: str, shown: Sequence[str]) -> str | None:
        """Return which of the choices last `shown` the citizen means: by number, label or keyword."""
        named = self.named(section, text)
        if named in shown:
            return named
        picked = number(text)
        if picked is not None and 1 <= picked <= len(shown):
            return shown[picked - 1]
        return None

    def phrases(self, section: str) -> Phrases:
        """Return what a section listens for in a story: its lists of words, and the words of its options."""
        known = self._phrases.get(section)
        if known is None:
            known = self._phrases[section] = Phrases(heard(self.sections[section]))
        return known

    def named(self, section: str, text: str) -> str | None:
        """Return which option of a section a text is the label or a keyword of."""
        known = self._options.get(section)
        if known is None:
            said = meanings(self.sections[section])
            known = self._options[section] = {normal(word): option for option, word in said}
        return known.get(normal(text))

    def over(self, base: "Script") -> "Script":
        """Return this language with every text it lacks taken from `base`."""
        sections = {
            name: self.sections[name].over(section) if name in self.sections else section
            for name, section in base.sections.items()
        }
        return Script(self.code, self.name, {**base.words, **self.words}, sections)


def meanings(section: Section) -> Iterator[tuple[str, str]]:
    """Yield each option of a section with every word that means it."""
    for name, option in section.options.items():
        yield name, option.label
        for keyword in option.keywords:
            yield name, keyword


def heard(section: Section) -> dict[str, tuple[str, ...]]:
    """Return the lists of words of a section by name, those of an option by the option's."""
    options = {name: (option.label, *option.keywords) for name, option in section.options.items()}
    return {**options, **section.words}


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of `{name}`; a name without a value stays as it is.

    Names only, in one pass: what a citizen typed is never read for placeholders.
    """
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def parse(source: str) -> Script:
    """Read a locale file.

    Raises ScriptError (also where it is not TOML).
    """
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ScriptError(str(error)) from error
    return typed(data)


def typed(data: Mapping[str, Any]) -> Script:
    """Return the data of a locale file as a script.

    Raises ScriptError.
    """
    head = _table(data.get("locale"), "locale")
    words = _lists(data.get("words", {}), "[words] ")
    states = {name: value for name, value in data.items() if name not in {"locale", "words"}}
    sections = {name: _section(name, _table(value, name)) for name, value in states.items()}
    return Script(
        _text(head.get("code"), "[locale] code"), _text(head.get("name"), "[locale] name"), words, sections
    )


def _section(name: str, data: Mapping[str, Any]) -> Section:
    texts: dict[str, str] = {}
    channels: dict[str, Mapping[str, str]] = {}
    options: dict[str, Option] = {}
    words: dict[str, tuple[str, ...]] = {}
    for key, value in data.items():
        if key == "options":
            options = {
                each: _option(option, f"[{name}] options.{each}")
                for each, option in _table(value, f"{name}.options").items()
            }
        elif key == "words":
            words = _lists(value, f"[{name}] words.")
        elif key in CHANNELS:
            channels[key] = dict(_texts("", _table(value, f"{name}.{key}"), f"[{name}.{key}]"))
        else:
            texts.update(_texts("", {key: value}, f"[{name}]"))
    return Section(texts, options, channels, words)


def _texts(prefix: str, data: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _texts(f"{prefix}{key}.", value, where)
        else:
            yield prefix + key, _text(value, f"{where} {prefix}{key}").strip()


def _option(value: object, where: str) -> Option:
    data = _table(value, where)
    unknown = data.keys() - {"label", "keywords"}
    if unknown:
        raise ScriptError(f"{where}: unknown key {min(unknown)}")
    return Option(_text(data.get("label"), f"{where}.label"), _words(data.get("keywords", []), f"{where}.keywords"))


def _table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ScriptError(f"[{where}] must be a section")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ScriptError(f"{where} must be a text in quotes")
    return value


def _lists(value: object, where: str) -> dict[str, tuple[str, ...]]:
    return {name: _words(listed, where + name) for name, listed in _table(value, where.strip("[] .")).items()}


def _words(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise ScriptError(f"{where} must be a list of words in quotes")
    return tuple(value)
