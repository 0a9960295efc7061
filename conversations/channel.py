"""What the dialog must know of the phone at the other end."""

from collections.abc import Sequence
from typing import Final

import msgspec


class Menu(msgspec.Struct, frozen=True):
    """Choices that a phone shows to be tapped: `buttons` of them, else a list of `rows`, each at most.

    `button`, `row` and `body` are how many characters a button, a row and the text above may have.
    """

    body: int
    buttons: int
    button: int
    rows: int = 0
    row: int = 0

    @property
    def most(self) -> int:
        """Return how many choices a menu may have."""
        return max(self.buttons, self.rows)

    def holds(self, labels: Sequence[str]) -> bool:
        """Tell whether choices can be shown so: few and short enough, and each another."""
        fits = self.quick(labels) or (len(labels) <= self.rows and max(map(len, labels)) <= self.row)
        return fits and all(labels) and len(set(labels)) == len(labels)

    def quick(self, labels: Sequence[str]) -> bool:
        """Tell whether choices need no list."""
        return len(labels) <= self.buttons and max(map(len, labels), default=0) <= self.button


class Channel(msgspec.Struct, frozen=True):
    """A kind of phone: what it can show and send.

    `limit` is the longest message in characters; on SMS it is one GSM-7 segment in septets. Without a `menu`,
    choices are numbered in the text. `window` says that words of our own reach the citizen only for a day after the
    last message heard. `numbered` says that an address is the phone's own number.
    """

    name: str
    limit: int
    menu: Menu | None = None
    media: bool = True
    location: bool = True
    window: bool = False
    numbered: bool = True


SMS: Final = Channel("sms", limit=160, media=False, location=False)
# Twilio sends bodies of up to 1600 characters.
WHATSAPP: Final = Channel("whatsapp", limit=1600, window=True)
# https://developers.facebook.com/docs/whatsapp, interactive messages.
WHATSAPP_MENU: Final = msgspec.structs.replace(WHATSAPP, menu=Menu(1024, buttons=3, button=20, rows=10, row=24))
TELEGRAM: Final = Channel("telegram", limit=4096, menu=Menu(4096, buttons=100, button=256), numbered=False)

CHANNELS: Final = {channel.name: channel for channel in (SMS, WHATSAPP, TELEGRAM)}
PHONES: Final = CHANNELS | {"whatsapp-menu": WHATSAPP_MENU}
"""The channels, and what is the same channel with another phone, by the names that transcripts have for them."""


def channel_of(address: str) -> Channel:
    """Return the channel of an address such as `sms:+62812…` or `telegram:12345`, with numbered choices if need be.

    Raises KeyError for an address of no known channel.
    """
    return CHANNELS[address.partition(":")[0]]
