"""The published states of the locale files: commits where the folder is in a git work tree, files otherwise."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.studio import git
from bot.studio.keeping import begin, save

FIRST: Final = "Keadaan sebelum diubah di studio"
FOUND: Final = "Diubah langsung pada berkas, di luar studio"
"""What is noted of a state that nobody published in the studio."""

_ID: Final = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Revision:
    """A published state: when, by whom, and what it was for; `id` finds its text again."""

    id: str
    at: datetime
    who: str
    note: str


class NoRevision(LookupError):
    """There is no published state of that id."""


def mark_of(data: bytes) -> str:
    """Return a short hash of a file's content."""
    return hashlib.sha256(data).hexdigest()[:12]


class History:
    """The states of the files in `folder`; what git does not take is kept in files under `kept`."""

    def __init__(self, folder: Path, kept: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._folder = folder
        self._kept = kept
        self._clock = clock

    def record(self, file: str, who: str, note: str) -> Revision:
        """Keep the state that a file has now. Raises OSError."""
        commit = git.commit(self._folder, file, who, note)
        return _committed(commit) if commit else self._stored(file, who, note)

    def notice(self, file: str) -> None:
        """Keep the state that a file has now, where it is none of the newest that are known. Raises OSError."""
        newest = [*self._files(file)[:1], *self._commits(file)[:1]]
        now = (self._folder / file).read_bytes()
        if all(self.text(file, each.id) != now for each in newest):
            self.record(file, "", FOUND if newest else FIRST)

    def revisions(self, file: str) -> tuple[Revision, ...]:
        """Return the states of a file, newest first; git tells whole seconds."""
        return tuple(_sorted((*self._files(file), *self._commits(file))))

    def text(self, file: str, revision: str) -> bytes:
        """Return the content of a file as it was.

        Raises NoRevision.
        """
        if _ID.fullmatch(revision):
            path = self._kept / file / f"{revision}.json"
            if path.is_file():
                return str(json.loads(path.read_bytes())["text"]).encode(errors="surrogateescape")
        found = git.show(self._folder, file, revision)
        if found is None:
            raise NoRevision(revision)
        return found

    def _stored(self, file: str, who: str, note: str) -> Revision:
        at = self._clock().astimezone(UTC)
        data = (self._folder / file).read_bytes()
        revision = Revision(f"{at:%Y%m%dT%H%M%S%f}Z-{mark_of(data)}", at, who, note)
        state = {"id": revision.id, "at": at.isoformat(), "who": who, "note": note}
        begin(self._kept.parent)
        (self._kept / file).mkdir(parents=True, exist_ok=True)
        text = data.decode(errors="surrogateescape")
        save(self._kept / file / f"{revision.id}.json", json.dumps({**state, "text": text}).encode())
        return revision

    def _files(self, file: str) -> list[Revision]:
        folder = self._kept / file
        paths = [path for path in folder.iterdir() if _ID.fullmatch(path.stem)] if folder.is_dir() else []
        states = (json.loads(path.read_bytes()) for path in paths)
        return _sorted(Revision(each["id"], _time(each["at"]), each["who"], each["note"]) for each in states)

    def _commits(self, file: str) -> list[Revision]:
        return [_committed(commit) for commit in git.log(self._folder, file)]


def _sorted(revisions: Iterable[Revision]) -> list[Revision]:
    return sorted(revisions, key=lambda each: each.at, reverse=True)


def _committed(commit: git.Commit) -> Revision:
    return Revision(commit.hash, _time(commit.at), commit.who, commit.note)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
