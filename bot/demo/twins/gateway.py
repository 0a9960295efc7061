"""Plays an operator's SMS gateway as Kannel is one: sendsms on one side, phones on the other.

Source: the sendsms and get-url parts of Kannel's user guide; the answers are those of its smsbox.
"""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

import flask
import httpx
from smsutil import is_valid_gsm

from bot.demo.twins.screens import Entry
from bot.demo.twins.twin import Twin, World
from bot.providers import Gateway

DELIVERED = 1  # in dlr-mask and in place of %d


class GatewayTwin(Twin):
    """A gateway of one short code; addresses are `sms:+62…`."""

    def __init__(self, world: World, webhook: str, account: Gateway) -> None:
        super().__init__(world, webhook)
        self._account = account
        self.blueprint = flask.Blueprint("gateway", __name__)
        self.blueprint.add_url_rule("/cgi-bin/sendsms", view_func=self._sendsms, methods=["GET", "POST"])

    def request(self, entry: Entry) -> httpx.Request:
        """Return the get-url with the message that a phone sent."""
        query = {
            "from": entry.address.removeprefix("sms:"),
            "to": self._account.shortcode,
            "text": entry.text,
            "id": str(uuid.uuid4()),
            "time": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"),
            "secret": self._account.secret,
        }
        return httpx.Request("GET", self.webhook, params=query)

    def take(self, entry: Entry, response: httpx.Response) -> None:
        """Show the body of the response, as Kannel does unless told otherwise; the bot's is empty."""
        if response.text:
            self.world.screens.show(entry.address, text=response.text)

    def _sendsms(self) -> tuple[str, int]:
        asked = flask.request.values
        if (asked.get("username"), asked.get("password")) != (self._account.username, self._account.password):
            return "Authorization failed for sendsms", 403
        if not asked.get("to"):
            return "Missing receiver number, rejected", 400
        address = f"sms:+{asked['to'].removeprefix('+')}"
        self.world.screens.show(address, text=_on_air(asked.get("text", ""), asked.get("coding", "")))
        self._report(address, asked)
        return "0: Accepted for delivery", 202

    def _report(self, address: str, asked: Mapping[str, str]) -> None:
        """Tell the caller that the message was delivered, where it wants to know."""
        mask = asked.get("dlr-mask", "")
        if "dlr-url" in asked and mask.isdecimal() and int(mask) & DELIVERED:
            parts = asked["dlr-url"].split("%%")  # a % that is none of Kannel's own escapes
            url = "%".join(part.replace("%d", str(DELIVERED)) for part in parts)
            self.world.courier.carry(f"{address} reports", httpx.Request("GET", url), lambda _: None)


def _on_air(text: str, coding: str) -> str:
    """Return what arrives: without `coding=2` the gateway turns what GSM-7 lacks into question marks."""
    return text if coding == "2" else "".join(letter if is_valid_gsm(letter) else "?" for letter in text)
