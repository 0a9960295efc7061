"""From what is to be said to what stands on the screen of one kind of phone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from msgspec.structs import replace

from conversations import sms
from conversations.bubble import Bubble, Button, Request
from conversations.channel import Channel
from conversations.effects import Say
from conversations.script import Script, fill
from conversations.templates import template_of

LEAST_SHOWN: Final = 12
"""A value is never shortened below this many characters."""

OURS: Final = ("next",)
"""Values that are words of the script: they are never shortened."""

SPACES: Final = re.compile(" {2,}")
LINE_ENDS: Final = re.compile(" +\n")
"""What a value that is empty leaves behind."""


def render(says: Sequence[Say], script: Script, channel: Channel, state: str, nonce: int) -> tuple[Bubble, ...]:
    """Return the messages to send, as few as possible: what fits together goes together.

    `state` and `nonce` mark the buttons of the menu that `says` ends with. Where its choices, or the text above
    them, are too long for the phone to show so, they are numbered in the text.
    """
    if not says:
        return ()
    channel = drawn_on(channel, says[-1], script)
    *before, last = packed(texts_of(says, script, channel), channel)
    buttons = buttons_of(says[-1], script, channel, state, nonce)
    if buttons and channel.menu and len(last) > channel.menu.body:
        return render(says, script, replace(channel, menu=None), state, nonce)
    request = request_of(says, script, channel)
    template = template_of(says, script) if channel.window and says[-1].push else None
    opener = opener_of(buttons, script, channel)
    return (*(Bubble(text, template=template) for text in before), Bubble(last, buttons, request, template, opener))


def opener_of(buttons: Sequence[Button], script: Script, channel: Channel) -> str:
    """Return what the button of a list says, where the phone shows the choices as one."""
    labels = [button.label for button in buttons]
    return "" if channel.menu is None or channel.menu.quick(labels) else script.text("notes", "choose")


def drawn_on(channel: Channel, say: Say, script: Script) -> Channel:
    """Return the phone as it is for what is said: without a menu where that does not hold the choices."""
    labels = [label_of(say, option, script) for option in say.options]
    return channel if channel.menu and channel.menu.holds(labels) else replace(channel, menu=None)


def fits(note: Say, says: Sequence[Say], script: Script, channel: Channel) -> bool:
    """Tell whether a note before the last of `says` costs no further message."""
    channel = drawn_on(channel, says[-1], script)
    *before, last = texts_of(says, script, channel)
    with_note = (*before, text_of(note, script, channel), last)
    return len(packed(with_note, channel)) == len(packed((*before, last), channel))


def texts_of(says: Sequence[Say], script: Script, channel: Channel) -> list[str]:
    """Return the texts, without the minor ones that would cost a further message."""
    texts = [text_of(say, script, channel) for say in says]
    for place in reversed(range(len(says) - 1)):
        if says[place].minor:
            without = texts[:place] + texts[place + 1 :]
            texts = min(texts, without, key=lambda some: len(packed(some, channel)))
    return texts


def packed(texts: Iterable[str], channel: Channel) -> list[str]:
    """Return texts in as few messages as hold them in order, each in one whole."""
    messages: list[str] = []
    for text in texts:
        if messages and length(f"{messages[-1]}\n{text}", channel) <= channel.limit:
            messages[-1] = f"{messages[-1]}\n{text}"
        else:
            messages.append(text)
    return messages


def text_of(say: Say, script: Script, channel: Channel) -> str:
    """Return one text with its values and its choices, within what the channel carries."""
    template = script.text(say.section, say.text, channel.name)
    choices = "" if channel.menu else choices_of(say, script, channel)
    if choices and "{options}" not in template:
        template = f"{template}\n{{options}}"
    own = {name: say.values[name] for name in OURS if name in say.values}
    fixed = fill(template, {**own, "options": choices}).rstrip()
    return LINE_ENDS.sub("\n", SPACES.sub(" ", fitted(fixed, say.values, channel))).strip()


def choices_of(say: Say, script: Script, channel: Channel) -> str:
    """Return the numbered choices: in one line on SMS, else one to a line."""
    dot, joint = (" ", " ") if channel.name == "sms" else (". ", "\n")
    labels = (label_of(say, option, script) for option in say.options)
    return joint.join(f"{number}{dot}{label}" for number, label in enumerate(labels, 1))


def label_of(say: Say, option: str, script: Script) -> str:
    """Return what a choice is called: the script's label, or for a choice made of data the value of its name."""
    return script.label(say.section, option) or say.values.get(option, option)


def buttons_of(say: Say, script: Script, channel: Channel, state: str, nonce: int) -> tuple[Button, ...]:
    """Return the choices as buttons, where the channel has them."""
    if not channel.menu:
        return ()
    return tuple(Button(label_of(say, option, script), f"{state}.{nonce}.{option}") for option in say.options)


def request_of(says: Sequence[Say], script: Script, channel: Channel) -> Request | None:
    """Return what the phone is asked for by the last text that asks, where it is a phone that knows its place."""
    for say in reversed(says if channel.location else ()):
        if say.request:
            return Request(say.request, shared(say.request, script))
    return None


def shared(wanted: Literal["place", "number"], script: Script) -> str:
    """Return what the button is called that tells what the phone is asked for."""
    return script.text("notes", "share_place") if wanted == "place" else script.text("notes", "share_number")


def fitted(template: str, values: Mapping[str, str], channel: Channel) -> str:
    """Fill a text; where it is too long, shorten its longest values, never the words around them."""
    if channel.name == "sms":
        template, values = sms.plain(template), _plain(values)
    text = fill(template, values)
    for name in sorted(values, key=lambda name: -len(values[name])):
        excess = length(text, channel) - channel.limit
        if excess <= 0:
            return text
        if f"{{{name}}}" in template:
            room = max(length(values[name], channel) - excess, LEAST_SHOWN)
            values = {**values, name: sms.shorten(values[name], room)}
            text = fill(template, values)
    return text


def _plain(values: Mapping[str, str]) -> dict[str, str]:
    return {name: " ".join(sms.plain(value).split()) for name, value in values.items()}


def length(text: str, channel: Channel) -> int:
    """Return how much of the channel's limit a text takes: septets on SMS, else characters."""
    return sms.septets(text) if channel.name == "sms" else len(text)


def joined(bubbles: Iterable[Bubble]) -> str:
    """Return the texts of messages in one, a blank line between them."""
    return "\n\n".join(bubble.text for bubble in bubbles)
