"""A change to a report: applied and written down as an event, in one transaction."""

import uuid
from datetime import date, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cases.desk.database import rise
from bot.cases.desk.refusals import Missing
from bot.cases.desk.tables import EventRow, ReportRow
from conversations.events import CaseEventType, Status


class Move(msgspec.Struct, frozen=True):
    """What changes; what is None stays, but a new status without `closes_on` takes the date away."""

    type: CaseEventType
    status: Status | None = None
    tracking_id: str | None = None
    agency: str | None = None
    message: str | None = None
    closes_on: date | None = None


def locked(db: Session, report_id: str) -> ReportRow:
    """Return a report that nobody else changes before the transaction ends.

    Raises Missing.
    """
    row = db.scalar(select(ReportRow).where(ReportRow.report_id == report_id).with_for_update())
    if row is None:
        raise Missing
    return row


def record(db: Session, row: ReportRow, move: Move, now: datetime, nonce: str | None = None) -> None:
    """Apply a change to a locked report and write its event."""
    _apply(row, move)
    row.sequence += 1
    row.updated_at = now
    db.add(_event(row, move, now, nonce, rise(db, "events")))


def idle(row: ReportRow, move: Move) -> bool:
    """Tell whether a change leaves a report as it is and tells the citizen nothing."""
    kept = (move.status or row.status, move.tracking_id or row.tracking_id, move.closes_on or row.closes_on)
    return kept == (row.status, row.tracking_id, row.closes_on) and not move.message and move.type != "closing_soon"


def _apply(row: ReportRow, move: Move) -> None:
    row.status = move.status or row.status
    row.tracking_id = move.tracking_id or row.tracking_id
    row.agency = move.agency or row.agency
    row.message = move.message or row.message
    row.closes_on = move.closes_on if move.type == "status_changed" else move.closes_on or row.closes_on


def _event(row: ReportRow, move: Move, now: datetime, nonce: str | None, position: int) -> EventRow:
    return EventRow(
        position=position,
        event_id=str(uuid.uuid4()),
        report_id=row.report_id,
        sequence=row.sequence,
        type=move.type,
        status=row.status,
        tracking_id=row.tracking_id,
        agency=row.agency,
        message=move.message,
        closes_on=row.closes_on,
        occurred_at=now,
        nonce=nonce,
        due_at=now,
    )
