"""What the workers say of themselves: one small note in Redis, written every few seconds."""

from typing import Final

import msgspec

KEY: Final = "health"
"""The key that holds the note (string); it is gone when nobody has written it for SECONDS."""

SECONDS: Final = 30
LATE: Final = 60.0
"""Seconds that a task may be overdue before the outbox counts as late."""

SILENT: Final = f"no worker has been heard for {SECONDS} seconds"


class Health(msgspec.Struct, frozen=True):
    """How the work stands at `at` (unix seconds).

    `waiting` tasks are in the outbox, the most overdue of them by `oldest` seconds; `parked` ones cannot work.
    `backend`, and each of `channels`, is `ok`, `unknown` or the kind of the last failure.
    """

    at: float
    workers: int
    waiting: int
    oldest: float
    parked: int
    backend: str = "unknown"
    channels: dict[str, str] = {}

    @property
    def late(self) -> bool:
        """Tell whether the outbox falls behind."""
        return self.oldest >= LATE


def encode(health: Health) -> bytes:
    """Return the note as JSON."""
    return msgspec.json.encode(health)


def decode(note: bytes) -> Health | None:
    """Read a note; None for one that another version of the product wrote otherwise."""
    try:
        return msgspec.json.decode(note, type=Health)
    except msgspec.DecodeError:
        return None


def told(health: Health | None) -> dict[str, str]:
    """Return the parts that /readyz tells of the workers, each beginning with `ok` or saying what is wrong."""
    if health is None:
        return {"outbox": "unknown", "backend": "unknown", "workers": SILENT}
    behind = f"{'late' if health.late else 'ok'}, {health.waiting} waiting, {health.oldest:.0f} s behind"
    workers = f"ok, {health.workers}" if health.workers else SILENT
    return {"outbox": behind, "backend": health.backend, "workers": workers, **health.channels}
