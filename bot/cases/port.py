"""What the bot needs from a case backend (lapor-case-api.yaml)."""

from datetime import date, datetime
from typing import Protocol

import msgspec

from bot.channels import Content
from conversations.effects import File, Rate, Reply
from conversations.events import CaseMoved, Status


class Report(msgspec.Struct, frozen=True):
    """A report as the backend knows it."""

    report_id: str
    tracking_id: str | None
    status: Status
    updated_at: datetime
    agency: str | None = None
    message: str | None = None
    url: str | None = None
    closes_on: date | None = None


class CaseEvent(msgspec.Struct, frozen=True):
    """A CaseMoved with the id that tells repeats."""

    event_id: str
    moved: CaseMoved


class Cases(Protocol):
    """A case backend.

    Every call raises Temporary, Permanent, Rejected or Uncertain.
    """

    async def file(self, address: str, report: File) -> Report:
        """File a report, once per `report.key`."""

    async def by_key(self, key: str) -> Report | None:
        """Look up what became of an attempt to file; None if the backend never saw it."""

    async def reply(self, reply: Reply) -> None:
        """Pass on the citizen's answer, once per `reply.key`."""

    async def rate(self, rate: Rate) -> None:
        """Record whether the citizen calls the report solved."""

    async def attach(self, key: str, content: Content) -> str:
        """Store a file, once per `key`, and return its attachment id."""

    async def events(self, after: str) -> tuple[tuple[CaseEvent, ...], str]:
        """Return the events after a cursor, oldest first, and the cursor to go on from."""

    async def close(self) -> None:
        """Let go of connections."""
