"""Who carries messages, as the contract asks of it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Final

import httpx

from bot.config import Settings
from bot.demo.twins.app import Twins
from bot.demo.twins.twin import Twin, World
from tests.contract.faults import Trouble
from tests.webhooks.rest import ENVIRON, PAYLOADS

PUBLIC: Final = ENVIRON["PUBLIC_URL"]
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
Environ = Mapping[str, str]
Unproved = Mapping[str, httpx.Request]


class Provider(ABC):
    """A provider of one channel: what it brings, how it proves itself, and how it refuses what it is asked."""

    name: ClassVar[str]
    key: ClassVar[str]
    """Its name in the bot."""
    channel: ClassVar[str]
    payloads: ClassVar[str]
    environ: ClassVar[Environ] = {}
    """Variables besides the usual ones."""
    silence: ClassVar[bytes] = b""
    """What it is answered when nothing is to be said."""
    refusal: ClassVar[int]
    """The status that an unproved request gets."""
    taps: ClassVar[bool] = False
    """Whether a phone of it shows choices to be tapped."""
    media: ClassVar[bool] = True
    """Whether a phone of it sends files and places."""
    rides: ClassVar[bool] = False
    """Whether answers go back in the response to what was brought."""
    copies: ClassVar[int] = 1
    """How often news stand on the phone when the answer to the call that brought them is lost."""
    variable: ClassVar[str]
    """The variable of its secret."""
    secret: ClassVar[str]
    other: ClassVar[str]
    """Another one, for which it is being changed."""
    first: ClassVar[str]
    """A payload file of an ordinary message."""
    troubles: ClassVar[Mapping[str, Trouble]]
    """How it says that it cannot now, that we ask too often, that it never will, that the citizen left."""

    @abstractmethod
    def request(self, body: bytes, public: str = PUBLIC, path: str = "", secret: str = "") -> httpx.Request:
        """Return a request to the webhook as the provider proves it, with `secret` in the place of its own."""

    @abstractmethod
    def forged(self, body: bytes) -> Unproved:
        """Return requests that prove nothing, by what is wrong with them."""

    @abstractmethod
    def twin(self, twins: Twins) -> Twin:
        """Return who plays it."""

    @abstractmethod
    def address(self, number: int) -> str:
        """Return the address of a citizen; `number` has six digits."""

    def files(self) -> list[Path]:
        """Return its payload files."""
        return sorted((PAYLOADS / self.payloads).iterdir())

    def twin_of(self, _settings: Settings, _world: World) -> Twin | None:
        """Return who plays it where the demo has none."""
        return None

    def sample(self) -> bytes:
        """Return an ordinary message."""
        (path,) = (path for path in self.files() if path.stem == self.first)
        return path.read_bytes().rstrip(b"\n")

    def mark(self, address: str) -> str:
        """Return what tells the citizen in the calls of the bot."""
        return address.rpartition(":")[2].removeprefix("+")

    def __repr__(self) -> str:
        return self.name


def path_of(name: str) -> str:
    """Return what stands behind the webhook's path for a payload file of this name."""
    return "/status?outbox=ob-17" if "delivery-report" in name else ""
