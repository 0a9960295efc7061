"""A case backend inside this process, for trying the dialog without a server; it forgets when the process ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.cases.desk.database import Database
from bot.cases.desk.ledger import EVENTS_LIMIT, Ledger
from bot.cases.desk.refusals import Conflict, Missing, TooLarge, Unreadable, Wrong
from bot.cases.port import CaseEvent, Report
from bot.cases.wire import Rating, case_event, new_reply, new_report
from bot.channels import Content
from bot.errors import Permanent, Rejected, Unfit
from conversations.effects import File, Rate, Reply


class LocalCases:
    """The case desk's ledger in memory; a report gets its tracking id at once. Use it from one thread."""

    def __init__(self) -> None:
        self._database = Database("sqlite://")
        self._ledger = Ledger(self._database, auto=True)

    async def file(self, address: str, report: File) -> Report:
        """File a report, once per `report.key`; what was filed under the key before is the answer.

        Raises Rejected.
        """
        with _failures():
            try:
                return self._ledger.file(report.key, new_report(address, report), datetime.now(UTC)).answer
            except Conflict:
                return self._ledger.by_key(report.key)

    async def by_key(self, key: str) -> Report | None:
        """Look up what became of an attempt to file; None if it was never seen."""
        try:
            return self._ledger.by_key(key)
        except Missing:
            return None

    async def reply(self, reply: Reply) -> None:
        """Pass on the citizen's answer, once per `reply.key`; raises Rejected."""
        try:
            with _failures():
                self._ledger.reply(reply.report_id, reply.key, new_reply(reply), datetime.now(UTC))
        except Permanent as refusal:
            raise Rejected(str(refusal)) from None

    async def rate(self, rate: Rate) -> None:
        """Record whether the citizen calls the report solved; raises Permanent."""
        with _failures():
            self._ledger.rate(rate.report_id, Rating(rate.solved, rate.stars), datetime.now(UTC))

    async def attach(self, key: str, content: Content) -> str:
        """Store a file, once per `key`, and return its attachment id; raises Permanent, Unfit."""
        with _failures():
            return self._ledger.attach(key, content.data, datetime.now(UTC)).answer.attachment_id

    async def events(self, after: str) -> tuple[tuple[CaseEvent, ...], str]:
        """Return the events after a cursor, oldest first, and the cursor to go on from."""
        found, cursor = self._ledger.events(after, EVENTS_LIMIT)
        return tuple(case_event(event) for event in found), cursor

    async def close(self) -> None:
        """Forget everything."""
        self._database.close()


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except Wrong as refusal:
        raise Rejected("refused", tuple(fault.field for fault in refusal.faults)) from None
    except TooLarge:
        raise Unfit("refused", "large") from None
    except Unreadable:
        raise Unfit("refused", "kind") from None
    except (Missing, Conflict) as refusal:
        raise Permanent(type(refusal).__name__) from None
