"""Names in a locale file: those that nothing asks for, and those that something asks for in vain."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from conversations.checking.findings import Fault
from conversations.checking.lines import Key
from conversations.checking.needs import NEEDS
from conversations.commands import OBEY
from conversations.script import Script, Section


def unknown(script: Script) -> Iterator[Fault]:
    """Yield the sections, texts, options and control words that nothing asks for."""
    for word in script.words.keys() - OBEY.keys():
        yield _unknown(("words", word), word, OBEY)
    for name, section in script.sections.items():
        if name not in NEEDS:
            titles = {each: f"[{each}]" for each in (*NEEDS, "words", "locale")}
            meant = titles.get(near(name, titles))
            yield Fault("unknown_near", (name,), {"near": meant}) if meant else Fault("unknown", (name,))
            continue
        yield from (Fault("unseen", (name, each)) for each in section.channels if each not in NEEDS[name].channels)
        known = NEEDS[name].keys()
        for key in keys_of(section):
            if key not in known:
                yield _unknown((name, *key.split(".")), key, known)


def missing(script: Script, *, base: bool) -> Iterator[Fault]:
    """Yield what the dialog asks for and the file lacks; of a whole section only its name.

    What is listened for in a story is asked of the base alone: it counts in every language.
    """
    rule = "missing" if base else "fallback"
    for word in OBEY:
        if not script.words.get(word):
            yield Fault(rule, ("words", word))
    for name, needs in NEEDS.items():
        section = script.sections.get(name)
        if section is None:
            yield Fault(rule, (name,))
            continue
        texts = (text for text in needs.texts if section.text(text) is None and not _noted(script, text))
        options = (option for option in needs.options if option not in section.options)
        lists = (each for each in needs.lists if base and not section.words.get(each))
        yield from (Fault(rule, (name, *text.split("."))) for text in texts)
        yield from (Fault(rule, (name, "options", option)) for option in options)
        yield from (Fault(rule, (name, "words", each)) for each in lists)


def near(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, or nothing."""
    folded = {each.casefold(): each for each in sorted(known)}
    found = get_close_matches(name.casefold().strip(), folded, 1)
    return folded[found[0]] if found else ""


def keys_of(section: Section) -> Iterator[str]:
    """Yield every key of a section, dots between its parts."""
    yield from section.texts
    for channel, texts in section.channels.items():
        yield from (f"{channel}.{text}" for text in texts)
    yield from (f"options.{option}" for option in section.options)
    yield from (f"words.{each}" for each in section.words)


def _noted(script: Script, text: str) -> bool:
    notes = script.sections.get("notes")
    return text.startswith("retry.") and notes is not None and notes.text(text) is not None


def _unknown(at: Key, name: str, known: Iterable[str]) -> Fault:
    meant = near(name, known)
    return Fault("unknown_near", at, {"near": meant}) if meant else Fault("unknown", at)
