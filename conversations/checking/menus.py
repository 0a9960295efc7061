"""Whether choices fit on the buttons and in the lists of WhatsApp, the narrowest there are.

Its quick replies are 3 buttons of 20 characters, its lists 10 rows of 24 with a description of 72
(https://developers.facebook.com/docs/whatsapp, interactive messages). A menu of fixed choices that is longer than a
list, such as that of the categories, goes out as numbered text.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from conversations.checking.findings import Fault
from conversations.checking.lines import Key
from conversations.checking.needs import NEEDS
from conversations.script import Script

BUTTONS: Final = 3
BUTTON: Final = 20
ROWS: Final = 10
ROW: Final = 24
DESCRIPTION: Final = 72

SOMETIMES: Final = frozenset(
    {("menu", "resume"), *(("case", each) for each in ("reply", "unsolved", "code", "unshare", "unfollow"))}
)
"""The choices that a menu does not always show; see `wording.options_of`."""


def long_labels(script: Script) -> Iterator[Fault]:
    """Yield the names of choices that are too long for their button, or for their row in a list."""
    for name, section in script.sections.items():
        for each, option in section.options.items():
            at = (name, "options", each, "label")
            yield from _long(option.label, at, _fewest(name, each))
    for status, text in script.sections["status"].texts.items() if "status" in script.sections else ():
        if len(text) > DESCRIPTION:
            yield Fault("description", ("status", status), {"over": str(len(text) - DESCRIPTION)}, text)


def crowded(script: Script, languages: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with the language as a choice: its name is too long, or the list is full without it."""
    place = [*languages].index(script.code) + 1 if script.code in languages else 0
    yield from _long(script.name, ("locale", "name"), len(languages))
    if place > ROWS:
        yield Fault("rows", ("locale", "name"), {"place": str(place)})


def room(name: str, option: str) -> int:
    """Return how many letters the name of a choice may have, in the narrowest menu that shows it."""
    return BUTTON if _fewest(name, option) <= BUTTONS else ROW


def _fewest(name: str, option: str) -> int:
    """Return how many choices a menu has at least when it shows an option."""
    always = [each for each in NEEDS[name].options if (name, each) not in SOMETIMES] if name in NEEDS else []
    return len(always) + ((name, option) in SOMETIMES)


def _long(label: str, at: Key, choices: int) -> Iterator[Fault]:
    rule, limit = ("button", BUTTON) if choices <= BUTTONS else ("label", ROW)
    if len(label) > limit:
        yield Fault(rule, at, {"over": str(len(label) - limit)}, label)
