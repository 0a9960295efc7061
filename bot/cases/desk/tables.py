"""What the desk keeps, in SQLite or PostgreSQL."""

from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import DateTime, Dialect, ForeignKey, LargeBinary, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from conversations.events import CaseEventType, Status


class Instant(TypeDecorator[datetime]):
    """A point in time, kept and read in UTC (SQLite forgets the offset)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn a point in time into UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read a point in time as UTC."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Base(DeclarativeBase):
    """The tables of the desk."""

    type_annotation_map: Final = {datetime: Instant, str: Text, Status: Text, CaseEventType: Text}


class ReportRow(Base):
    """A report: `content` is what was filed (NewReport as JSON) and never changes, the rest is its state.

    `heard` says that the officer has acted since the citizen last wrote.
    """

    __tablename__ = "reports"

    number: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    content: Mapped[str]
    filed_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    tracking_id: Mapped[str | None] = mapped_column(unique=True)
    status: Mapped[Status] = mapped_column(index=True)
    agency: Mapped[str | None]
    message: Mapped[str | None]
    closes_on: Mapped[date | None]
    sequence: Mapped[int] = mapped_column(default=0)
    heard: Mapped[bool] = mapped_column(default=True)


class ReplyRow(Base):
    """A citizen's answer (NewReply as JSON)."""

    __tablename__ = "replies"

    number: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.report_id"), index=True)
    content: Mapped[str]
    taken_at: Mapped[datetime]


class RatingRow(Base):
    """A citizen's last word on whether the report was solved (Rating as JSON)."""

    __tablename__ = "ratings"

    report_id: Mapped[str] = mapped_column(ForeignKey("reports.report_id"), primary_key=True)
    content: Mapped[str]
    rated_at: Mapped[datetime]


class AttachmentRow(Base):
    """A file; `type` is what its content says it is."""

    __tablename__ = "attachments"

    attachment_id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    size: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime]


class EventRow(Base):
    """An event and how far it got on its way to the bot.

    `position` rises in the order of commit, which makes it a cursor. `nonce` names the form that caused it.
    `due_at` is when it is sent next; None once the bot has acknowledged it. `refusal` is why it was not.
    """

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("report_id", "sequence"),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[str] = mapped_column(unique=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.report_id"))
    sequence: Mapped[int]
    type: Mapped[CaseEventType]
    status: Mapped[Status]
    tracking_id: Mapped[str | None]
    agency: Mapped[str | None]
    message: Mapped[str | None]
    closes_on: Mapped[date | None]
    occurred_at: Mapped[datetime]
    nonce: Mapped[str | None] = mapped_column(unique=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[str | None]


class VisitRow(Base):
    """An officer who is signed in; `mark` is the digest of what the browser shows."""

    __tablename__ = "visits"

    mark: Mapped[str] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]


class ReceiptRow(Base):
    """The first answer under an idempotency key, with the digest of what was asked."""

    __tablename__ = "receipts"

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")


class CounterRow(Base):
    """A number that only rises."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
