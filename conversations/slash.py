"""Commands as Telegram's phones write them: `/status 9165816`, in a group `/status@the_bot`."""

import re
from typing import Final

from conversations.events import Said

COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@\w+)?(?!\S)")


def heard(text: str) -> Said:
    """Return what was written; a command without its slash and the bot's name, and marked as one."""
    command = COMMAND.match(text)
    return Said(command[1] + text[command.end() :], command=True) if command else Said(text)
