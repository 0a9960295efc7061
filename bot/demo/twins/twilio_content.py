"""Twilio's content templates: the Content API, and how a message by one of them looks on a phone.

Sources: https://www.twilio.com/docs/content/content-api-resources, https://www.twilio.com/docs/content/twilio-quick-reply,
https://www.twilio.com/docs/content/twilio-list-picker and https://www.twilio.com/docs/api/errors/21656.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final, NoReturn

import flask
import msgspec

from bot.demo.twins.twilio_api import PAGING, Refusal, Resource, known, missing
from conversations.bubble import Button
from conversations.channel import WHATSAPP_MENU, Menu

MENU: Final = WHATSAPP_MENU.menu or Menu(0, 0, 0)
QUICK: Final = "twilio/quick-reply"
LIST: Final = "twilio/list-picker"
TYPES: Final = frozenset(("twilio/text", QUICK, LIST))
CREATE: Final = frozenset(("friendly_name", "language", "variables", "types"))
APPROVE: Final = frozenset(("name", "category", "allow_category_change"))
VARIABLE: Final = re.compile(r"\{\{(\w+)\}\}")
AMISS: Final = re.compile(r"[\n\t\r]| {5}")
"""What no value in a body may hold."""
WIDE: Final = 20
"""Characters of the button that opens a list."""


class Shown(msgspec.Struct, frozen=True):
    """What a message by a content template shows; `opener` is the button of a list."""

    text: str
    buttons: tuple[Button, ...] = ()
    opener: str = ""

    @property
    def fits(self) -> bool:
        """Tell whether WhatsApp takes it: its lengths, and each label another."""
        labels = [button.label for button in self.buttons]
        if self.opener:
            short = len(labels) <= MENU.rows and all(len(label) <= MENU.row for label in labels)
            short = short and len(self.opener) <= WIDE
        else:
            short = len(labels) <= MENU.buttons and all(len(label) <= MENU.button for label in labels)
        return short and len(self.text) <= MENU.body and len(set(labels)) == len(labels)


class Library:
    """The content templates of one account at `url`; WhatsApp's answer to what is submitted is `verdict`."""

    def __init__(self, account: str, url: str) -> None:
        self._account = account
        self._url = url
        self._contents: dict[str, Resource] = {}
        self._approvals: dict[str, Resource] = {}
        self.verdict, self.reason = "approved", ""

    def routes(self, blueprint: flask.Blueprint) -> None:
        """Add the calls of the Content API."""
        own = "/v1/Content/<name>"
        blueprint.post("/v1/Content", endpoint="make_content")(self._create)
        blueprint.get("/v1/Content", endpoint="contents")(self._list)
        blueprint.get("/v1/ContentAndApprovals", endpoint="contents_approved")(self._list_approvals)
        blueprint.get(own, endpoint="content")(self._fetch)
        blueprint.get(f"{own}/ApprovalRequests", endpoint="approval")(self._approval)
        blueprint.post(f"{own}/ApprovalRequests/whatsapp", endpoint="submit")(self._submit)

    def approved(self, name: str) -> bool:
        """Tell whether a content template may begin a conversation."""
        return self._approvals.get(name, {}).get("status") == "approved"

    def judge(self, verdict: str, reason: str = "") -> None:
        """Give WhatsApp's answer to all that was submitted, and to what will be."""
        self.verdict, self.reason = verdict, reason
        for approval in self._approvals.values():
            approval |= {"status": verdict, "rejection_reason": reason}

    def shown(self, name: str, variables: str) -> Shown:
        """Fill a content template; raises Refusal where there is none, or a value is of the wrong kind."""
        content = self._contents.get(name) or _bad(21655, "The ContentSid is Invalid")
        ((kind, parts),) = content["types"].items()
        values = {**content["variables"], **_values(variables)}
        body = parts["body"]
        if any(AMISS.search(values.get(each, "")) for each in VARIABLE.findall(body)):
            _bad(21656, "The Content Variables parameter is invalid.")

        def filled(text: str) -> str:
            return VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)

        if kind == LIST:
            rows = tuple(Button(filled(each["item"]), filled(each["id"])) for each in parts["items"])
            return Shown(filled(body), rows, filled(parts["button"]))
        taps = tuple(Button(filled(each["title"]), filled(each["id"])) for each in parts.get("actions", ()))
        return Shown(filled(body), taps)

    def _create(self) -> tuple[Resource, int]:
        given = flask.request.get_json(silent=True) or {}
        known(given, CREATE)
        types = given.get("types") or {}
        if not given.get("language") or not types or not types.keys() <= TYPES:
            _bad(20001, "Invalid content")
        own, now = self._sid(given.get("friendly_name", "")), f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        at = f"{self._url}/v1/Content/{own}"
        links = {"approval_create": f"{at}/ApprovalRequests/whatsapp", "approval_fetch": f"{at}/ApprovalRequests"}
        self._contents[own] = {
            "sid": own,
            "account_sid": self._account,
            "friendly_name": given.get("friendly_name"),
            "language": given["language"],
            "variables": given.get("variables") or {},
            "types": types,
            "url": at,
            "date_created": now,
            "date_updated": now,
            "links": links,
        }
        return self._contents[own], 201

    def _sid(self, name: str) -> str:
        """Return an id that a name has again after a restart, so that a file of ids still holds."""
        same = sum(each["friendly_name"] == name for each in self._contents.values())
        return "HX" + blake2b(f"{name}/{same}".encode(), digest_size=16).hexdigest()

    def _list(self) -> Resource:
        return self._page("Content", list(self._contents.values()))

    def _list_approvals(self) -> Resource:
        bare = ("url", "links")
        listed = [
            {name: value for name, value in each.items() if name not in bare}
            | {"approval_requests": self._approvals.get(each["sid"])}
            for each in self._contents.values()
        ]
        return self._page("ContentAndApprovals", listed)

    def _page(self, path: str, every: list[Resource]) -> Resource:
        asked = flask.request.args
        known(asked, PAGING)
        size, number = int(asked.get("PageSize", "50")), int(asked.get("Page", "0"))
        some = every[number * size : (number + 1) * size]

        def address(page: int) -> str:
            return f"{self._url}/v1/{path}?PageSize={size}&Page={page}"

        return {
            "contents": some,
            "meta": {
                "page": number,
                "page_size": size,
                "first_page_url": address(0),
                "previous_page_url": address(number - 1) if number else None,
                "url": address(number),
                "next_page_url": address(number + 1) if (number + 1) * size < len(every) else None,
                "key": "contents",
            },
        }

    def _fetch(self, name: str) -> Resource:
        return self._contents.get(name) or missing()

    def _approval(self, name: str) -> Resource:
        at = f"{self._fetch(name)['url']}/ApprovalRequests"
        found = self._approvals.get(name)
        told = {**found, "type": "whatsapp"} if found else None
        return {"sid": name, "account_sid": self._account, "whatsapp": told, "url": at}

    def _submit(self, name: str) -> tuple[Resource, int]:
        given, (kind,) = flask.request.get_json(silent=True) or {}, self._fetch(name)["types"]
        known(given, APPROVE)
        if kind == LIST or not re.fullmatch("[a-z0-9_]{1,512}", given.get("name", "")):
            _bad(20001, "Invalid approval request")
        self._approvals[name] = {
            "name": given["name"],
            "category": given.get("category", ""),
            "content_type": kind,
            "status": self.verdict,
            "rejection_reason": self.reason,
            "allow_category_change": given.get("allow_category_change", True),
        }
        return self._approvals[name], 201


def _values(variables: str) -> Mapping[str, str]:
    try:
        values: Any = json.loads(variables or "{}")
    except ValueError:
        values = None
    if not isinstance(values, dict) or not all(isinstance(each, str) and each.strip() for each in values.values()):
        _bad(21656, "The Content Variables parameter is invalid.")
    return values


def _bad(code: int, message: str) -> NoReturn:
    raise Refusal(400, code, message)
