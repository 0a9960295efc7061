"""What must be done: all that can leave the dialog, carried out after the session is stored."""

from datetime import date, datetime
from typing import Literal, TypeAlias

import msgspec

Asking: TypeAlias = Literal["", "place", "number"]
"""What a text asks the phone itself for: the place where it is, or its owner's number."""


class Say(msgspec.Struct, frozen=True, tag=True):
    """Tell the citizen the text `section.text` of the script, with `values` in its placeholders.

    `options` are the names of the choices, in the order shown; an option's label is the script's, or the value
    of the same name. Several in one step become one message where they fit; a `minor` one is left out where
    it does not. `push` marks what does not answer a message of the citizen's. `request` lets a phone that can do it
    answer with one tap.
    """

    section: str
    text: str = "ask"
    values: dict[str, str] = {}
    options: tuple[str, ...] = ()
    minor: bool = False
    push: bool = False
    request: Asking = ""


class Place(msgspec.Struct, frozen=True, omit_defaults=True, array_like=True):
    """Where it happened, as the citizen said it, with what is known of the point."""

    text: str = ""
    latitude: float | None = None
    longitude: float | None = None
    region_code: str = ""


class File(msgspec.Struct, frozen=True, tag=True):
    """File the report at the backend; `key` is the submission id, the same in every attempt.

    `category` is a code of the backend's, `agency` what the citizen named; both empty where nothing is known.
    """

    key: str
    body: str
    title: str
    place: Place | None
    occurred_on: date | None
    anonymous: bool
    secret: bool
    language: str
    attachments: tuple[str, ...]
    reported_at: datetime
    category: str = ""
    agency: str = ""


class Attach(msgspec.Struct, frozen=True, tag=True):
    """Fetch a file from the channel and store it at the backend, once per `key`."""

    key: str
    ref: str
    kind: str
    content_type: str = ""


class Reply(msgspec.Struct, frozen=True, tag=True):
    """Pass the citizen's answer on to the agency, once per `key`."""

    key: str
    report_id: str
    body: str
    disputes_closing: bool = False
    attachments: tuple[str, ...] = ()


class Rate(msgspec.Struct, frozen=True, tag=True):
    """Record whether the citizen calls the report solved; `stars` (1-5) only if given."""

    report_id: str
    solved: bool
    stars: int | None = None


class Remind(msgspec.Struct, frozen=True, tag=True):
    """Wake the dialog with `Lapsed(due)` at `due` (unix milliseconds); 0 takes the deadline away."""

    due: int


class Forget(msgspec.Struct, frozen=True, tag=True):
    """Erase what is kept of the citizen, the mapping of `report_ids` included.

    `kept` are the submission ids of confirmed reports still on their way: they and their files are sent all
    the same.
    """

    report_ids: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


class Offer(msgspec.Struct, frozen=True, tag=True):
    """Let whoever tells `code` first, until then (unix milliseconds), follow the report `key` of this citizen.

    `mark` tells this offer from the one that it takes the place of.
    """

    code: str
    key: str
    mark: str
    until: int


class Follow(msgspec.Struct, frozen=True, tag=True):
    """Follow the report that `code` lets follow; what came of it is told as `Followed(key)`."""

    key: str
    code: str


class Find(msgspec.Struct, frozen=True, tag=True):
    """Follow every report made with `phone` (E.164), or with this phone's own number where it is empty."""

    key: str
    phone: str = ""


class Unfollow(msgspec.Struct, frozen=True, tag=True):
    """Tell this phone no more news of these reports, which are another's."""

    report_ids: tuple[str, ...]


class Expel(msgspec.Struct, frozen=True, tag=True):
    """Let nobody follow these reports of this citizen's any more."""

    report_ids: tuple[str, ...]


Effect: TypeAlias = Say | File | Attach | Reply | Rate | Remind | Forget | Offer | Follow | Find | Unfollow | Expel

Privacy: TypeAlias = Literal["", "open", "anonymous", "secret", "both"]
