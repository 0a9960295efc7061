"""What files the desk keeps: evidence of a kind told by its content, of a bounded size."""

from typing import Final

from bot.kinds import SUFFIXES, kind_of

__all__ = ["SIZE_LIMIT", "SUFFIXES", "kind_of"]

SIZE_LIMIT: Final = 20_000_000  # bytes; Telegram hands over files of up to 20 MB
