"""Reports, keys and times that the tests of the case backend share."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar

import httpx

from bot.cases.lapor import LaporCases
from bot.cases.wire import NewReport, Reporter
from bot.config import Lapor
from conversations.effects import File, Place

Result = TypeVar("Result")

ADDRESS: Final = "sms:+6281234567890"
NOON = datetime(2026, 11, 12, 5, 0, tzinfo=UTC)
TOKEN = {"Authorization": "Bearer desk-token"}
JPEG = b"\xff\xd8\xff\xe0 a photo of a hole in the road"

REPORT: dict[str, Any] = {
    "channel": "sms",
    "classification": "complaint",
    "body": "Jalan berlubang besar depan SD 2,\nmotor sering jatuh",
    "anonymous": False,
    "secret": False,
    "reporter": {"address": "sms:+6281234567890"},
    "reported_at": "2026-11-12T12:00:00+07:00",
}


def new_report(**changes: object) -> NewReport:
    """Make a report as the ledger takes it."""
    fields: dict[str, Any] = {
        "channel": "sms",
        "classification": "complaint",
        "body": "Jalan berlubang besar depan SD 2",
        "anonymous": False,
        "secret": False,
        "reporter": Reporter("sms:+6281234567890"),
        "reported_at": NOON,
    }
    return NewReport(**fields | changes)


def a_key() -> str:
    """Make an idempotency key."""
    return str(uuid.uuid4())


def a_file(key: str, **changes: object) -> File:
    """Make a report as the dialog hands it over."""
    fields: dict[str, Any] = {
        "key": key,
        "body": "Jalan berlubang besar depan SD 2",
        "title": "Jalan berlubang",
        "place": Place("Jl Kaliurang km 5, Sleman", region_code="34.04"),
        "occurred_on": date(2026, 11, 11),
        "anonymous": False,
        "secret": True,
        "language": "id",
        "attachments": (),
        "reported_at": NOON,
    }
    return File(**fields | changes)


def run(
    settings: Lapor,
    act: Callable[[LaporCases], Awaitable[Result]],
    transport: httpx.AsyncBaseTransport | None = None,
) -> Result:
    """Do something with the adapter and let go of it."""

    async def whole() -> Result:
        cases = LaporCases(settings, transport)
        try:
            return await act(cases)
        finally:
            await cases.close()

    return asyncio.run(whole())
