"""Twilio's Content API: what content templates there are, new ones, and WhatsApp's approval of them.

Source: https://www.twilio.com/docs/content/content-api-resources.
"""

from typing import Final, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from bot.channels.http import trust
from bot.contents.wanted import Types, Wanted
from bot.providers import Twilio

PATIENCE: Final = 20.0
"""Seconds for an answer."""
PAGE: Final = 500
MOST_PAGES: Final = 20
HOST: Final = ".twilio.com"

Told = TypeVar("Told")


class Refused(Exception):
    """Twilio did not do what was asked; the message is its status and error code."""


class Approval(msgspec.Struct, frozen=True):
    """What WhatsApp says of a template; `unsubmitted` until it is asked."""

    status: str = "unsubmitted"
    rejection_reason: str | None = ""
    name: str = ""


class Content(msgspec.Struct, frozen=True):
    """A content template that there is."""

    sid: str
    friendly_name: str | None = ""
    types: Types = {}
    language: str = ""
    approval_requests: Approval | None = None

    @property
    def approval(self) -> Approval:
        """Return what WhatsApp says of it."""
        return self.approval_requests or Approval()


class Meta(msgspec.Struct, frozen=True):
    """Where a list goes on."""

    next_page_url: str | None = None


class Page(msgspec.Struct, frozen=True):
    """A page of content templates."""

    contents: tuple[Content, ...] = ()
    meta: Meta = Meta()


class Fault(msgspec.Struct, frozen=True):
    """An error of Twilio's."""

    code: int = 0


def base_of(api_url: str) -> str:
    """Return where the Content API is: at Twilio beside the REST API, in a test or demo at the same address."""
    host = urlsplit(api_url).hostname or ""
    return api_url.replace("//api.", "//content.", 1) if host.endswith(HOST) else api_url


class ContentApi:
    """Calls the Content API of an account."""

    def __init__(self, account: Twilio, patience: float = PATIENCE) -> None:
        self._base = f"{base_of(account.api_url)}/v1"
        self._client = httpx.Client(auth=(account.sid, account.token), timeout=patience, verify=trust())

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    def all(self) -> list[Content]:
        """Return every content template there is.

        Raises Refused.
        """
        found: list[Content] = []
        query: dict[str, str] | None = {"PageSize": str(PAGE)}
        for _ in range(MOST_PAGES):
            page = self._ask("GET", "/ContentAndApprovals", Page, params=query)
            found += page.contents
            if not page.meta.next_page_url:
                break
            query = dict(httpx.URL(page.meta.next_page_url).params)  # its host is not asked: it gets our password
        return found

    def create(self, wanted: Wanted) -> Content:
        """Make a content template.

        Raises Refused.
        """
        body = {
            "friendly_name": wanted.name,
            "language": wanted.language,
            "variables": wanted.samples,
            "types": wanted.types,
        }
        return self._ask("POST", "/Content", Content, json=body)

    def submit(self, sid: str, name: str) -> Approval:
        """Ask WhatsApp to approve a content template as news that was asked for.

        Raises Refused.
        """
        body = {"name": name, "category": "UTILITY"}
        return self._ask("POST", f"/Content/{sid}/ApprovalRequests/whatsapp", Approval, json=body)

    def _ask(self, method: str, path: str, shape: type[Told], **given: object) -> Told:
        try:
            answer = self._client.request(method, self._base + path, **given)  # type: ignore[arg-type]
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Refused(type(error).__name__) from None
        try:
            if answer.is_success:
                return msgspec.json.decode(answer.content, type=shape)
            code = msgspec.json.decode(answer.content, type=Fault).code
        except msgspec.DecodeError:
            raise Refused(f"an answer of another kind, with status {answer.status_code}") from None
        raise Refused(f"status {answer.status_code}, error {code}")
