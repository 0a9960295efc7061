"""Updates without a public address: getUpdates by long polling."""

import json
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from telegram import Bot, LinkPreviewOptions
from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.request import HTTPXRequest, RequestData

from bot.botapi.updates import UPDATES
from bot.channels.http import CONNECT, PATIENCE
from bot.errors import Temporary
from bot.providers import Telegram

LONG: Final = 50
"""Seconds that Telegram waits for an update, its own maximum."""

PLAIN: Final = LinkPreviewOptions(is_disabled=True)

Update = dict[str, Any]


class Conflicting(Exception):
    """Somebody else takes this bot's updates; the message is Telegram's."""


class Fetching:
    """Fetches updates as Telegram writes them: the library's own reading of a batch fails with one odd update.

    `long` is how many seconds a call waits for one.
    """

    def __init__(self, account: Telegram, long: int = LONG) -> None:
        self._long = long
        self._request = HTTPXRequest(2, long + PATIENCE, PATIENCE, CONNECT, CONNECT)
        self._url = f"{account.api_url}/bot{account.token}/getUpdates"
        self._bot = Bot(
            account.token, f"{account.api_url}/bot", request=self._request, get_updates_request=self._request
        )

    async def updates(self, offset: int, *, wait: bool = True) -> list[Update]:
        """Confirm what is before the offset and return what comes next, nothing where nothing comes for a while.

        Raises Conflicting, and Temporary.
        """
        asked = {
            "offset": offset,
            "timeout": self._long if wait else 0,
            "limit": 100 if wait else 1,
            "allowed_updates": json.dumps(UPDATES),
        }
        try:
            found = await self._request.post(f"{self._url}?{urlencode(asked)}", RequestData())
        except Conflict as error:
            raise Conflicting(error.message) from None
        except RetryAfter as error:
            after = error.retry_after
            raise Temporary(
                "flood control", after.total_seconds() if isinstance(after, timedelta) else after
            ) from None
        except TelegramError as error:
            raise Temporary(type(error).__name__) from None
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    async def say(self, chat: int, text: str, markup: Update | None) -> None:
        """Say something once; raises Temporary where it is not known to be taken."""
        below = {"reply_markup": markup} if markup else None
        try:
            await self._bot.send_message(chat, text, link_preview_options=PLAIN, api_kwargs=below)
        except TelegramError as error:
            raise Temporary(type(error).__name__) from None

    async def close(self) -> None:
        """Let go of connections."""
        await self._request.shutdown()
