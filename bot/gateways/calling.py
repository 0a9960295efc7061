"""Making calls to a gateway out of its description and the values of one message."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

import msgspec

from bot.gateways import filling
from bot.gateways.filling import Values
from bot.gateways.shape import Asking, Parts, Probe, Send
from bot.providers import Gateway

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"


class Made(msgspec.Struct, frozen=True):
    """A call as it goes out; `auth` is a user name and a password, or nothing."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    auth: tuple[str, str] | None = None


def credentials(account: Gateway) -> dict[str, str]:
    """Return the values that are the same in every call."""
    return {
        "url": account.url,
        "username": account.username,
        "password": account.password,
        "token": account.token,
        "from": account.shortcode,
    }


def sending(send: Send, values: Values) -> Made:
    """Make the call that sends a message; `values` also say its `alphabet`, GSM-7 or UCS-2.

    Reports are asked for where there is a `report_url`, or where the description names none.
    """
    wanted = send.report if values["report_url"] or not send.report.address else Parts()
    parts = filling.merged(send, send.gsm if values["alphabet"] == "GSM-7" else send.unicode, wanted)
    return _made(send.method, send, parts, values, send.charset)


def probing(probe: Probe, values: Values) -> Made:
    """Make the call that sends nothing."""
    return _made("GET", probe, Parts(probe.query, headers=probe.headers), values)


def report_url(report: Asking, public_url: str, values: Values) -> str:
    """Return where the gateway sends its delivery reports of a message, empty where nowhere."""
    if not public_url or not report.address:
        return ""
    behind = filling.fill(report.address, values, lambda value: quote(value, "").replace("%", report.percent))
    return f"{public_url}/webhooks/sms/status{behind}"


def _made(method: str, call: Send | Probe, parts: Parts, values: Values, charset: str = "utf-8") -> Made:
    url = filling.url(call.url, values)
    if parts.query:
        url += ("&" if "?" in url else "?") + filling.form(parts.query, values, charset)
    headers = {name: filling.header(text, values) for name, text in parts.headers.items()}
    auth = (values["username"], values["password"]) if call.basic else None
    body, kind = _body(parts, values, charset)
    return Made(method, url, {"Content-Type": kind, **headers} if kind else headers, body, auth)


def _body(parts: Parts, values: Values, charset: str) -> tuple[bytes, str]:
    if parts.json:
        return filling.json(parts.json, values), JSON
    if parts.form:
        return filling.form(parts.form, values, charset).encode("ascii"), FORM
    return b"", ""
