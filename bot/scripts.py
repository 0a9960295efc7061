"""The locale files in use: read at the start, read again when they are saved."""

import re
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import structlog

from bot.errors import Misconfigured
from conversations.checking import BrokenScripts, Finding, load_all
from conversations.script import Script
from conversations.tongues import Polyglot, Tongues

LOOK: Final = 0.5
"""Seconds from one look at the files to the next."""

QUIET: Final = 0.5
"""Seconds for which nothing must have been written: several files that are saved together are read together."""

FILE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?\.toml")
"""The name of a locale file; copies and editors' leavings have other names."""

Stamp: TypeAlias = tuple[tuple[str, int, int, int], ...]

log = structlog.get_logger()


class Scripts:
    """The languages that citizens may choose, by their codes, as the files of a folder have them.

    Saved files take effect with the first turn when nothing was written for half a second, all of them or none;
    `locale` is the usual language. `clock` tells seconds that only go on, `wall` those since 1970. Raises
    Misconfigured where the files cannot be read, have errors, or lack the usual language.
    """

    def __init__(
        self,
        folder: Path,
        locale: str = "id",
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._folder, self._locale = folder, locale
        self._clock, self._wall = clock, wall
        self._looking = threading.Lock()
        self._next = clock() + LOOK
        self._reason = "ok"
        self._seen: Stamp | None = None
        self._since = 0.0
        try:
            self._stamp: Stamp | None = stamp_of(folder)
            self._load(*accepted(read_folder(folder), locale))
        except (OSError, BrokenScripts) as error:
            raise Misconfigured(f"LOCALES_DIR {folder}:\n{error}") from error

    def current(self) -> Mapping[str, Script]:
        """Return the languages; one thread at a time looks for changes, the others go on with what there is."""
        if self._clock() >= self._next and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._next = self._clock() + LOOK
                self._looking.release()
        return self._scripts

    def polyglot(self) -> Polyglot:
        """Return the words of all languages in the folder, also those not offered, as `current` read them last."""
        return self._polyglot

    def tongues(self) -> Tongues:
        """Return the signs of all languages in the folder, as `current` read them last."""
        return self._tongues

    def state(self) -> str:
        """Return `ok`, or the file, the line and the reason why older texts stay in use."""
        self.current()
        return self._reason

    def _look(self) -> None:
        try:
            stamp = stamp_of(self._folder)
            if stamp == self._stamp or not self._settled(stamp):
                return
            self._take(stamp)
        except OSError as error:
            self._stamp = None
            self._refuse((Finding(str(error.filename), 0, "error", "unreadable", str(error.strerror)),))

    def _settled(self, stamp: Stamp) -> bool:
        """Tell whether files have been left alone since they were changed: by their times, or as seen from here."""
        now = self._clock()
        if stamp != self._seen:
            self._seen, self._since = stamp, now
        return max(now - self._since, self._wall() - changed(self._folder)) >= QUIET

    def _take(self, stamp: Stamp) -> None:
        """Put files in use, or refuse them; nothing is done where they were written while they were read."""
        sources = read_folder(self._folder)
        if stamp_of(self._folder) != stamp:
            return
        self._stamp = stamp
        try:
            self._load(*accepted(sources, self._locale))
        except BrokenScripts as error:
            self._refuse(error.findings)
        else:
            self._reason = "ok"
            log.info("locales_loaded", languages=list(self._scripts))

    def _load(self, scripts: Mapping[str, Script], known: tuple[Script, ...]) -> None:
        self._polyglot = Polyglot(known)
        self._tongues = Tongues(known, self._locale)
        self._scripts = scripts

    def _refuse(self, findings: tuple[Finding, ...]) -> None:
        """Keep what is in use, and say why; the same reason is logged once."""
        more = len(findings) - 1
        reason = f"{findings[0]} (+{more})" if more else str(findings[0])
        if reason == self._reason:
            return
        self._reason = reason
        for finding in findings:
            log.warning("locale_refused", file=finding.file, line=finding.line, why=finding.sentence)


def accepted(sources: Mapping[str, str], usual: str) -> tuple[dict[str, Script], tuple[Script, ...]]:
    """Return the languages that citizens may choose, by code, and as their files have them all languages.

    Raises BrokenScripts where files, given by name, have errors, or the `usual` language is not among them.
    """
    scripts, known = load_all(sources)
    if usual not in scripts:
        wanted = f"Bahasa {usual} (DEFAULT_LOCALE) tidak ada, atau bertanda reviewed = false."
        raise BrokenScripts((Finding(f"{usual}.toml", 1, "error", "no_usual", wanted),))
    return scripts, known


def read_folder(folder: Path | str) -> dict[str, str]:
    """Return the text of every locale file of a folder by its name.

    A byte that is no UTF-8 becomes a lone surrogate, for the check to point at. Raises OSError.
    """
    return {
        path.name: path.read_text(encoding="utf-8-sig", errors="surrogateescape") for path in _files(Path(folder))
    }


def stamp_of(folder: Path) -> Stamp:
    """Return what changes when a locale file is saved: of each its name, size in bytes, and times in nanoseconds.

    A copy can bring along the time of its content, but not that of its arrival. Raises OSError.
    """
    stats = ((path.name, path.stat()) for path in _files(folder))
    return tuple((name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for name, stat in stats)


def changed(folder: Path) -> float:
    """Return when a locale file was last saved, or a file came or went, in seconds since 1970.

    Raises OSError.
    """
    return max([folder.stat().st_mtime, *(path.stat().st_ctime for path in _files(folder))])


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if FILE.fullmatch(path.name))
