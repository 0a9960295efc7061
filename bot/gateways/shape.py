"""What a file that describes a gateway holds, section by section; docs/channels/sms.md explains it to operators."""

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import msgspec

Alphabet: TypeAlias = Literal["gsm-7", "us-ascii", "iso-8859-1", "utf-8", "utf-16-be"]
Fate: TypeAlias = Literal["delivered", "failed", "rejected", "buffered", "accepted", "sent"]

PLAIN: Final = "text/plain; charset=utf-8"
NONE: Final[Mapping[str, Any]] = {}


class Parts(msgspec.Struct, frozen=True):
    """What a call carries; texts in it may name values, such as {to}. `json` is a whole body, or part of one."""

    query: Mapping[str, str] = NONE
    form: Mapping[str, str] = NONE
    json: Mapping[str, Any] = NONE
    headers: Mapping[str, str] = NONE


class Asking(Parts, frozen=True):
    """What is added where delivery reports are wanted: the address for them is {report_url}.

    `address` is what stands behind that of our route; a percent sign in a value of it is written as `percent`.
    """

    address: str = ""
    percent: str = "%"


class Send(Parts, frozen=True):
    """A call that sends a message; `gsm` or `unicode` is added by the text's alphabet, `report` where it is wanted.

    `basic` signs in with user name and password. `once` says that the gateway takes the same {id} one time only,
    however often it is asked.
    """

    url: str = "{url}"
    method: Literal["GET", "POST", "PUT"] = "POST"
    basic: bool = False
    charset: Literal["utf-8", "iso-8859-1"] = "utf-8"
    once: bool = False
    gsm: Parts = Parts()
    unicode: Parts = Parts()
    report: Asking = Asking()


class Probe(msgspec.Struct, frozen=True):
    """An address to get that shows whether the gateway is there and knows us; `well` are statuses that say so."""

    url: str = "{url}"
    query: Mapping[str, str] = NONE
    headers: Mapping[str, str] = NONE
    basic: bool = False
    well: tuple[int, ...] = ()


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an answer must be: all that is said holds; where no status is said, any 2xx.

    `status` is one of these; `body` is a regular expression found in it; what stands at the path `json` is one of
    `equals`, anything where that is empty.
    """

    status: tuple[int, ...] = ()
    body: str = ""
    json: str = ""
    equals: tuple[str, ...] = ()


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where something stands in an answer: the group of the expression `body`, or what is at the path `json`."""

    body: str = ""
    json: str = ""


class Answer(msgspec.Struct, frozen=True):
    """What an answer means: taken, to be tried again, or refused for good; and the gateway's id of the message.

    They are looked at in this order. What else is no 2xx means what its status means in HTTP; of any other 2xx
    nobody knows whether the message was taken.
    """

    accepted: Rule = Rule()
    later: tuple[Rule, ...] = ()
    refused: tuple[Rule, ...] = ()
    id: Where = Where()


class Hex(msgspec.Struct, frozen=True):
    """A text in hexadecimal digits: in `field`, in the alphabet that the value of `coding` stands for."""

    field: str = ""
    coding: str = ""
    alphabets: Mapping[str, Alphabet] = NONE


class Call(msgspec.Struct, frozen=True):
    """How the gateway calls us: where our secret stands, where the fields stand, and what it wants to hear.

    `secret` is `field:NAME`, `header:NAME`, `bearer` or `basic` (its password). With the body `json`, names of
    fields are paths, and `each` is the path of a list of messages in one call.
    """

    secret: str = "field:secret"  # noqa: S105 - says where it is
    body: Literal["form", "json"] = "form"
    each: str = ""
    id: str = ""
    answer: str = ""
    answer_type: str = PLAIN


class Message(Call, frozen=True, rename={"sender": "from"}):
    """A message of a citizen's: the names of its fields."""

    sender: str = ""
    text: str = ""
    hex: Hex | None = None


class Report(Call, frozen=True):
    """A delivery report: the names of its fields, and what the values of `status` mean.

    `id` is the field with our own id of the message, `provider_id` that with the gateway's, where it tells no
    other.
    """

    provider_id: str = ""
    status: str = ""
    means: Mapping[str, Fate] = NONE


class Format(msgspec.Struct, frozen=True):
    """One gateway."""

    send: Send = Send()
    answer: Answer = Answer()
    message: Message = Message()
    report: Report = Report()
    probe: Probe = Probe()
