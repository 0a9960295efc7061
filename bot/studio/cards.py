"""One language as cards: each state of the dialog with its words, then the other sections."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.studio.edition import Edition
from conversations.channel import CHANNELS
from conversations.checking.names import keys_of
from conversations.checking.needs import NEEDS
from conversations.commands import OBEY
from conversations.script import Script, Section
from conversations.states import Flow

NOBODY: Final = Section({}, {}, {}, {})
FIRST: Final = ("words", "notes", "first_contact", "news", "next", "status")
"""The sections besides the states, in the order of their cards; the others follow."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as one channel shows it; None where nobody wrote it. `channel` is empty for the general one.

    `special` says that it is written for this channel alone, `own` that it is this language's, not filled in.
    """

    channel: str
    text: str | None
    special: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text by name, such as `retry.unknown`: the general wording first, then that of each channel."""

    name: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option: what it is called, and the words that mean it; `own` says that its label is this language's.

    `heard` says that its words are this language's too.
    """

    name: str
    label: str
    keywords: tuple[str, ...]
    own: bool
    heard: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of words that are listened for; `own` says that some are this language's."""

    name: str
    words: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A section: `kind` is that of its state, such as `Ask`; of other sections `Words` (lists alone) or `Notes`.

    `comes_from` are the states that lead here; `goes_to` are the ways out, each with the state that it leads to.
    """

    name: str
    kind: str
    texts: tuple[Text, ...]
    options: tuple[Choice, ...]
    words: tuple[Listed, ...]
    comes_from: tuple[str, ...]
    goes_to: tuple[tuple[str, str], ...]


def cards(flow: Flow, scripts: Edition, code: str) -> tuple[Card, ...]:
    """Return the cards of a language: the states in the order of the dialog, then the other sections.

    Raises KeyError for a language that is not among the scripts.
    """
    whole, own = scripts[code], scripts.own(code)
    states = {state.name: state for state in flow}
    others = [name for name in (*FIRST, *NEEDS, *own.sections) if name not in states]
    drawn = [_card(name, type(state).__name__, whole, own) for name, state in states.items()]
    plain = [_card(name, _kind(name), whole, own) for name in dict.fromkeys(others)]
    return tuple(_joined(card, flow) for card in (*drawn, *plain))


def _joined(card: Card, flow: Flow) -> Card:
    """Return a card with the states that lead to it, and the ways out."""
    before = (state.name for state in flow if any(target == card.name for _, target in state.exits()))
    after = flow[card.name].exits() if card.name in flow else ()
    return Card(card.name, card.kind, card.texts, card.options, card.words, tuple(before), tuple(after))


def _kind(name: str) -> str:
    return "Words" if name == "words" or (name in NEEDS and not NEEDS[name].texts) else "Notes"


def _card(name: str, kind: str, whole: Script, own: Script) -> Card:
    if name == "words":
        return Card(name, kind, (), (), tuple(_listed(whole.words, own.words, OBEY)), (), ())
    section, mine = whole.sections.get(name, NOBODY), own.sections.get(name, NOBODY)
    texts = tuple(_text(name, text, whole, mine) for text in _texts(name, section))
    lists = _listed(section.words, mine.words, NEEDS[name].lists if name in NEEDS else ())
    return Card(name, kind, texts, tuple(_choices(section, mine)), tuple(lists), (), ())


def _texts(name: str, section: Section) -> Iterator[str]:
    """Yield the names of the texts that the bot asks a section for, then of those that it has besides."""
    asked = NEEDS[name].texts if name in NEEDS else ()
    keys = (key for key in keys_of(section) if not key.startswith(("options.", "words.")))
    there = (key.partition(".")[2] if key.partition(".")[0] in CHANNELS else key for key in keys)
    yield from dict.fromkeys((*asked, *there))


def _text(name: str, text: str, whole: Script, mine: Section) -> Text:
    channels = NEEDS[name].channels if name in NEEDS else tuple(CHANNELS)
    return Text(text, tuple(_wording(name, text, channel, whole, mine) for channel in ("", *channels)))


def _wording(name: str, text: str, channel: str, whole: Script, mine: Section) -> Wording:
    section = whole.sections.get(name, NOBODY)
    special = text in section.channels.get(channel, {})
    own = text in (mine.channels.get(channel, {}) if special else mine.texts)
    try:
        said = whole.text(name, text, channel)
    except KeyError:
        said = None
    return Wording(channel, said, special, own)


def _choices(section: Section, mine: Section) -> Iterator[Choice]:
    for name, option in section.options.items():
        own = mine.options.get(name)
        yield Choice(name, option.label, option.keywords, own is not None, own is not None and bool(own.keywords))


def _listed(
    words: Mapping[str, tuple[str, ...]],
    own: Mapping[str, tuple[str, ...]],
    asked: Mapping[str, object] | tuple[str, ...],
) -> Iterator[Listed]:
    """Yield the lists that the bot asks for, then those there are besides; where the language has some, its own."""
    for name in dict.fromkeys((*asked, *words)):
        yield Listed(name, own.get(name) or words.get(name, ()), bool(own.get(name)))
