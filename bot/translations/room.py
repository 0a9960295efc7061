"""How long a translation may be."""

from collections.abc import Mapping

from conversations import sms
from conversations.channel import CHANNELS, SMS
from conversations.checking.menus import room
from conversations.checking.needs import NEEDS
from conversations.checking.sizes import choices, longest
from conversations.effects import Say
from conversations.rendering import LEAST_SHOWN, choices_of
from conversations.script import PLACEHOLDER, Script


def choice_room(key: str) -> int:
    """Return how many letters the name of a choice may have; 0 for what is none."""
    match key.split("."):
        case [section, "options", option, "label"]:
            return room(section, option)
    return 0


def sms_room(key: str, source: str, whole: Script, languages: Mapping[str, str]) -> int:
    """Return how many letters of its own a text that goes out by SMS may have; 0 where none goes out.

    What its placeholders need at least, and the choices below it, are taken off; `whole` is the language with what
    it takes from the base, `languages` are the names of all by their codes.
    """
    section, *rest = key.split(".")
    channel, name = (rest[0], ".".join(rest[1:])) if rest[0] in CHANNELS else ("", ".".join(rest))
    if section not in NEEDS or name not in NEEDS[section].texts or SMS.name not in NEEDS[section].channels:
        return 0
    if channel not in {"", SMS.name} or (
        not channel and name in whole.sections[section].channels.get(SMS.name, {})
    ):
        return 0
    values = longest(whole)
    offered = choices(section, values, SMS, languages, whole)
    menu = choices_of(Say(section, name, {**values, **offered}, tuple(offered)), whole, SMS)
    names = {found[1] for found in PLACEHOLDER.finditer(source)} - {"options"}
    taken = sum(min(len(values.get(each, "")), LEAST_SHOWN) for each in names)
    return SMS.limit - taken - (sms.septets(menu) + 1 if menu else 0)
