"""The languages as they would be with a draft in place."""

from collections.abc import Iterator, Mapping

from conversations.checking import BASE, BrokenScripts, Finding, check_file
from conversations.checking.locale import open_locale
from conversations.script import Script
from conversations.tongues import Polyglot


class Edition(Mapping[str, Script]):
    """What citizens may choose, and the language being edited, by code, the base first, what they lack filled in.

    It stands for the languages of the moment where the dialog is rehearsed. Raises BrokenScripts where the file
    being edited, or the base, is of the wrong shape; other errors are left to `findings`.
    """

    def __init__(self, sources: Mapping[str, str], code: str) -> None:
        self._sources = sources
        self._file = f"{code}.toml"
        for file in dict.fromkeys((BASE, self._file)):
            if file not in sources or open_locale(file, sources[file]).script is None:
                raise BrokenScripts(check_file(file if file in sources else self._file, sources))
        names = sorted(sources, key=lambda name: (name != BASE, name))
        locales = (open_locale(name, sources[name]) for name in names)
        self._own = {each.file.removesuffix(".toml"): each for each in locales}
        self._whole: dict[str, Script] = {}
        self._polyglot: Polyglot | None = None

    def __getitem__(self, code: str) -> Script:
        if code not in self._codes():
            raise KeyError(code)
        if code not in self._whole:
            self._whole[code] = self.own(code).over(self.own(BASE.removesuffix(".toml")))
        return self._whole[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes())

    def __len__(self) -> int:
        return len(self._codes())

    def own(self, code: str) -> Script:
        """Return a language as its file has it, nothing filled in.

        Raises KeyError where there is none, or its file is of the wrong shape.
        """
        script = self._own[code].script
        if script is None:
            raise KeyError(code)
        return script

    def current(self) -> Mapping[str, Script]:
        """Return the languages."""
        return self

    def polyglot(self) -> Polyglot:
        """Return the words of all languages in the folder, also those not offered."""
        if self._polyglot is None:
            self._polyglot = Polyglot(each.script for each in self._own.values() if each.script)
        return self._polyglot

    def live(self) -> "Edition":
        """Return the languages that citizens could choose if this were published."""
        return Edition(self._sources, BASE.removesuffix(".toml"))

    def findings(self, lang: str = "id") -> tuple[Finding, ...]:
        """Return what is wrong with the file being edited, by lines."""
        return check_file(self._file, self._sources, lang)

    def sound(self) -> "Edition":
        """Return this; raises BrokenScripts where the file being edited has an error."""
        errors = tuple(finding for finding in self.findings() if finding.level == "error")
        if errors:
            raise BrokenScripts(errors)
        return self

    def about(self, section: str, name: str = "", channel: str = "", lang: str = "id") -> tuple[Finding, ...]:
        """Return what is wrong with one text, option or list of the file being edited, or with a whole section.

        `name` is as in the file, such as `retry.unknown` or `options.send`; all that is under it counts.
        """
        key = ".".join(part for part in (section, channel, name) if part)
        return tuple(each for each in self.findings(lang) if f"{each.key}.".startswith(f"{key}."))

    def _codes(self) -> tuple[str, ...]:
        first = {BASE, self._file}
        return tuple(
            code for code, each in self._own.items() if each.script and (each.offered or each.file in first)
        )
