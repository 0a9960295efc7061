"""Meta's Cloud API (WhatsApp), outbound."""

import re
from collections.abc import Callable, Generator, Sequence
from datetime import datetime
from typing import Final

import httpx
import msgspec

from bot.approvals.library import Library
from bot.approvals.wanted import Wanted
from bot.channels import Content
from bot.channels.graph import Graph
from bot.channels.http import FILE_LIMIT, PATIENCE, connect_files, download, repeatable
from bot.channels.meta_message import message_of
from bot.errors import Permanent, Unfit
from bot.providers import Meta
from conversations.bubble import Bubble

# Where Meta keeps citizens' files: lookaside.fbsbx.com takes the token; it may lead on to its network of copies.
STORE: Final = "lookaside.fbsbx.com"
COPIES: Final = (".fbsbx.com", ".fbcdn.net", ".whatsapp.net")
MEDIA: Final = re.compile("[0-9]{1,64}", re.ASCII)


class Named(msgspec.Struct, frozen=True):
    """A message as Meta names it."""

    id: str = ""


class Sent(msgspec.Struct, frozen=True):
    """The answer to a message that was taken."""

    messages: tuple[Named, ...] = ()


class File(msgspec.Struct, frozen=True):
    """Where a file lies for the next five minutes."""

    url: str
    mime_type: str = ""
    file_size: int = 0


class Bearer(httpx.Auth):
    """Shows a token."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put the token into a request."""
        request.headers["Authorization"] = self._header
        yield request


class MetaSender:
    """Sends WhatsApp messages; what becomes of them comes to the webhook, under our own ids.

    `needed` tells which templates there must be for the words of now.
    """

    def __init__(
        self, settings: Meta, needed: Callable[[], Sequence[Wanted]] = tuple, patience: float = PATIENCE
    ) -> None:
        self._settings = settings
        self._graph = Graph(settings, patience)
        self._files = connect_files(patience, settings.api_url)
        self._library = Library(self._graph, settings.account, needed)

    async def send(self, address: str, bubble: Bubble, outbox_id: str) -> str:
        """Send a message and return Meta's id of it (wamid).

        Raises Temporary, Permanent, Blocked, Closed or Uncertain.
        """
        approved = await self._library.find(bubble.template) if bubble.template else None
        body = message_of(address, bubble, outbox_id, approved)
        sent = await self._graph.post(f"{self._settings.phone}/messages", Sent, body)
        return sent.messages[0].id if sent.messages else ""

    async def sent(self, _address: str, _bubble: Bubble, _since: datetime) -> bool:
        """Tell nothing: Meta keeps no list to look in, but tells by the webhook what it took."""
        return False

    async def fetch(self, ref: str) -> Content:
        """Fetch a file by Meta's id of it, which holds for seven days.

        Raises Temporary or Permanent.
        """
        if not MEDIA.fullmatch(ref):
            raise Permanent("no id of a file")
        try:
            with repeatable():
                file = await self._graph.get(ref, File, {"phone_number_id": self._settings.phone})
        except Permanent as error:
            raise Unfit(str(error), "gone") from None
        if file.file_size > FILE_LIMIT:
            raise Unfit("file too large", "large")
        if not self._ours(file.url):
            raise Permanent("file does not lie at Meta")
        content = await download(self._files, file.url, Bearer(self._settings.token), _onward)
        return Content(content.data, file.mime_type or content.type)

    async def acknowledge(self, tap: str) -> None:
        """Do nothing: WhatsApp wants no taps acknowledged."""

    async def close(self) -> None:
        """Let go of connections."""
        await self._graph.close()
        await self._files.aclose()

    def _ours(self, address: str) -> bool:
        """Tell whether a file lies where our token may be shown: at Meta, or at the API as configured."""
        try:
            url, own = httpx.URL(address), httpx.URL(self._settings.api_url)
        except httpx.InvalidURL:
            return False
        at_meta = url.scheme == "https" and url.host == STORE and url.port is None
        at_api = (url.scheme, url.host, url.port) == (own.scheme, own.host, own.port)
        return not url.userinfo and (at_meta or at_api)


def _onward(url: httpx.URL) -> bool:
    """Tell whether a redirect stays with Meta."""
    return url.scheme == "https" and url.port is None and not url.userinfo and url.host.endswith(COPIES)
