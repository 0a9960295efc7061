"""Twilio, outbound: SMS and WhatsApp by its REST client."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

import httpx
import structlog
from twilio.base.exceptions import (  # type: ignore[import-untyped]
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bot.channels import Content
from bot.channels.http import FIXABLE, PATIENCE, connect, connect_files, download, failure, repeatable
from bot.channels.keyboard import numbered
from bot.contents import load
from bot.contents.filling import menu_of, template_of
from bot.errors import Blocked, Closed, Failure, Permanent, Temporary, Uncertain
from bot.providers import Twilio
from conversations.bubble import Bubble

# The citizen wrote STOP, which Twilio keeps to itself; or WhatsApp knows nobody at that number (any more).
GONE: Final = frozenset((21610, 63003, 63024))
WINDOW: Final = 63016  # free text later than a day after the citizen's last message
# A content template that is not there, is not allowed, or takes its variables otherwise.
UNFIT: Final = frozenset((21654, 21655, 21656, 63013, 63021, 63027, 63028, 63040, 63041, 63042))
CROWDED: Final = 63018  # more than the sender may send, in a second or to new conversations in a day
# What the operator puts right: credentials, an account suspended, a number that is not ours or may not send.
OPERATORS: Final = frozenset((20003, 20005, 21212, 21408, 21603, 21606, 21611, 21659, 21660, 21661, 63007))

log = structlog.get_logger()

RECENT: Final = 20  # messages looked through for one whose answer was lost
SKEW: Final = timedelta(seconds=5)  # Twilio's clock against ours; it tells whole seconds
FAILED: Final = frozenset(("failed", "undelivered", "canceled"))
CDN: Final = (".twilio.com", ".twiliocdn.com")  # where Twilio's media addresses redirect to
# What a media address holds behind the account's: `Messages/MM…/Media/ME…`.
_MEDIA: Final = re.compile(r"[A-Za-z0-9]+(?:/[A-Za-z0-9]+)*")


class _Http:
    """Carries the calls of Twilio's client over httpx.

    Its own carriers will not do: the threaded one keeps each answer in an attribute that threads share, and the
    asynchronous one ignores its time-out.
    """

    is_async = True

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def request(self, method: str, url: str, **given: Any) -> Response:  # noqa: ANN401 - Twilio's client is untyped
        """Make a call.

        Raises Temporary or Uncertain.
        """
        wanted = {name: given[name] for name in ("params", "data", "headers", "auth")}
        try:
            answer = await self._client.request(method, url, **wanted)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise failure(error) from None
        return Response(answer.status_code, answer.text, answer.headers)


class TwilioSender:
    """Sends SMS and WhatsApp messages; delivery reports go to `public_url`, none if it is empty."""

    def __init__(self, settings: Twilio, public_url: str, patience: float = PATIENCE) -> None:
        self._settings = settings
        self._public_url = public_url
        self._http = connect(patience)
        self._files = connect_files(patience, settings.api_url)
        self._contents = load(settings.templates)
        self._client = Client(settings.sid, settings.token, http_client=_Http(self._http))
        self._client.api.base_url = settings.api_url

    async def send(self, address: str, bubble: Bubble, outbox_id: str) -> str:
        """Send a text and return its MessageSid.

        Raises Temporary, Permanent, Blocked, Closed or Uncertain.
        """
        extra = {}
        if self._public_url:
            callback = f"{self._public_url}/webhooks/twilio/status?outbox={quote(outbox_id, '')}"
            extra["status_callback"] = callback
        for words in self._wordings(bubble):
            with _explained(), self._refusing(words):
                message = await self._client.messages.create_async(
                    to=_number(address), from_=self._sender(address), **words, **extra
                )
                return message.sid or ""
        raise Closed("Twilio refuses the template")

    def _wordings(self, bubble: Bubble) -> Iterator[dict[str, str]]:
        """Yield a message in the ways in which it can be sent: by a content template, else as text.

        Raises Closed where it must be said in approved words that there are not.
        """
        if bubble.template:
            yield _content(template_of(bubble, self._contents))
            return
        if menu := menu_of(bubble, self._contents):
            yield _content(menu)
        yield {"body": numbered(bubble)}

    @contextmanager
    def _refusing(self, words: dict[str, str]) -> Iterator[None]:
        """Let go of a content template that Twilio refuses: it took nothing, so the next wording can be sent."""
        try:
            yield
        except (TwilioRestException, TwilioServiceException) as error:
            if "body" in words or error.code not in UNFIT:
                raise
            log.warning("content template refused", code=error.code, template=words["content_sid"])

    async def sent(self, address: str, bubble: Bubble, since: datetime) -> bool:
        """Tell whether Twilio took this message after `since` (aware), when its answer was lost.

        Raises Temporary or Permanent.
        """
        with repeatable(), _explained():
            messages = await self._client.messages.list_async(
                to=_number(address), from_=self._sender(address), limit=RECENT
            )
        return any(
            _same(message.body or "", bubble)
            and message.status not in FAILED
            and message.date_created is not None
            and message.date_created >= since - SKEW
            for message in messages
        )

    async def fetch(self, ref: str) -> Content:
        """Fetch a file by its media URL, which must be one of our own account.

        Raises Temporary or Permanent.
        """
        if not self._ours(ref):
            raise Permanent("not a media address of this account")
        return await download(self._files, ref, (self._settings.sid, self._settings.token), self._onward)

    async def acknowledge(self, tap: str) -> None:
        """Do nothing: Twilio wants no taps acknowledged."""

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()
        await self._files.aclose()

    def _sender(self, address: str) -> str:
        whatsapp = address.startswith("whatsapp:")
        number = self._settings.whatsapp_from if whatsapp else self._settings.sms_from
        if not number:
            raise Temporary(f"{'TWILIO_WHATSAPP_FROM' if whatsapp else 'TWILIO_SMS_FROM'} is missing")
        return f"whatsapp:{number}" if whatsapp else number

    def _ours(self, url: str) -> bool:
        prefix = f"{self._settings.api_url}/2010-04-01/Accounts/{self._settings.sid}/"
        return url.startswith(prefix) and bool(_MEDIA.fullmatch(url, len(prefix)))

    def _onward(self, url: httpx.URL) -> bool:
        """Tell whether a redirect stays with Twilio: on its usual port and without a name to sign in by."""
        at_twilio = url.scheme == "https" and url.port is None and url.host.endswith(CDN)
        return not url.userinfo and (at_twilio or str(url).startswith(f"{self._settings.api_url}/"))


def _content(given: tuple[str, str]) -> dict[str, str]:
    return {"content_sid": given[0], "content_variables": given[1]}


def _same(body: str, bubble: Bubble) -> bool:
    """Tell whether a message that Twilio lists is ours; by a content template, its lines stand otherwise."""
    said = " ".join(body.split())
    if bubble.template:
        return bool(bubble.template.values) and all(value in said for value in bubble.template.values)
    return said in {" ".join(text.split()) for text in (bubble.text, numbered(bubble))}


def _number(address: str) -> str:
    """Return an address as Twilio writes it: WhatsApp's keeps its scheme."""
    return address.removeprefix("sms:")


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (TwilioRestException, TwilioServiceException) as error:
        raise _failure(error.status, error.code) from None
    except TwilioException:  # for a list, the client tells no more
        raise Temporary("Twilio did not list its messages") from None
    except ValueError:  # an answer that says yes and cannot be read
        raise Uncertain("unreadable answer") from None


def _failure(status: int, code: int) -> Failure:
    """Return what a refusal means; Twilio's own words are left out, for they tell the citizen's number."""
    reason = f"Twilio answered {status}, error {code}"
    if code in GONE:
        return Blocked(reason)
    if code == WINDOW:
        return Closed(reason)
    if status >= 500 or status in FIXABLE or code in OPERATORS or code == CROWDED:  # noqa: PLR2004 - HTTP
        return Temporary(reason)
    return Permanent(reason)
