"""An SMS gateway, outbound, as the file of its format describes it."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Final

import httpx

from bot.channels import Content
from bot.channels.http import PATIENCE, connect, failure, refusal, repeatable
from bot.errors import Permanent, Temporary, Uncertain
from bot.gateways import calling
from bot.gateways.finding import found, holds
from bot.providers import Gateway
from conversations import sms
from conversations.bubble import Bubble

ID_LIMIT: Final = 128  # characters of a gateway's id of a message
BODY_LIMIT: Final = 16 * 1024  # bytes of an answer that are looked at
LONGEST_WAIT: Final = 3600.0  # seconds that a gateway may ask us to wait


class GatewaySender:
    """Sends SMS through a gateway; delivery reports go to `public_url`, none if it is empty."""

    def __init__(self, settings: Gateway, public_url: str, patience: float = PATIENCE) -> None:
        self._settings = settings
        self._public_url = public_url
        self._http = connect(patience)

    async def send(self, address: str, bubble: Bubble, outbox_id: str) -> str:
        """Send a text and return the gateway's id of it, empty where it tells none.

        Raises Temporary, Permanent or Uncertain; none of them tells the address, which may hold the password.
        """
        made = calling.sending(self._settings.format.send, self._values(address, bubble.text, outbox_id))
        with self._asking():
            try:
                response = await self._http.request(
                    made.method, made.url, headers=made.headers, content=made.body or None, auth=made.auth
                )
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise failure(error) from None
            return self._heard(response)

    async def sent(self, _address: str, _bubble: Bubble, _since: datetime) -> bool:
        """Tell nothing: the provider keeps no list to look in."""
        return False

    async def fetch(self, ref: str) -> Content:  # noqa: ARG002 - SMS carry no files
        """Raise Permanent: SMS carry no files."""
        raise Permanent("SMS carry no files")

    async def acknowledge(self, tap: str) -> None:
        """Do nothing: SMS have no buttons."""

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()

    def _asking(self) -> AbstractContextManager[None]:
        """Let a lost answer be asked for again, where the gateway takes a message of one id only once."""
        return repeatable() if self._settings.format.send.once else nullcontext()

    def _heard(self, response: httpx.Response) -> str:
        """Return the id in an answer that says yes; raise what any other means."""
        answer, status, body = self._settings.format.answer, response.status_code, response.content[:BODY_LIMIT]
        if holds(answer.accepted, status, body):
            named = found(answer.id, body)
            return named if named.isprintable() and len(named) <= ID_LIMIT and " " not in named else ""
        if any(holds(rule, status, body) for rule in answer.later):
            raise Temporary(f"gateway answered {status}, not now", _wait(response))
        if any(holds(rule, status, body) for rule in answer.refused):
            raise Permanent(f"gateway answered {status}, refused")
        if response.is_success:
            raise Uncertain("unreadable answer")
        error = refusal("gateway", status)
        raise Temporary(str(error), _wait(response)) if isinstance(error, Temporary) else error

    def _values(self, address: str, text: str, outbox_id: str) -> dict[str, str]:
        ours, number = self._settings, address.removeprefix("sms:")
        return {
            **calling.credentials(ours),
            "to": number,
            "digits": number.removeprefix("+"),
            "id": outbox_id,
            "text": text,
            "text_hex": text.encode("utf-16-be").hex(),
            "alphabet": sms.segments(text).encoding,
            "report_url": calling.report_url(
                ours.format.send.report, self._public_url, {"secret": ours.secret, "id": outbox_id}
            ),
        }


def _wait(response: httpx.Response) -> float:
    """Return the seconds that an answer asks us to wait (Retry-After, as a number)."""
    asked = response.headers.get("retry-after", "")
    return min(float(asked), LONGEST_WAIT) if asked.isascii() and asked.isdecimal() else 0.0
