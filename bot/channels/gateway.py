"""An SMS gateway (Kannel 1.4), outbound: its sendsms interface."""

from datetime import datetime
from typing import Final
from urllib.parse import quote

import httpx

from bot.channels import Content
from bot.channels.http import FIXABLE, PATIENCE, connect, failure, refusal
from bot.config import Gateway
from bot.errors import Permanent
from conversations import sms
from conversations.bubble import Bubble

FINAL: Final = "19"  # the delivery reports asked for: 1 delivered, 2 failed, 16 rejected by the network
UCS2: Final = "2"
ASTRAY: Final = FIXABLE | {404, 405}  # a wrong SMS_GATEWAY_URL is put right too


class GatewaySender:
    """Sends SMS through the gateway's sendsms address.

    `public_url` is where the delivery reports go, none if it is empty. Kannel takes sendsms by GET only.
    """

    def __init__(self, settings: Gateway, public_url: str, patience: float = PATIENCE) -> None:
        self._settings = settings
        self._public_url = public_url
        self._http = connect(patience)

    async def send(self, address: str, bubble: Bubble, outbox_id: str) -> str:
        """Send a text; Kannel tells no id of it.

        Raises Temporary, Permanent or Uncertain; none of them tells the URL, which holds the password.
        """
        fields = self._fields(address, bubble.text) | self._report(outbox_id)
        try:
            response = await self._http.get(self._settings.url, params=fields)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise failure(error) from None
        if not response.is_success:
            raise refusal("gateway", response.status_code, ASTRAY)
        return ""

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

    def _fields(self, address: str, text: str) -> dict[str, str]:
        fields = {
            "username": self._settings.username,
            "password": self._settings.password,
            "from": self._settings.shortcode,
            "to": address.removeprefix("sms:"),
            "text": text,
            "charset": "UTF-8",
        }
        # Without it Kannel turns every character outside GSM-7 into a question mark.
        return fields if sms.segments(text).encoding == "GSM-7" else fields | {"coding": UCS2}

    def _report(self, outbox_id: str) -> dict[str, str]:
        if not self._public_url:
            return {}
        # Kannel fills in its own % escapes, here the status; a % of ours must stand twice.
        query = f"secret={quote(self._settings.secret, '')}&id={quote(outbox_id, '')}".replace("%", "%%")
        return {"dlr-mask": FINAL, "dlr-url": f"{self._public_url}/webhooks/sms/status?{query}&type=%d"}
