"""The kinds of updates that we use."""

from typing import Final

UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The last one tells that a citizen blocked the bot, or that a group took it in."""
