"""Reports, keys and times that the tests of the case backend share."""

import uuid
from datetime import UTC, datetime
from typing import Any

from bot.cases.wire import NewReport, Reporter

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
