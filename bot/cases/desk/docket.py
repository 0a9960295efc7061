"""The officer's side of the desk: what waits, what is known of one report, and what an officer does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.cases.desk.database import Database
from bot.cases.desk.files import SUFFIXES
from bot.cases.desk.moves import Move, idle, locked, record
from bot.cases.desk.refusals import Idle, Missing, Occupied
from bot.cases.desk.tables import AttachmentRow, EventRow, RatingRow, ReplyRow, ReportRow
from bot.cases.wire import NewReply, NewReport, Rating

PAGE: Final = 25  # reports on one page of the queue


@dataclass(frozen=True, slots=True)
class Card:
    """A report in the queue: its state and what was filed."""

    state: ReportRow
    filed: NewReport


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, newest report first; `pages` is how many there are, at least one."""

    cards: tuple[Card, ...]
    page: int
    pages: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to a report: an event, or the citizen's answer or rating."""

    at: datetime
    event: EventRow | None = None
    reply: NewReply | None = None
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a report, without its content."""

    attachment_id: str
    type: str
    size: int

    @property
    def name(self) -> str:
        """The name under which an officer saves it."""
        return f"lampiran-{self.attachment_id[:8]}.{SUFFIXES[self.type]}"


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is known of one report, its history oldest first."""

    state: ReportRow
    filed: NewReport
    history: tuple[Entry, ...]
    attachments: dict[str, Attachment]


class Docket:
    """The reports as an officer works on them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self, status: str, page: int) -> Queue:
        """Return a page (from 1) of the reports of one status, or of all when it is empty."""
        query = select(ReportRow).order_by(ReportRow.number.desc())
        with self._database.reading() as db:
            counts = _counts(db)
            found = counts.get(status, 0) if status else sum(counts.values())
            pages = max(1, -(-found // PAGE))
            page = max(1, min(page, pages))
            chosen = query.where(ReportRow.status == status) if status else query
            rows = db.scalars(chosen.offset((page - 1) * PAGE).limit(PAGE)).all()
        return Queue(tuple(Card(row, _filed(row)) for row in rows), page, pages, counts)

    def dossier(self, report_id: str) -> Dossier:
        """Return all that is known of a report; raises Missing."""
        with self._database.reading() as db:
            row = db.scalar(select(ReportRow).where(ReportRow.report_id == report_id))
            if row is None:
                raise Missing
            filed, history = _filed(row), _history(db, report_id)
            named = [
                *filed.attachments,
                *(ref for entry in history if entry.reply for ref in entry.reply.attachments),
            ]
            return Dossier(row, filed, history, _attachments(db, named))

    def content(self, attachment_id: str) -> tuple[Attachment, bytes]:
        """Return a file and its bytes; raises Missing."""
        with self._database.reading() as db:
            row = db.get(AttachmentRow, attachment_id)
        if row is None:
            raise Missing
        return Attachment(row.attachment_id, row.type, row.size), row.data

    def act(self, report_id: str, move: Move, nonce: str, now: datetime) -> None:
        """Change a report; the same `nonce` (of the officer's form) changes it once.

        Raises Missing, Idle when nothing would change, Occupied when another report has the tracking id.
        """
        try:
            with self._database.writing() as db:
                row = locked(db, report_id)
                if _done(db, nonce):
                    return
                if idle(row, move):
                    raise Idle
                record(db, row, move, now, nonce)
                row.heard = True
        except IntegrityError:
            raise Occupied from None


def _done(db: Session, nonce: str) -> bool:
    return db.scalar(select(EventRow.position).where(EventRow.nonce == nonce)) is not None


def _counts(db: Session) -> dict[str, int]:
    rows = db.execute(select(ReportRow.status, func.count()).group_by(ReportRow.status))
    return {status: count for status, count in rows}  # noqa: C416 - rows are no tuples to the type checker


def _history(db: Session, report_id: str) -> tuple[Entry, ...]:
    events = db.scalars(select(EventRow).where(EventRow.report_id == report_id).order_by(EventRow.sequence))
    replies = db.scalars(select(ReplyRow).where(ReplyRow.report_id == report_id).order_by(ReplyRow.number))
    rating = db.get(RatingRow, report_id)
    entries = [
        *(Entry(row.taken_at, reply=msgspec.json.decode(row.content, type=NewReply)) for row in replies),
        *(Entry(row.occurred_at, event=row) for row in events),
    ]
    if rating:
        entries.append(Entry(rating.rated_at, rating=msgspec.json.decode(rating.content, type=Rating)))
    return tuple(sorted(entries, key=lambda entry: entry.at))


def _attachments(db: Session, ids: Sequence[str]) -> dict[str, Attachment]:
    columns = select(AttachmentRow.attachment_id, AttachmentRow.type, AttachmentRow.size)
    rows = db.execute(columns.where(AttachmentRow.attachment_id.in_(ids)))
    return {row.attachment_id: Attachment(*row) for row in rows}


def _filed(row: ReportRow) -> NewReport:
    return msgspec.json.decode(row.content, type=NewReport)
