"""What stands on the screens of the demo's phones, in memory and bounded."""

import itertools
import threading
import time
from collections.abc import Callable
from typing import Any, Final, Literal, TypeAlias

import msgspec

from conversations.bubble import Button

KEPT: Final = 500  # entries, of all phones together

State: TypeAlias = Literal["sending", "delivered", "failed"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One message on a screen.

    `id` tells it from others, `seq` rises with every change of any entry. `at` is in unix seconds. `mine` marks
    what the citizen sent, `times` how often it is delivered, `tapped` the data of the button that was tapped
    last; `opener` is what opens the buttons where they are a list. `media` names a file in Files, `place` is
    latitude and longitude in degrees, `contact` a number and whose it is. `request` is what the phone is asked for
    and the label of that button, which a later message `clears`. `type` is the media type of the file, `album`
    tells the files that were sent together.
    """

    id: int
    seq: int
    address: str
    at: int
    mine: bool = False
    text: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    tapped: str = ""
    opener: str = ""
    media: str = ""
    place: tuple[float, float] | None = None
    state: State = "delivered"
    times: int = 1
    request: tuple[str, str] | None = None
    clears: bool = False
    contact: tuple[str, int] | None = None
    type: str = ""
    album: str = ""


class Screens:
    """Keeps the last entries and wakes those who wait for new ones; safe to share between threads.

    `clock` tells unix seconds.
    """

    def __init__(self, keep: int = KEPT, clock: Callable[[], float] = time.time) -> None:
        self._keep = keep
        self.clock = clock
        self._entries: dict[int, Entry] = {}
        self._changed = threading.Condition()
        # A page that held on through a restart must not take old numbers for new ones.
        self._ids = itertools.count(int(clock()))
        self._seqs = itertools.count(int(clock() * 1000))

    def show(self, address: str, **parts: Any) -> Entry:  # noqa: ANN401 - the fields of Entry
        """Put a message on a screen."""
        with self._changed:
            entry = Entry(id=next(self._ids), seq=next(self._seqs), address=address, at=int(self.clock()), **parts)
            self._entries[entry.id] = entry
            if len(self._entries) > self._keep:
                del self._entries[next(iter(self._entries))]
            self._changed.notify_all()
        return entry

    def change(self, entry_id: int, **parts: Any) -> None:  # noqa: ANN401 - the fields of Entry
        """Change a message, if it is still there."""
        with self._changed:
            if entry := self._entries.get(entry_id):
                self._entries[entry_id] = msgspec.structs.replace(entry, seq=next(self._seqs), **parts)
                self._changed.notify_all()

    def get(self, entry_id: int) -> Entry | None:
        """Return a message, None if it is not there any more."""
        with self._changed:
            return self._entries.get(entry_id)

    def inbox(self, address: str) -> tuple[Entry, ...]:
        """Return what `address` was sent, oldest first."""
        with self._changed:
            return tuple(entry for entry in self._entries.values() if entry.address == address and not entry.mine)

    def wait(self, seq: int, seconds: float) -> tuple[Entry, ...]:
        """Return what changed after `seq`, in order, as soon as there is something; nothing after `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._after(seq)), seconds)
            return self._after(seq)

    def _after(self, seq: int) -> tuple[Entry, ...]:
        changed = (entry for entry in self._entries.values() if entry.seq > seq)
        return tuple(sorted(changed, key=lambda entry: entry.seq))
