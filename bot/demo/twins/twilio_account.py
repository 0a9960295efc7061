"""Twilio's account, its numbers and its lists, as its OpenAPI description has them.

Source: https://github.com/twilio/twilio-oai, spec/json/twilio_api_v2010.json.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from bot.demo.twins.twilio_api import PAGING, VERSION, Resource

PAGE: Final = 50  # resources on a page that names no size
LARGEST: Final = 1000
NUMBERS: Final = PAGING | {"Beta", "FriendlyName", "PhoneNumber", "Origin"}
"""The parameters of a list of numbers."""
SINCE: Final = "Tue, 24 Nov 2026 00:00:00 +0000"
ABSENT: Final = (
    "address_sid", "identity_sid", "bundle_sid", "trunk_sid", "emergency_status", "emergency_address_sid",
    "emergency_address_status", "voice_url", "voice_method", "voice_fallback_url", "voice_fallback_method",
    "voice_application_sid", "voice_caller_id_lookup", "voice_receive_mode",
)  # fmt: skip
"""What a number that takes SMS only has nothing of."""


def page(name: str, found: Sequence[Resource], url: str, asked: Mapping[str, str]) -> Resource:
    """Return the page of a list that the query `asked` names; `url` is the list's address without one."""
    size = min(_whole(asked.get("PageSize", ""), PAGE), LARGEST)
    number = _whole(asked.get("Page", ""), 0)
    start = number * size
    shown = found[start : start + size]

    def uri(other: int) -> str:
        return f"{url}?{urlencode({**asked, 'PageSize': size, 'Page': other})}"

    return {
        name: list(shown),
        "start": start,
        "end": start + max(len(shown) - 1, 0),
        "page": number,
        "page_size": size,
        "uri": uri(number),
        "first_page_uri": uri(0),
        "previous_page_uri": uri(number - 1) if number else None,
        "next_page_uri": uri(number + 1) if len(found) > start + size else None,
    }


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() else otherwise


def account(own: str) -> Resource:
    """Return the Account resource.

    Source: https://www.twilio.com/docs/iam/api/account.
    """
    return {
        "sid": own,
        "owner_account_sid": own,
        "friendly_name": "LAPOR!",
        "status": "active",
        "type": "Full",
        "auth_token": None,
        "date_created": SINCE,
        "date_updated": SINCE,
        "uri": f"/{VERSION}/Accounts/{own}.json",
        "subresource_uris": {"messages": f"/{VERSION}/Accounts/{own}/Messages.json"},
    }


def number(account: str, phone: str, webhook: str) -> Resource:
    """Return the IncomingPhoneNumber resource of a number whose messages go to a webhook, with more tries than one.

    Source: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource.
    """
    url, own = f"{webhook}#rc=2&rp=all&ct=2000&rt=4000", f"PN{account[2:]}"
    return {
        **dict.fromkeys(ABSENT),
        "sid": own,
        "account_sid": account,
        "api_version": VERSION,
        "uri": f"/{VERSION}/Accounts/{account}/IncomingPhoneNumbers/{own}.json",
        "phone_number": phone,
        "friendly_name": phone,
        "origin": "twilio",
        "status": "in-use",
        "type": "mobile",
        "date_created": SINCE,
        "date_updated": SINCE,
        "address_requirements": "none",
        "beta": False,
        "capabilities": {"sms": True, "mms": False, "voice": False, "fax": False},
        "sms_url": url,
        "sms_method": "POST",
        "sms_fallback_url": url,
        "sms_fallback_method": "POST",
        "sms_application_sid": "",
        "status_callback": "",
        "status_callback_method": "POST",
    }
