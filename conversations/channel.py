"""What the dialog must know of the phone at the other end."""

from typing import Final

import msgspec


class Channel(msgspec.Struct, frozen=True):
    """A kind of phone: what it can show and send.

    `limit` is the longest message in characters; on SMS it is one GSM-7 segment in septets.
    """

    name: str
    limit: int
    buttons: bool = False
    media: bool = True
    location: bool = True


SMS: Final = Channel("sms", limit=160, media=False, location=False)
WHATSAPP: Final = Channel("whatsapp", limit=1600)  # Twilio sends bodies of up to 1600 characters
TELEGRAM: Final = Channel("telegram", limit=4096, buttons=True)

CHANNELS: Final = {channel.name: channel for channel in (SMS, WHATSAPP, TELEGRAM)}


def channel_of(address: str) -> Channel:
    """Return the channel of an address such as `sms:+62812…` or `telegram:12345`.

    Raises KeyError for an address of no known channel.
    """
    return CHANNELS[address.partition(":")[0]]
