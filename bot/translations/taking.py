"""Putting what came back from translators into a locale file, without anything that the check refuses."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.studio.lists import quoted
from bot.translations.accepting import accepted
from bot.translations.handing import Return, Returned, Unreadable
from bot.translations.keys import NAME, asked_of, general, listed, texts_of
from bot.translations.sentences import SENTENCES
from bot.translations.sources import Made, mark_of
from bot.translations.wordlists import split
from conversations.checking import BASE, check
from conversations.checking.locale import open_locale
from conversations.script import PLACEHOLDER, Script, fill

Verdict: TypeAlias = tuple[Literal["wanted", "refused", "waiting", "same"], str]

BEGINNING: Final = '#:schema ./schema.json\n\n[locale]\ncode = "{code}"\nname = {name}\nreviewed = false\n'


@dataclass(frozen=True, slots=True)
class Taken:
    """The `text` of the locale file as it is then, and by key what happened: `refused` with a sentence each.

    `waiting` are those without a translation, or with one that the translator was not sure of.
    """

    text: str
    changed: tuple[str, ...]
    refused: Mapping[str, str]
    waiting: tuple[str, ...]
    same: tuple[str, ...]


def take(sources: Mapping[str, str], back: Return, lang: str = "id") -> Taken:
    """Put the texts of a return into the file of its language; sentences are in `lang`.

    Raises Unreadable where nothing can be taken, as while a file has errors.
    """
    file = f"{back.code}.toml"
    begun = {**sources, file: _begun(file, sources, back)}
    base, script = sound(BASE, begun, lang), sound(file, begun, lang)
    texts = texts_of(script)
    verdicts = {each.key: _verdict(each, asked_of(base), texts, lang) for each in back.texts}
    order = [key for key in asked_of(base) | texts if key in verdicts]
    wanted = {key: verdicts[key][1] for key in order if verdicts[key][0] == "wanted"}
    text, wrong = accepted(wanted, file, begun, lang)
    refused = {key: sentence for key, (kind, sentence) in verdicts.items() if kind == "refused"}
    return Taken(
        text,
        changed=tuple(key for key in wanted if key not in wrong),
        refused={**refused, **wrong},
        waiting=tuple(key for key, (kind, _) in verdicts.items() if kind == "waiting"),
        same=tuple(key for key, (kind, _) in verdicts.items() if kind == "same"),
    )


def noted(made: Mapping[str, Made], back: Return, taken: Taken) -> dict[str, Made]:
    """Return what the translations were made from, with what a return says of those that were taken or kept."""
    script = open_locale(f"{back.code}.toml", taken.text).script
    texts = texts_of(script) if script else {}
    sure = {each.key: each.source for each in back.texts if each.key in taken.changed or each.answer == "done"}
    kept = {key: source for key, source in sure.items() if key in {*taken.changed, *taken.same}}
    return {**made, **{key: Made(_even(source), mark_of(texts[key])) for key, source in kept.items()}}


def _begun(file: str, sources: Mapping[str, str], back: Return) -> str:
    """Return the file of a language, a new one with nothing but its name where there is none."""
    if file in sources:
        return sources[file]
    name = next((each.target.strip() for each in back.texts if each.key == NAME), "")
    if not name:
        raise Unreadable("no_name", file=file)
    return BEGINNING.format(code=back.code, name=quoted(name))


def sound(file: str, sources: Mapping[str, str], lang: str) -> Script:
    """Return the language of a file that has no error. Raises Unreadable."""
    if file not in sources:
        raise Unreadable("no_file", file=file)
    errors = [each for each in check(sources, lang) if each.level == "error" and each.file == file]
    script = open_locale(file, sources[file]).script
    if errors or script is None:
        raise Unreadable("broken", file=file, sentence=str(errors[0]))
    return script


def _verdict(back: Returned, base: Mapping[str, str], texts: Mapping[str, str], lang: str) -> Verdict:
    target = _even(back.target)
    if not target or back.answer == "open":
        return "waiting", ""
    if back.key not in base and not (back.key in texts and general(back.key) in base):
        return "refused", SENTENCES[lang]["unknown"]
    if _alike(back.key, target, texts):
        return "same", ""
    names = _lost(back.source, target)
    if names:
        return "refused", fill(SENTENCES[lang]["lost"], {"names": " ".join(names)})
    return "wanted", target


def _alike(key: str, target: str, texts: Mapping[str, str]) -> bool:
    now = texts.get(key, "")
    return split(target) == split(now) if listed(key) else target == now


def _lost(source: str, target: str) -> list[str]:
    """Return the placeholders that a translation lacks; without `{options}` they stand at its end."""
    there: Container[str] = {found[0] for found in PLACEHOLDER.finditer(target)} | {"{options}"}
    return [name for name in dict.fromkeys(found[0] for found in PLACEHOLDER.finditer(source)) if name not in there]


def _even(text: str) -> str:
    """Return a text with the line ends that it was exported with."""
    return text.replace("\r\n", "\n").strip()
