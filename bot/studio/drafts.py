"""Drafts on disk: what administrators have not published yet, one file for each of them and each language."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.studio.keeping import begin, save


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is stored: its text, and the published text, and mark, that it was begun from."""

    who: str
    text: str
    base: str
    mark: str


class Drafts:
    """The drafts in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, code: str, who: str) -> Kept | None:
        """Return an administrator's draft of a language; None where there is none, or it cannot be understood."""
        try:
            return Kept(**json.loads(self._path(code, who).read_bytes()))
        except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
            return None

    def keep(self, code: str, kept: Kept) -> None:
        """Store a draft; a loss of power may take back the last seconds of typing. Raises OSError."""
        path = self._path(code, kept.who)
        begin(self._folder)
        path.parent.mkdir(exist_ok=True)
        save(path, json.dumps(asdict(kept)).encode(), durable=False)

    def drop(self, code: str, who: str) -> None:
        """Throw a draft away, if there is one. Raises OSError."""
        self._path(code, who).unlink(missing_ok=True)

    def _path(self, code: str, who: str) -> Path:
        name = hashlib.sha256(who.encode(errors="surrogatepass")).hexdigest()[:24]
        return self._folder / code / f"{name}.json"
