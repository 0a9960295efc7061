"""One locale file under examination."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.checking.alphabet import foreign
from conversations.checking.findings import Fault, Finding
from conversations.checking.keywords import clashes
from conversations.checking.lines import Lines
from conversations.checking.names import missing, unknown
from conversations.checking.placeholders import misplaced
from conversations.checking.shape import misshapen
from conversations.checking.sizes import long_labels, oversized
from conversations.checking.syntax import read
from conversations.script import Script, parse


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

    def findings(self, base: "Locale | None", languages: Mapping[str, str], lang: str) -> Iterator[Finding]:
        """Yield what is wrong with the file, in `lang`; `base` fills what another language lacks."""
        lines = Lines(self.source)
        filler = base.script if base else None
        faults = self.faults if self.script is None else _wrong(self.script, filler, languages)
        for fault in faults:
            yield fault.found(self.file, lines, lang)


def open_locale(file: str, source: str) -> Locale:
    """Read a locale file; `file` is named for its language, such as `id.toml`."""
    data = read(source)
    if isinstance(data, Fault):
        return Locale(file, source, faults=(data,))
    faults = tuple(misshapen(data, file.removesuffix(".toml")))
    if faults:
        return Locale(file, source, faults=faults)
    return Locale(file, source, parse(source), data["locale"].get("reviewed", True))


def _wrong(script: Script, base: Script | None, languages: Mapping[str, str]) -> Iterator[Fault]:
    is_base = script is base
    yield from unknown(script)
    yield from missing(script, base=is_base)
    yield from misplaced(script)
    yield from foreign(script)
    yield from long_labels(script)
    whole = script if is_base or base is None else script.over(base)
    yield from clashes(whole)
    if base is not None and not any(missing(base, base=True)):
        yield from oversized(whole, languages)
