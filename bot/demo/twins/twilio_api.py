"""The rules of Twilio's Messages resource that a caller can break, and its shape.

Sources: https://www.twilio.com/docs/messaging/api/message-resource, https://www.twilio.com/docs/api/errors and the
OpenAPI description that Twilio publishes (https://github.com/twilio/twilio-oai), which names the parameters.
"""

import re
import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Final, NoReturn, TypeAlias

import msgspec

LONGEST: Final = 1600  # characters of a body
WHATSAPP: Final = "whatsapp:"
VERSION: Final = "2010-04-01"
# A number, or WhatsApp's id of a citizen who shows a user name instead.
NUMBER: Final = re.compile(rf"(?:{WHATSAPP})?\+[1-9]\d{{6,14}}|{WHATSAPP}[A-Za-z]{{2}}\.[A-Za-z0-9]{{1,128}}")
PAGING: Final = frozenset(("PageSize", "Page", "PageToken"))

CREATE: Final = frozenset(
    (
        "To", "From", "Body", "MediaUrl", "StatusCallback", "ApplicationSid", "MaxPrice", "ProvideFeedback",
        "Attempt", "ValidityPeriod", "ForceDelivery", "ContentRetention", "AddressRetention", "SmartEncoded",
        "PersistentAction", "TrafficType", "ShortenUrls", "ScheduleType", "SendAt", "SendAsMms", "ContentSid",
        "ContentVariables", "RiskCheck", "FallbackFrom", "MessagingServiceSid",
    )
)  # fmt: skip
"""The parameters that a new message can have."""
LIST: Final = PAGING | {"To", "From", "DateSent", "DateSent<", "DateSent>"}

Resource: TypeAlias = dict[str, Any]


class Refusal(Exception):
    """Twilio refuses a call with this HTTP status and error code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Sent(msgspec.Struct, frozen=True):
    """What a call asks to send: a text, or the content template `content`; reports go to `callback`."""

    to: str
    sender: str
    text: str
    content: str = ""
    callback: str = ""

    @property
    def address(self) -> str:
        """Who gets it: `sms:+62…` or `whatsapp:+62…`."""
        return self.to if self.to.startswith(WHATSAPP) else f"sms:{self.to}"


def sent(form: Mapping[str, str]) -> Sent:
    """Check the form of a call.

    Raises Refusal.
    """
    known(form, CREATE)
    to, sender, text = form.get("To", ""), form.get("From", ""), form.get("Body", "")
    if not to:
        _bad(21604, "A 'To' phone number is required.")
    if not NUMBER.fullmatch(to):
        _bad(21211, f"The 'To' number {to} is not a valid phone number.")
    if not sender:
        _bad(21603, "A 'From' phone number is required.")
    if to.startswith(WHATSAPP) != sender.startswith(WHATSAPP):
        _bad(21910, "Invalid From and To pair. From and To should be of the same channel")
    callback = form.get("StatusCallback", "")
    if template := form.get("ContentSid"):
        return Sent(to, sender, form.get("ContentVariables", ""), template, callback)
    if not text:
        _bad(21602, "Message body is required.")
    if len(text) > LONGEST:
        _bad(21617, "The concatenated message body exceeds the 1600 character limit.")
    return Sent(to, sender, text, callback=callback)


def known(given: Collection[str], names: Collection[str]) -> None:
    """Refuse a call with a parameter of a name that the description does not know.

    Raises Refusal.
    """
    if strange := sorted(set(given) - set(names)):
        _bad(20001, f"Unknown parameters: {', '.join(strange)}")


def missing() -> NoReturn:
    """Refuse, for there is no such thing."""
    raise Refusal(404, 20404, "The requested resource was not found")


def _bad(code: int, message: str) -> NoReturn:
    raise Refusal(400, code, message)


def sid(kind: str) -> str:
    """Make an id of two letters and 32 hexadecimal digits."""
    return kind + secrets.token_hex(16)


def resource(account: str, what: Sent, text: str, now: datetime) -> Resource:
    """Return a new Message resource; `text` is what it says."""
    own, at = sid("SM"), format_datetime(now.astimezone(UTC))
    path = f"/{VERSION}/Accounts/{account}/Messages/{own}"
    return {
        "sid": own,
        "account_sid": account,
        "api_version": VERSION,
        "from": what.sender,
        "to": what.to,
        "body": text,
        "status": "queued",
        "direction": "outbound-api",
        "date_created": at,
        "date_updated": at,
        "date_sent": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "messaging_service_sid": None,
        "error_code": None,
        "error_message": None,
        "uri": f"{path}.json",
        "subresource_uris": {"media": f"{path}/Media.json"},
    }
