"""A message as a content template and its variables.

A variable of a body may hold no line break (https://www.twilio.com/docs/api/errors/21656), so a menu's text goes
out line by line, by a template with as many lines as it takes; blank lines are left out.
"""

import json
from typing import Final

from bot.contents import Contents
from bot.errors import Closed
from conversations.bubble import Bubble, Button
from conversations.channel import WHATSAPP_MENU, Menu
from conversations.templates import values_of

LINES: Final = (1, 2, 3, 4, 6, 9)
"""How many lines the bodies of menus may have; the first of a longer text become one."""
NARROW: Final = (1, 2, 3)
"""The same above a list."""
MENU: Final = WHATSAPP_MENU.menu or Menu(0, 0, 0)


def menu_of(bubble: Bubble, contents: Contents) -> tuple[str, str] | None:
    """Return the content template and the variables for a message with choices, None where it goes as text."""
    labels = [button.label for button in bubble.buttons]
    if not labels or not MENU.holds(labels) or len(bubble.text) > MENU.body:
        return None
    quick = MENU.quick(labels)
    lines = lines_of(bubble.text, LINES if quick else NARROW)
    shape = f"{'quick' if quick else 'list'}_{len(labels)}_{len(lines)}"
    if shape not in contents.menu or not lines:
        return None
    opener = [] if quick else [bubble.opener or labels[0][: MENU.button]]
    return contents.menu[shape], variables(
        [*lines, *opener, *(part for each in bubble.buttons for part in _parts(each))]
    )


def template_of(bubble: Bubble, contents: Contents) -> tuple[str, str]:
    """Return the content template and the variables for a message that is said in approved words.

    Raises Closed where these are not approved.
    """
    template = bubble.template
    approved = contents.template.get(template.language, {}).get(template.kind) if template else None
    if template is None or approved is None:
        raise Closed("no approved template")
    try:
        return approved.sid, variables(list(values_of(template, approved.gaps)))
    except KeyError:
        raise Closed("the approved template wants another value") from None


def lines_of(text: str, counts: tuple[int, ...] = LINES) -> list[str]:
    """Return the lines of a text, as many as one of `counts`: of too many, the first become one."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    count = max((each for each in counts if each <= len(lines)), default=0)
    surplus = len(lines) - count + 1
    return [" ".join(lines[:surplus]), *lines[surplus:]] if count else []


def variables(values: list[str]) -> str:
    """Return values as Twilio takes them: JSON with a text for each number."""
    return json.dumps({str(number): value for number, value in enumerate(values, 1)}, ensure_ascii=False)


def _parts(button: Button) -> tuple[str, str]:
    return " ".join(button.label.split()), button.data
