"""A citizen's phone at one provider: what is done on it, and what comes back until all is done."""

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from bot.demo.twins.files import File
from bot.demo.twins.screens import Entry
from bot.demo.twins.twin import Twin
from conversations.bubble import Button
from conversations.session import Session
from tests.contract.product import Product, until
from tests.contract.providers import Provider

STORY = "jalan berlubang besar depan SD 2, motor sering jatuh"
ANSWERS = {
    "what": "jalan berlubang dan motor sering jatuh",
    "place": "Jl Kaliurang km 5, Depok, Sleman",
    "pin": "ya",
    "day": "kemarin",
    "who": "LEWATI",
    "evidence": "LEWATI",
    "privacy": "1",
    "personal": "1",
}
"""What a citizen answers to a question."""
LONGEST = 12  # questions until a report is ready


@dataclass
class Phone:
    """A phone of somebody who has never written."""

    product: Product
    provider: Provider
    address: str = field(init=False)
    mark: str = field(init=False)
    """A word that no other phone has, for stories: a number would be masked."""

    def __post_init__(self) -> None:
        number = next(self.product.numbers)
        self.address = self.provider.address(number)
        self.mark = "".join("bcdfghjkmn"[int(digit)] for digit in str(number))

    @property
    def twin(self) -> Twin:
        """Return who plays the provider."""
        return self.provider.twin(self.product.twins)

    @property
    def screen(self) -> list[str]:
        """Return the texts of all messages that came, oldest first."""
        return [entry.text for entry in self.twin.inbox(self.address)]

    @property
    def last(self) -> Entry:
        """Return the message that came last."""
        return self.twin.inbox(self.address)[-1]

    @property
    def buttons(self) -> list[Button]:
        """Return what can be tapped below the last message."""
        return [button for row in self.last.buttons for button in row]

    @property
    def session(self) -> Session:
        """Return what the dialog remembers of the citizen."""
        return self.product.session(self.address)

    def say(self, text: str, times: int = 1) -> list[str]:
        """Write a text and return the texts that come, when nothing more does."""
        return self.does(lambda: self.twin.say(self.address, text, times=times))

    def walk(self, *texts: str) -> list[str]:
        """Write one text after the other; return what the last one brings."""
        return [self.say(text) for text in texts][-1]

    def reach(self, state: str, story: str = STORY) -> str:
        """Tell a story and answer what is asked until the dialog is in a state; return what it said last."""
        self.say(f"LAPOR {story}")
        return self.go_on(state)

    def go_on(self, state: str) -> str:
        """Answer what is asked until the dialog is in a state; return what it said last."""
        for _ in range(LONGEST):
            if self.session.state == state:
                return self.screen[-1]
            self.say(ANSWERS[self.session.state])
        raise AssertionError(f"{self.address} is at {self.session.state}: {self.screen[-1]}")

    def tap(self, data: str, entry: int = 0) -> list[str]:
        """Tap what carries `data`, below the last message or the one named."""
        where = entry or self.last.id
        return self.does(lambda: self.twin.tap(where, data))  # type: ignore[attr-defined]

    def share(self, latitude: float, longitude: float) -> list[str]:
        """Share a point."""
        return self.does(lambda: self.twin.share(self.address, latitude, longitude))

    def send(self, data: bytes, kind: str, caption: str = "") -> list[str]:
        """Send a file."""
        return self.does(lambda: self.twin.send(self.address, File(data, kind), caption))

    def brings(self, request: httpx.Request) -> list[str]:
        """Let the provider bring a request of this phone's as it stands."""

        def bring() -> None:
            entry = self.twin.world.screens.show(self.address, mine=True, state="sending")
            self.twin.bring(entry, request)

        return self.does(bring)

    def wait(self, seconds: float) -> list[str]:
        """Let time pass, and what is due be done."""

        def move() -> None:
            self.product.clock.time += seconds

        return self.does(move)

    def does(self, act: Callable[[], None]) -> list[str]:
        """Do something and return the texts that come of it, when nothing more does."""
        before = len(self.screen)
        act()
        self.settle()
        return self.screen[before:]

    def settle(self) -> None:
        """Wait until all is delivered and nothing is left to do by now."""
        until(lambda: not self.product.post.busy(self.address), f"{self.address}: what was sent never came")
        until(lambda: not self.product.due(self.address), f"{self.address}: something is not done")
