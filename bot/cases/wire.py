"""The bodies of lapor-case-api.yaml, as both sides of it read and write them."""

from datetime import date, datetime
from typing import Annotated, Final, Literal, TypeAlias, cast

import msgspec
from msgspec import Meta

from bot.cases.port import CaseEvent
from conversations.channel import channel_of
from conversations.effects import File, Place, Reply
from conversations.events import CaseEventType, CaseMoved, Status

TITLE_LIMIT: Final = 150

ChannelName: TypeAlias = Literal["sms", "whatsapp", "telegram"]
Line: TypeAlias = Annotated[str, Meta(max_length=200)]
Body: TypeAlias = Annotated[str, Meta(min_length=1, max_length=8000)]
Files: TypeAlias = Annotated[tuple[Line, ...], Meta(max_length=50)]


class Reporter(msgspec.Struct, frozen=True):
    """Who reports."""

    address: Annotated[str, Meta(min_length=1, max_length=200)]
    name: Line | None = None


class Location(msgspec.Struct, frozen=True):
    """Where it happened, in words and degrees (WGS 84)."""

    text: Annotated[str, Meta(max_length=2000)] | None = None
    region_code: Line | None = None
    latitude: Annotated[float, Meta(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Meta(ge=-180, le=180)] | None = None


class NewReport(msgspec.Struct, frozen=True):
    """A report as it is filed."""

    channel: ChannelName
    classification: Literal["complaint", "aspiration", "information_request"]
    body: Body
    anonymous: bool
    secret: bool
    reporter: Reporter
    reported_at: Annotated[datetime, Meta(tz=True)]
    title: Annotated[str, Meta(max_length=TITLE_LIMIT)] | None = None
    occurred_on: date | None = None
    place: Location | None = None
    agency: Line | None = None
    category: Line | None = None
    language: Line = "id"
    attachments: Files = ()


class NewReply(msgspec.Struct, frozen=True):
    """The citizen's answer to the agency."""

    body: Body
    disputes_closing: bool = False
    attachments: Files = ()


class Rating(msgspec.Struct, frozen=True):
    """Whether the citizen calls the report solved; JSON Schema counts 3.0 as an integer number of stars."""

    solved: bool
    stars: Annotated[int, Meta(ge=1, le=5)] | Annotated[float, Meta(ge=1, le=5, multiple_of=1)] | None = None
    comment: Annotated[str, Meta(max_length=2000)] | None = None


class Stored(msgspec.Struct, frozen=True):
    """A file that was stored."""

    attachment_id: str


class Event(msgspec.Struct, frozen=True):
    """Something happened to a report."""

    event_id: str
    type: CaseEventType
    report_id: str
    status: Status
    sequence: Annotated[int, Meta(ge=1, le=2**63 - 1)]  # what MessagePack carries
    occurred_at: datetime
    tracking_id: str | None = None
    agency: str | None = None
    message: str | None = None
    closes_on: date | None = None


class EventPage(msgspec.Struct, frozen=True):
    """Events, oldest first, and the cursor to go on from."""

    events: tuple[Event, ...]
    next: str


class Category(msgspec.Struct, frozen=True):
    """A category of reports."""

    code: str
    name: str
    parent: str | None = None


class Agency(msgspec.Struct, frozen=True):
    """An agency that reports go to; `region_code` is a Kemendagri code such as 34.04."""

    code: str
    name: str
    region_code: str | None = None


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one field."""

    field: str
    code: str
    message: str = ""


class Problem(msgspec.Struct, frozen=True):
    """Why a request was refused (RFC 9457)."""

    status: int
    title: str = ""
    type: str = "about:blank"
    detail: str = ""
    errors: tuple[Fault, ...] = ()


def new_report(address: str, file: File) -> NewReport:
    """Return the report that a citizen at `address` confirmed, as the API takes it.

    Raises KeyError for an address of no known channel.
    """
    return NewReport(
        channel=cast("ChannelName", channel_of(address).name),
        classification="complaint",
        body=file.body,
        anonymous=file.anonymous,
        secret=file.secret,
        reporter=Reporter(address),
        reported_at=file.reported_at,
        title=file.title[:TITLE_LIMIT] or None,
        occurred_on=file.occurred_on,
        place=_location(file.place),
        agency=file.agency or None,
        category=file.category or None,
        language=file.language,
        attachments=file.attachments,
    )


def new_reply(reply: Reply) -> NewReply:
    """Return a citizen's answer as the API takes it."""
    return NewReply(reply.body, reply.disputes_closing, reply.attachments)


def case_event(event: Event) -> CaseEvent:
    """Return an event of the API as the dialog takes it."""
    moved = CaseMoved(
        event.type,
        event.report_id,
        event.status,
        event.sequence,
        event.tracking_id,
        event.agency,
        event.message,
        event.closes_on,
    )
    return CaseEvent(event.event_id, moved)


def _location(place: Place | None) -> Location | None:
    if place is None or place == Place():
        return None
    return Location(place.text or None, place.region_code or None, place.latitude, place.longitude)
