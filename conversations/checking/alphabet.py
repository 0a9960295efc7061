"""Characters in a locale file that phones cannot get by SMS."""

from collections.abc import Iterator

from conversations import sms
from conversations.channel import CHANNELS, SMS
from conversations.checking.findings import Fault
from conversations.checking.lines import Key
from conversations.checking.needs import NEEDS
from conversations.checking.placeholders import texts_of
from conversations.script import Script, Section


def foreign(script: Script) -> Iterator[Fault]:
    """Yield the characters outside GSM-7 in what goes to SMS phones, each once a text."""
    for name, section in script.sections.items():
        for at, text in _sent(name, section):
            for character, instead in {
                each.character: each.instead for each in sms.unicode_characters(text)
            }.items():
                rule = "alphabet" if instead else "alphabet_lost"
                yield Fault(rule, at, {"character": character, "instead": instead}, character)


def _sent(name: str, section: Section) -> Iterator[tuple[Key, str]]:
    """Yield the texts of a section that go to SMS phones, by themselves or in another text."""
    needs = NEEDS.get(name)
    if needs is None or (needs.channels and SMS.name not in needs.channels):
        return
    own = section.channels.get(SMS.name, {})
    for at, text in texts_of(name, section):
        if at[1] == SMS.name or (at[1] not in CHANNELS and ".".join(at[1:]) not in own):
            yield at, text
