"""Whether texts fit on the screens they go to, filled with the longest values that may come."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from conversations.channel import CHANNELS, SMS, TELEGRAM, Channel
from conversations.checking.findings import Fault
from conversations.checking.needs import NEEDS, PROFILE, STATUSES
from conversations.effects import Say
from conversations.rendering import length, text_of
from conversations.script import Script, fill
from conversations.upcoming import STEPS, shown
from conversations.wording import SHOWN_CASES

_NUMBER: Final = "BCDF-GHJK"  # a provisional number; LAPOR!'s have seven or eight digits

NOT_BY_SMS: Final = frozenset({"evidence", "code", "unshare", "unfollow"})
"""The choices that take no room in an SMS: three are not offered there, and the last stands beside fewer others."""

NAMES: Final = {"sms": "SMS", "whatsapp": "WhatsApp", "telegram": "Telegram"}
"""What people call the channels."""

# The longest values that a text must bear; longer ones are cut to what is left.
_LONGEST: Final = {
    "story": "m" * 400, "place": "m" * 400, "day": "m" * 300, "message": "m" * 400, "title": "m" * 80,
    "agency": "m" * 60, "number": _NUMBER, "provisional": _NUMBER,
    "held": "m" * 20, "category": "m" * 24, "office": "m" * 60, "personal": "32************42, 08********90",
    "attachment": "5", "code": "1234 5678", "days": "365", "owed": "m" * 400,
    "count": "20", "reports": "m" * 300,
}  # fmt: skip


def oversized(script: Script, languages: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the texts of a complete script that are too long for a channel.

    `languages` are the names of all languages by their codes: one menu offers them all.
    """
    filled = {name: longest(script, channel) for name, channel in CHANNELS.items()}
    for name, needs in NEEDS.items():
        for channel in map(CHANNELS.__getitem__, needs.channels):
            values = filled[channel.name]
            options = choices(name, values, channel, languages, script)
            for text in needs.texts:
                say = Say(name, text, {**values, **options}, tuple(options))
                over = length(text_of(say, script, channel), channel) - channel.limit
                if over > 0:
                    yield too_long(name, text, channel, over, script)
    for name in ("commands", "profile"):
        for text in NEEDS[name].texts:
            over = len(script.text(name, text)) - PROFILE[text]
            if over > 0:
                yield too_long(name, text, TELEGRAM, over, script)


def longest(script: Script, channel: Channel = SMS) -> dict[str, str]:
    """Return the longest value that a text must bear for every placeholder, in one language and on one channel."""
    labels = [option.label for option in script.sections["privacy"].options.values()]
    statuses = [script.text("status", status) for status in STATUSES]
    files = f"5 (5 {script.text('notes', 'on_the_way')}, 9 {script.text('notes', 'not_taken')})"
    days = [
        shown(date(2027, month, 20 + day), script, channel, year=True) for month in range(1, 13) for day in range(7)
    ]
    by = max(days, key=len)
    steps = [fill(script.text("next", step, channel.name), {"by": by}) for step in STEPS]
    return {
        **_LONGEST,
        "privacy": max(labels, key=len),
        "status": max(statuses, key=len),
        "closes_on": by,
        "by": by,
        "files": files,
        "next": max(steps, key=len),
    }


def choices(
    name: str, values: Mapping[str, str], channel: Channel, languages: Mapping[str, str], script: Script
) -> Mapping[str, str]:
    """Return every choice that a menu may show; where it has no label, with its value."""
    if name == "cases":
        return {f"case {place}": f"{values['number']} {values['status']}" for place in range(SHOWN_CASES)}
    if name == "language":
        return languages
    if name == "region":
        return {f"region {place}": "Kab. Penukal Abab Lematang Ilir" for place in range(3)} | {"other": ""}
    if name == "category" and not channel.media:  # three are suggested, and the last
        labels = script.sections[name].options
        return dict.fromkeys(sorted(labels, key=lambda option: -len(labels[option].label))[:4], "")
    return {option: "" for option in NEEDS[name].options if channel.media or option not in NOT_BY_SMS}


def too_long(name: str, text: str, channel: Channel, over: int, script: Script) -> Fault:
    """Return the fault of a text that is `over` letters too long for a channel, where it stands in the file."""
    own = text in script.sections[name].channels.get(channel.name, {})
    rule = "limit" if channel is not SMS else "segment_own" if own else "segment"
    at = (name, *([channel.name] if own else []), *text.split("."))
    return Fault(
        rule, at, {"over": str(over), "special": f"[{name}.{channel.name}]", "channel": NAMES[channel.name]}
    )
