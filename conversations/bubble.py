"""What stands on the citizen's screen: final text and buttons."""

import msgspec


class Button(msgspec.Struct, frozen=True, array_like=True):
    """A choice the phone shows as a button; `data` comes back in `Tapped` (at most 64 bytes)."""

    label: str
    data: str


class Bubble(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One message, ready to send: plain text, never markup."""

    text: str
    buttons: tuple[Button, ...] = ()
