"""Files that several processes write: each is whole at any time, and one process at a time changes them."""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PATIENCE: Final = 2.0
"""Seconds that a process waits for another one that is at it."""

_PAUSE: Final = 0.01


def save(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Put a file in the place of another, or of none, in one step; `durable` outlasts a loss of power.

    What a link leads to is replaced, not the link. Raises OSError.
    """
    path = path.resolve()
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        _fill(fresh, data, _mode(path), durable=durable)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    if durable:
        _sync(path.parent)


@contextmanager
def locked(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of a folder, which is made where it is missing.

    Raises OSError; of that kind TimeoutError where another process does not let go within `patience` seconds.
    """
    begin(folder)
    with (folder / "lock").open("ab") as lock:
        _take(lock.fileno(), time.monotonic() + patience)
        yield  # closing the file lets go


def begin(folder: Path) -> None:
    """Make a folder that git leaves alone, where it is missing. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        save(folder / ".gitignore", b"*\n", durable=False)


def _take(lock: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise TimeoutError("another process holds the drafts") from None
        time.sleep(_PAUSE)


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777 if path.exists() else 0o644


def _fill(path: Path, data: bytes, mode: int, *, durable: bool) -> None:
    with path.open("xb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(data)
        file.flush()
        if durable:
            os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the names in a folder outlast a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
