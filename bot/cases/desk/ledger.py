"""The citizen's side of the desk: what the case API does, without HTTP."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Final, Generic, TypeVar

import msgspec
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.cases.desk.database import Database, rise
from bot.cases.desk.files import SIZE_LIMIT, kind_of
from bot.cases.desk.moves import Move, locked, record
from bot.cases.desk.refusals import Conflict, Missing, TooLarge, Unreadable, Wrong
from bot.cases.desk.tables import AttachmentRow, EventRow, RatingRow, ReceiptRow, ReplyRow, ReportRow
from bot.cases.port import Report
from bot.cases.wire import Event, Fault, NewReply, NewReport, Rating, Stored

Answer = TypeVar("Answer", Report, Stored)

UNDERWAY: Final = ("in_progress", "postponed")
EVENTS_LIMIT: Final = 500


class Taken(msgspec.Struct, Generic[Answer], frozen=True):
    """The answer under an idempotency key; `again` says that it was given before."""

    answer: Answer
    again: bool


class Ledger:
    """The reports of the desk.

    With `auto` a report gets its tracking id at once, else an officer enters it later. Points in time come in as
    `now`. Calls raise a Refusal.
    """

    def __init__(self, database: Database, *, auto: bool) -> None:
        self._database = database
        self._auto = auto

    def file(self, key: str, new: NewReport, now: datetime) -> Taken[Report]:
        """File a report, once per `key`; the first answer is kept and given again.

        Raises Conflict when the key was used for another report, Wrong for an unknown attachment.
        """
        return self._once("report", key, _digest(new), Report, lambda db: self._file(db, key, new, now))

    def by_key(self, key: str) -> Report:
        """Return what became of an attempt to file; raises Missing."""
        with self._database.reading() as db:
            return _report(db.scalar(select(ReportRow).where(ReportRow.key == key)))

    def find(self, name: str) -> Report:
        """Return the report with this report id or tracking id; raises Missing."""
        with self._database.reading() as db:
            return _report(_named(db, name))

    def reply(self, name: str, key: str, new: NewReply, now: datetime) -> Taken[Report]:
        """Take a citizen's answer to a report, once per `key`.

        Raises Missing, Conflict when the key was used for another answer, Wrong for an unknown attachment.
        """
        digest = _digest([name, new])
        return self._once("reply", key, digest, Report, lambda db: _reply(db, name, new, now))

    def rate(self, name: str, rating: Rating, now: datetime) -> None:
        """Record whether the citizen calls a report solved; the last word counts. Raises Missing."""
        with self._database.writing() as db:
            row = locked(db, _report(_named(db, name)).report_id)
            db.merge(RatingRow(report_id=row.report_id, content=_json(rating), rated_at=now))
            row.heard = False

    def attach(self, key: str, data: bytes, now: datetime) -> Taken[Stored]:
        """Store a file, once per `key`.

        Raises TooLarge, Unreadable for a kind that the desk does not keep, Conflict when the key was used for
        another file.
        """
        if len(data) > SIZE_LIMIT:
            raise TooLarge
        kind = kind_of(data)
        if kind is None:
            raise Unreadable
        digest = hashlib.sha256(data).hexdigest()
        return self._once("attachment", key, digest, Stored, lambda db: _store(db, kind, data, now))

    def events(self, after: str, limit: int) -> tuple[list[Event], str]:
        """Return the events after a cursor, oldest first, and the cursor to go on from.

        A cursor that the desk never gave starts at the first event: a repeat does no harm, a gap would.
        """
        position = int(after) if after.isdecimal() and len(after) < 18 else 0  # noqa: PLR2004 - 64-bit integers
        query = select(EventRow).where(EventRow.position > position).order_by(EventRow.position)
        with self._database.reading() as db:
            rows = db.scalars(query.limit(max(0, min(limit, EVENTS_LIMIT)))).all()
        return [event_of(row) for row in rows], str(rows[-1].position if rows else position)

    def _once(
        self, kind: str, key: str, digest: str, form: type[Answer], work: Callable[[Session], Answer]
    ) -> Taken[Answer]:
        try:
            with self._database.writing() as db:
                receipt = ReceiptRow(kind=kind, key=key, digest=digest)
                db.add(receipt)
                db.flush()  # of several attempts at once, the primary key lets one through
                answer = work(db)
                receipt.answer = _json(answer)
            return Taken(answer, again=False)
        except IntegrityError:
            return self._again(kind, key, digest, form)

    def _again(self, kind: str, key: str, digest: str, form: type[Answer]) -> Taken[Answer]:
        with self._database.reading() as db:
            receipt = db.get_one(ReceiptRow, (kind, key))
        if receipt.digest != digest:
            raise Conflict
        return Taken(msgspec.json.decode(receipt.answer, type=form), again=True)

    def _file(self, db: Session, key: str, new: NewReport, now: datetime) -> Report:
        _check_attachments(db, new.attachments)
        row = ReportRow(
            report_id=str(uuid.uuid4()),
            key=key,
            content=_json(new),
            filed_at=now,
            updated_at=now,
            tracking_id=_next_tracking_id(db) if self._auto else None,
            status="submitted",
        )
        db.add(row)
        return _report(row)


def event_of(row: EventRow) -> Event:
    """Return an event as the API tells it."""
    return Event(
        row.event_id,
        row.type,
        row.report_id,
        row.status,
        row.sequence,
        row.occurred_at,
        row.tracking_id,
        row.agency,
        row.message,
        row.closes_on,
    )


def _reply(db: Session, name: str, new: NewReply, now: datetime) -> Report:
    row = locked(db, _report(_named(db, name)).report_id)
    _check_attachments(db, new.attachments)
    db.add(ReplyRow(report_id=row.report_id, content=_json(new), taken_at=now))
    row.heard = False
    row.closes_on = None
    if new.disputes_closing or row.status in UNDERWAY:
        record(db, row, Move("status_changed", status="answered_by_reporter"), now)
    return _report(row)


def _store(db: Session, kind: str, data: bytes, now: datetime) -> Stored:
    stored = Stored(str(uuid.uuid4()))
    db.add(AttachmentRow(attachment_id=stored.attachment_id, type=kind, size=len(data), data=data, stored_at=now))
    return stored


def _check_attachments(db: Session, ids: tuple[str, ...]) -> None:
    named = [each for each in ids if each.isprintable()]  # PostgreSQL refuses a zero byte with an error
    query = select(AttachmentRow.attachment_id).where(AttachmentRow.attachment_id.in_(named))
    if set(ids) - set(db.scalars(query)):
        raise Wrong(Fault("attachments", "unknown"))


def _next_tracking_id(db: Session) -> str:
    while True:  # an officer may have entered a number that is ahead of ours
        tracking_id = str(rise(db, "tracking"))
        if db.scalar(select(ReportRow.number).where(ReportRow.tracking_id == tracking_id)) is None:
            return tracking_id


def _named(db: Session, name: str) -> ReportRow | None:
    if not name.isprintable():  # PostgreSQL refuses a zero byte with an error
        return None
    return db.scalar(select(ReportRow).where(or_(ReportRow.report_id == name, ReportRow.tracking_id == name)))


def _report(row: ReportRow | None) -> Report:
    if row is None:
        raise Missing
    return Report(
        row.report_id,
        row.tracking_id,
        row.status,
        row.updated_at,
        row.agency,
        row.message,
        closes_on=row.closes_on,
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()
