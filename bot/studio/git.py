"""One file in a git work tree: commits of it alone, and its states in them."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST: Final = 200
"""So many commits of a file are listed."""

STUDIO: Final = "studio"
ADDRESS: Final = "studio@localhost"
SECONDS: Final = 5.0
"""So long git may take; the web process has citizens to answer."""

_HASH: Final = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_UNNAMED: Final = re.compile(r"[<>\x00-\x1f\x7f\ud800-\udfff]")
_FORMAT: Final = "%H%x1f%aI%x1f%an%x1f%B%x1e"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its hash, when it was made (ISO 8601), by whom, and its message."""

    hash: str
    at: str
    who: str
    note: str


def commit(folder: Path, file: str, who: str, note: str) -> Commit | None:
    """Commit one file of a folder as it is now, and nothing else; None where git does not take it.

    What is staged besides stays staged. Hooks and signatures are left out: nobody is there to answer them.
    """
    if not _takes(folder, file):
        return None
    added = _git(folder, "add", "--intent-to-add", "--", file)
    message = f"{note.strip() or file}\n".encode(errors="replace")
    made = added is not None and _git(
        folder, "commit", "--quiet", "--no-verify", "--no-gpg-sign", "--cleanup=whitespace", "--file=-",
        "--only", "--", file, given=message, who=who,
    )  # fmt: skip
    return next(iter(log(folder, file, 1)), None) if made is not False and made is not None else None


def log(folder: Path, file: str, most: int = MOST) -> tuple[Commit, ...]:
    """Return the commits in which a file is, newest first; none where the folder is in no work tree."""
    told = (
        _git(folder, "log", f"--max-count={most}", "--diff-filter=AMRT", f"--format={_FORMAT}", "--", file) or b""
    )
    rows = (row.strip().split("\x1f") for row in told.decode(errors="replace").split("\x1e") if row.strip())
    return tuple(Commit(hashed, at, who, note.strip()) for hashed, at, who, note in rows)


def show(folder: Path, file: str, hashed: str) -> bytes | None:
    """Return the content of a file in a commit; None where there is no such commit, or the file is not in it."""
    return _git(folder, "show", f"{hashed}:./{file}") if _HASH.fullmatch(hashed) else None


def _takes(folder: Path, file: str) -> bool:
    """Tell whether a file is in a work tree and git does not ignore it."""
    inside = _git(folder, "rev-parse", "--is-inside-work-tree")
    return inside == b"true\n" and _git(folder, "check-ignore", "--quiet", "--", file) is None


def _git(folder: Path, *words: str, given: bytes = b"", who: str = "") -> bytes | None:
    """Return what git says; None where it fails or is not there."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    author = _UNNAMED.sub(" ", who).strip() or STUDIO
    environment |= {
        "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": ADDRESS, "GIT_COMMITTER_NAME": STUDIO,
        "GIT_COMMITTER_EMAIL": ADDRESS, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
    }  # fmt: skip
    command = ["git", "--literal-pathspecs", "-C", str(folder), *words]
    try:
        done = subprocess.run(  # noqa: S603 - the words are the product's; what was typed comes by stdin and name
            command, input=given, capture_output=True, env=environment, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
