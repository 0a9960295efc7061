"""Files that citizens send, made fit to be passed on."""

from bot.media.cleaning import clean

__all__ = ["clean"]
