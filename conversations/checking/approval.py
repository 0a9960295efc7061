"""Whether words can be approved by WhatsApp as a template, and fit once their values are put in.

Sources: https://www.twilio.com/docs/content/using-variables-with-content-api and
https://www.twilio.com/docs/whatsapp/tutorial/message-template-approvals-statuses.
"""

import re
from collections.abc import Iterator
from typing import Final

from conversations.checking.findings import Fault
from conversations.script import PLACEHOLDER, Script
from conversations.templates import GAPS, LIMIT

ROOM: Final = 300
"""Characters that values must have at least."""

_WORD: Final = re.compile(r"[^\W_]")
_EDGES: Final = re.compile(rf"{PLACEHOLDER.pattern}[\W_]*$|^[\W_]*{PLACEHOLDER.pattern}")
_TOUCHING: Final = re.compile(rf"({PLACEHOLDER.pattern})[\W_]*(?={PLACEHOLDER.pattern})")


def disapproved(script: Script) -> Iterator[Fault]:
    """Yield what WhatsApp would refuse in the words of templates."""
    section = script.sections.get("template")
    for kind, text in section.texts.items() if section else ():
        at = ("template", kind)
        gaps = PLACEHOLDER.findall(text)
        words = [part for part in PLACEHOLDER.sub(" ", text).split() if _WORD.search(part)]
        for name in sorted(set(gaps) - set(GAPS.get(kind, gaps))):
            usable = " ".join(f"{{{each}}}" for each in GAPS[kind]) or "-"
            yield Fault("no_value", at, {"name": f"{{{name}}}", "usable": usable}, f"{{{name}}}")
        if _EDGES.search(text):
            yield Fault("template_edge", at)
        if _TOUCHING.search(text):
            yield Fault("template_touching", at)
        if len(words) < 2 * len(gaps) + 1:
            yield Fault("template_words", at, {"least": str(2 * len(gaps) + 1)})
        over = len(PLACEHOLDER.sub("", text)) + ROOM - LIMIT
        if over > 0:
            yield Fault("template_long", at, {"over": str(over)})
