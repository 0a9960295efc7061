"""What stands on the citizen's screen: final text and buttons."""

from typing import Literal

import msgspec


class Button(msgspec.Struct, frozen=True, array_like=True):
    """A choice the phone shows as a button; `data` comes back in `Tapped` (at most 64 bytes)."""

    label: str
    data: str


class Request(msgspec.Struct, frozen=True, array_like=True):
    """What a phone can be asked for with one tap: the place where it is, or the number of its owner."""

    kind: Literal["place", "number"]
    label: str


class Template(msgspec.Struct, frozen=True, array_like=True):
    """What is sent instead where a channel takes no other words than those it has approved.

    `kind` and `language` name the approved text, `values` are what stands in its gaps, in order.
    """

    kind: str
    language: str
    values: tuple[str, ...] = ()


class Bubble(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One message, ready to send: plain text, never markup.

    A phone that can answer a `request` shows it as a button. `template` stands for the message where the channel's
    window for words of our own is closed. `opener` is what the button of a list says, where the choices make one.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    request: Request | None = None
    template: Template | None = None
    opener: str = ""
