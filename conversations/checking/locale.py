"""One locale file under examination."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from conversations.checking.alphabet import foreign
from conversations.checking.approval import disapproved
from conversations.checking.findings import Fault, Finding
from conversations.checking.keywords import clashes
from conversations.checking.lines import Lines
from conversations.checking.menus import crowded, long_labels
from conversations.checking.names import missing, unknown
from conversations.checking.placeholders import misplaced
from conversations.checking.reach import unreachable
from conversations.checking.shape import misshapen
from conversations.checking.sizes import oversized
from conversations.checking.syntax import read
from conversations.script import Script, typed


@dataclass(frozen=True, slots=True)
class Locale:
    """A locale file as it was read: with `faults` and no `script` where it is of the wrong shape.

    `offered` says that citizens may choose the language.
    """

    file: str
    source: str
    script: Script | None = None
    offered: bool = False
    faults: tuple[Fault, ...] = ()

    def findings(self, base: "Locale", languages: Mapping[str, str], lang: str) -> tuple[Finding, ...]:
        """Return what is wrong with the file, in `lang`, by lines; `base` fills what another language lacks.

        `languages` are the names of the languages that one menu offers, by their codes.
        """
        names = tuple(languages.items())
        faults = self.faults or _faults(self.file, self.source, base.file, base.source, names)
        if not faults:
            return ()
        lines = Lines(self.source)
        return tuple(sorted((fault.found(self.file, lines, lang) for fault in faults), key=lambda each: each.line))


@lru_cache(maxsize=32)  # of many files, one at a time is changed
def open_locale(file: str, source: str) -> Locale:
    """Read a locale file; `file` is named for its language, such as `id.toml`."""
    data = read(source)
    if isinstance(data, Fault):
        return Locale(file, source, faults=(data,))
    faults = tuple(misshapen(data, file.removesuffix(".toml")))
    if faults:
        return Locale(file, source, faults=faults)
    return Locale(file, source, typed(data), data["locale"].get("reviewed", True))


@lru_cache(maxsize=64)
def _faults(
    file: str, source: str, base_file: str, base_source: str, languages: tuple[tuple[str, str], ...]
) -> tuple[Fault, ...]:
    script, base = open_locale(file, source).script, open_locale(base_file, base_source).script
    return tuple(_wrong(script, base, dict(languages))) if script else ()


def _wrong(script: Script, base: Script | None, languages: Mapping[str, str]) -> Iterator[Fault]:
    is_base = script is base
    yield from unknown(script)
    yield from missing(script, base=is_base)
    yield from misplaced(script)
    yield from foreign(script)
    yield from long_labels(script)
    yield from crowded(script, languages)
    yield from unreachable(script)
    yield from disapproved(script)
    whole = script if is_base or base is None else script.over(base)
    yield from clashes(whole)
    if base is not None and not any(missing(base, base=True)):
        yield from oversized(whole, languages)
