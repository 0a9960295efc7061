"""What is wrong with the locale files, one plain sentence each."""

from collections.abc import Mapping
from typing import Final

from conversations.checking.findings import Finding
from conversations.checking.locale import Locale, open_locale
from conversations.checking.sentences import SENTENCES
from conversations.script import Script, ScriptError

__all__ = ["BASE", "BrokenScripts", "Finding", "check", "check_file", "load", "load_all"]

BASE: Final = "id.toml"
"""The file that the others take from what they lack."""


class BrokenScripts(ScriptError):
    """The locale files have errors; `findings` are all of them, the message has a line for each."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def check(sources: Mapping[str, str], lang: str = "id") -> tuple[Finding, ...]:
    """Return what is wrong with locale files, given by name (`id.toml`), in the order of files and lines.

    The sentences are in `lang`, `id` or `en`.
    """
    return _check(_opened(sources), lang)


def check_file(file: str, sources: Mapping[str, str], lang: str = "id") -> tuple[Finding, ...]:
    """Return what is wrong with one of the locale files, by lines; quick where only that one has changed.

    Raises KeyError where it is not among `sources`.
    """
    locales = _opened(sources)
    return _findings(locales[file], locales, lang) if BASE in locales else _check(locales, lang)


def load(sources: Mapping[str, str], lang: str = "id") -> dict[str, Script]:
    """Return the languages that citizens may choose by their codes, the base first, what they lack filled in.

    Raises BrokenScripts where a file has an error, also one of a language that is not offered.
    """
    return load_all(sources, lang)[0]


def load_all(sources: Mapping[str, str], lang: str = "id") -> tuple[dict[str, Script], tuple[Script, ...]]:
    """Return what `load` does and, as their files have them, all languages: those not offered are understood too.

    Raises BrokenScripts.
    """
    locales = _opened(sources)
    errors = tuple(finding for finding in _check(locales, lang) if finding.level == "error")
    if errors:
        raise BrokenScripts(errors)
    base = locales[BASE].script
    scripts = (each.script for each in locales.values() if each.script and (each.offered or each.file == BASE))
    offered = {script.code: script.over(base) if base else script for script in scripts}
    return offered, tuple(each.script for each in locales.values() if each.script)


def _opened(sources: Mapping[str, str]) -> dict[str, Locale]:
    names = sorted(sources, key=lambda name: (name != BASE, name))
    return {name: open_locale(name, sources[name]) for name in names}


def _check(locales: Mapping[str, Locale], lang: str) -> tuple[Finding, ...]:
    if BASE not in locales:
        return (Finding(BASE, 1, "error", "no_base", SENTENCES[lang]["no_base"]),)
    return tuple(finding for locale in locales.values() for finding in _findings(locale, locales, lang))


def _findings(locale: Locale, locales: Mapping[str, Locale], lang: str) -> tuple[Finding, ...]:
    together = (each for each in locales.values() if each.offered or each is locale)
    languages = {each.script.code: each.script.name for each in together if each.script}
    return locale.findings(locales[BASE], languages, lang)
