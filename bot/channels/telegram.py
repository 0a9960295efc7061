"""Telegram, outbound: python-telegram-bot's Bot."""

import mimetypes
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote

import msgspec
import structlog
from telegram import Bot, File, LinkPreviewOptions
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels import Content
from bot.channels.http import CONNECT, FILE_LIMIT, PATIENCE, POOL, connect_files, download, failure, repeatable
from bot.channels.markup import markup
from bot.errors import Blocked, Failure, Permanent, Temporary, Uncertain, Unfit
from bot.providers import Telegram
from conversations.bubble import Bubble

# RetryAfter warns of its own change to timedelta whenever it is made, unless this is set.
os.environ.setdefault("PTB_TIMEDELTA", "1")

log = structlog.get_logger()

PLAIN: Final = LinkPreviewOptions(is_disabled=True)
PLAIN_WORDS: Final = re.compile(r"[A-Za-z' :,_-]{1,80}")


class TelegramSender:
    """Sends messages by the Bot API."""

    def __init__(self, settings: Telegram, patience: float = PATIENCE) -> None:
        self._request = HTTPXRequest(POOL, patience, patience, CONNECT, CONNECT)
        self._bot = Bot(
            settings.token,
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        self._folder = f"{settings.api_url}/file/bot{settings.token}/"
        self._files = connect_files(patience, settings.api_url)

    async def send(self, address: str, bubble: Bubble, outbox_id: str) -> str:  # noqa: ARG002 - has no place there
        """Send a message in plain text with its buttons and return its message_id.

        Raises Temporary, Permanent, Blocked or Uncertain.
        """
        chat = int(address.removeprefix("telegram:"))
        below = {"reply_markup": msgspec.to_builtins(markup(bubble))}
        try:
            with _explained():
                message = await self._bot.send_message(
                    chat, bubble.text, link_preview_options=PLAIN, api_kwargs=below
                )
            return str(message.message_id)
        except (AttributeError, KeyError, TypeError) as error:
            # The library raises these on a yes that describes the message otherwise than it knows.
            log.warning("message sent, answer not understood", error=type(error).__name__)
            return ""

    async def sent(self, _address: str, _bubble: Bubble, _since: datetime) -> bool:
        """Tell nothing: the provider keeps no list to look in."""
        return False

    async def fetch(self, ref: str) -> Content:
        """Fetch a file by its file_id; its address, which holds the token, stays here.

        Raises Temporary or Permanent.
        """
        with repeatable(), _explained():
            file = await self._file(ref)
        if (file.file_size or 0) > FILE_LIMIT:
            raise Unfit("file too large", "large")
        if not file.file_path:
            raise Unfit("file has no path", "gone")
        name = self._named(file.file_path)
        content = await download(self._files, self._folder + quote(name))
        kind, _ = mimetypes.guess_type(name)  # Telegram calls all files octet-stream
        return Content(content.data, kind or content.type)

    async def _file(self, ref: str) -> File:
        """Ask where a file lies; the Bot API hands out none above 20 MB, and some not at once."""
        try:
            return await self._bot.get_file(ref)
        except BadRequest as error:
            words = error.message.lower()
            if "too big" in words:
                raise Unfit("file too large", "large") from None
            raise Unfit("Telegram does not have the file", "gone") from None

    def _named(self, path: str) -> str:
        """Return where a file lies below the bot's own folder; the library hands out the whole address.

        A Bot API server of the operator's own may tell a path on its disk instead (its option --local).
        """
        name = path.removeprefix(self._folder)
        if name == path or ".." in name.split("/"):
            raise Permanent("file does not lie in the bot's folder")
        return name

    async def acknowledge(self, tap: str) -> None:
        """Tell the phone that a tap was taken; a tap of which Telegram knows no more is done with.

        Raises Temporary.
        """
        with repeatable(), _explained(), suppress(BadRequest):
            await self._bot.answer_callback_query(tap)

    async def name(self) -> str:
        """Return the bot's user name.

        Raises Temporary or Permanent.
        """
        with repeatable(), _explained():
            return (await self._bot.get_me()).username or ""

    async def close(self) -> None:
        """Let go of connections."""
        await self._request.shutdown()
        await self._files.aclose()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except TelegramError as error:
        raise _failure(error) from None


def _failure(error: TelegramError) -> Failure:
    """Return what an error of the Bot API means; BadRequest and time-outs are NetworkErrors to the library."""
    match error:
        case RetryAfter(retry_after=timedelta() as pause):
            return Temporary("flood control", pause.total_seconds())
        case Forbidden() | BadRequest() | ChatMigrated():
            return _refusal(error)
        case InvalidToken() | Conflict():
            return Temporary("Telegram refuses the token")
        case NetworkError():
            return _loss(error.__cause__)
        case _:  # an answer that says yes and cannot be read
            return Uncertain(type(error).__name__)


def _refusal(error: TelegramError) -> Failure:
    gone = isinstance(error, Forbidden) or "chat not found" in error.message.lower()
    # A proxy in between may answer with what it was asked, which holds the token.
    reason = error.message if PLAIN_WORDS.fullmatch(error.message) else f"Telegram: {type(error).__name__}"
    return Blocked(reason) if gone else Permanent(reason)


def _loss(cause: BaseException | None) -> Failure:
    # The library gives an HTTP status, mostly 5xx, no cause, or an unreadable body as its cause.
    if cause is None or isinstance(cause, TelegramError):
        return Temporary("Telegram answered with an error")
    return failure(cause)
