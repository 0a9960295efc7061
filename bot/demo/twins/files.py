"""The files that citizens sent, in memory and bounded."""

import secrets
import threading
from typing import Final

import msgspec

LARGEST: Final = 10 * 1024 * 1024  # bytes; a phone sends less
KEPT: Final = 32


class File(msgspec.Struct, frozen=True):
    """A file and its media type."""

    data: bytes
    type: str


class Files:
    """Keeps the last files under names that cannot be guessed; safe to share between threads."""

    def __init__(self, keep: int = KEPT) -> None:
        self._keep = keep
        self._files: dict[str, File] = {}
        self._lock = threading.Lock()

    def put(self, file: File) -> str:
        """Keep a file and return its name."""
        name = secrets.token_hex(16)
        with self._lock:
            self._files[name] = file
            if len(self._files) > self._keep:
                del self._files[next(iter(self._files))]
        return name

    def get(self, name: str) -> File | None:
        """Return a file, None if it is not there any more."""
        return self._files.get(name)
