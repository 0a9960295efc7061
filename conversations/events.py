"""What happened: all that can enter the dialog, from any side."""

from datetime import date
from typing import Literal, TypeAlias

import msgspec

Status: TypeAlias = Literal[
    "submitted",
    "verified",
    "in_progress",
    "answered_by_reporter",
    "postponed",
    "out_of_authority",
    "archived",
    "closed",
]

MediaKind: TypeAlias = Literal["photo", "document", "video", "voice", "sticker", "contact", "other", "edited"]

Why: TypeAlias = Literal["", "large", "kind", "heic", "broken", "gone"]
"""Why a file cannot be taken: too large, of a kind not taken, a picture that few can open, broken, or gone where it
was; empty where the backend alone knows."""

CaseEventType: TypeAlias = Literal[
    "tracking_id_assigned", "status_changed", "agency_message", "agency_question", "closing_soon"
]


class Said(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """The citizen wrote `text`; empty where a message carried none.

    `command` says that the phone marked it as a command, as Telegram's do: /status.
    """

    text: str
    command: bool = False


class Tapped(msgspec.Struct, frozen=True, tag=True):
    """The citizen tapped a button; `data` is what the button carried."""

    data: str


class SharedPlace(msgspec.Struct, frozen=True, tag=True):
    """The citizen shared a point on the map, in degrees (WGS 84), with its name where the phone gave one."""

    latitude: float
    longitude: float
    name: str = ""


class SentMedia(msgspec.Struct, frozen=True, tag=True):
    """The citizen sent something that is not text.

    `edited` is a message sent before that was changed. `ref` is what the channel needs to fetch it (a Telegram
    file_id, a Twilio media URL); `group` tells the pictures of one album, which arrive one by one.
    """

    kind: MediaKind
    ref: str = ""
    content_type: str = ""
    caption: str = ""
    group: str = ""


class Lapsed(msgspec.Struct, frozen=True, tag=True):
    """The deadline that was set for `due` (unix milliseconds) has come."""

    due: int


class Filed(msgspec.Struct, frozen=True, tag=True):
    """The backend took the report with submission id `key`; without a tracking id, that comes later."""

    key: str
    report_id: str
    tracking_id: str | None = None
    status: Status = "submitted"


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The backend will never take what was sent under `key`; `fields` names what it found wrong."""

    key: str
    fields: tuple[str, ...] = ()


class Attached(msgspec.Struct, frozen=True, tag=True):
    """The backend stored the file sent under `key` as `attachment_id`; empty when it cannot be taken, and `why`."""

    key: str
    attachment_id: str = ""
    why: Why = ""


class Delayed(msgspec.Struct, frozen=True, tag=True):
    """The file sent under `key` has been on its way to the backend for long, and is tried again."""

    key: str


class ReplyRefused(msgspec.Struct, frozen=True, tag=True):
    """The backend will never take this answer of the citizen's to the agency, nor its files."""

    report_id: str
    body: str
    attachments: tuple[str, ...] = ()


Outcome: TypeAlias = Filed | Refused | Attached | Delayed | ReplyRefused


class CaseMoved(msgspec.Struct, frozen=True, tag=True, rename={"type": "event"}):
    """Something happened to a report at the backend; the fields of `Event` in lapor-case-api.yaml."""

    type: CaseEventType
    report_id: str
    status: Status
    sequence: int
    tracking_id: str | None = None
    agency: str | None = None
    message: str | None = None
    closes_on: date | None = None


class Withheld(msgspec.Struct, frozen=True, tag=True):
    """A message could not be sent, for the channel's window is closed; its text is owed to the citizen."""

    text: str


class SharedNumber(msgspec.Struct, frozen=True, tag=True):
    """The citizen shared the number (E.164) that the channel knows to be the phone's own."""

    phone: str


class Standing(msgspec.Struct, frozen=True):
    """How a report stands, as far as whoever follows it is told."""

    report_id: str
    tracking_id: str
    status: Status
    sequence: int
    agency: str = ""
    message: str = ""
    closes_on: date | None = None


class Followed(msgspec.Struct, frozen=True, tag=True):
    """What came of the wish `key` to follow: these reports, none where the code or number leads to none."""

    key: str
    by: Literal["code", "number"]
    reports: tuple[Standing, ...] = ()


class Watched(msgspec.Struct, frozen=True, tag=True):
    """Another phone follows these reports of the citizen's; `by` tells it from others and says no more."""

    report_ids: tuple[str, ...]
    by: str


class Unwatched(msgspec.Struct, frozen=True, tag=True):
    """The phone `by` follows these reports of the citizen's no longer."""

    report_ids: tuple[str, ...]
    by: str


class Parted(msgspec.Struct, frozen=True, tag=True):
    """Who made a report lets nobody follow it any more."""

    report_id: str


class Left(msgspec.Struct, frozen=True, tag=True):
    """The citizen blocked us or opted out of messages."""


Heard: TypeAlias = Said | Tapped | SharedPlace | SharedNumber | SentMedia
"""What the citizen does."""

Shared: TypeAlias = Followed | Watched | Unwatched | Parted
"""What comes of following a report."""

Happening: TypeAlias = Lapsed | Outcome | CaseMoved | Withheld | Shared | Left
"""What happens elsewhere."""

Event: TypeAlias = Heard | Happening
