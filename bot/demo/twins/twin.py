"""What the twins of all providers have in common."""

import functools
import secrets
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from bot.demo.twins.courier import Courier
from bot.demo.twins.files import File, Files
from bot.demo.twins.screens import Entry, Screens

CITIZEN: Final = "Warga"  # what the phones call their owner


@dataclass(frozen=True, slots=True)
class World:
    """What the twins share: screens, files and the way to the webhooks."""

    screens: Screens = field(default_factory=Screens)
    files: Files = field(default_factory=Files)
    courier: Courier = field(default_factory=Courier)


class Twin(ABC):
    """Plays a provider: takes calls of the bot on one side, brings it messages of phones on the other.

    What a phone sends is delivered `times` times, with the same id and signature.
    """

    def __init__(self, world: World, webhook: str) -> None:
        self.world = world
        self.webhook = webhook

    def inbox(self, address: str) -> tuple[Entry, ...]:
        """Return what an address such as `telegram:12345` was sent, oldest first."""
        return self.world.screens.inbox(address)

    def say(self, address: str, text: str, times: int = 1) -> None:
        """Write a text on the phone at `address`."""
        self._send(address, text=text, times=times)

    def send(self, address: str, file: File, caption: str = "", times: int = 1) -> None:
        """Send a file from the phone at `address`."""
        self._send(address, text=caption, media=self.world.files.put(file), type=file.type, times=times)

    def send_together(self, address: str, files: Sequence[File], caption: str = "") -> None:
        """Send several files from the phone at `address` at once; the caption is that of the first."""
        album = str(secrets.randbelow(10**17))
        for number, file in enumerate(files):
            text = "" if number else caption
            self._send(address, text=text, media=self.world.files.put(file), type=file.type, album=album)

    def share(self, address: str, latitude: float, longitude: float, times: int = 1) -> None:
        """Share a point on the map, in degrees, from the phone at `address`."""
        self._send(address, place=(latitude, longitude), times=times)

    def _send(self, address: str, **parts: Any) -> None:  # noqa: ANN401 - the fields of Entry
        entry = self.world.screens.show(address, mine=True, state="sending", **parts)
        self.bring(entry, self.request(entry))

    def bring(self, entry: Entry, request: httpx.Request, lane: str = "") -> None:
        """Bring a request about an entry to the webhook and take the answer in its response."""
        taken = functools.partial(self._taken, entry)
        self.world.courier.carry(lane or entry.address, request, taken, entry.times)

    def _taken(self, entry: Entry, response: httpx.Response | None) -> None:
        if response is None:
            self.world.screens.change(entry.id, state="failed")
            return
        self.world.screens.change(entry.id, state="delivered")
        self.take(entry, response)

    @abstractmethod
    def request(self, entry: Entry) -> httpx.Request:
        """Return the webhook request for what a phone sent, signed."""

    @abstractmethod
    def take(self, entry: Entry, response: httpx.Response) -> None:
        """Do what the webhook's response says."""
