"""Who is signed in: a visit begins with the password and ends at sign-out, or by itself."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from bot.cases.desk.database import Database
from bot.cases.desk.tables import VisitRow

SIGNED_IN: Final = timedelta(hours=10)


class Visits:
    """The visits that last; each has a ticket, which only the officer's browser knows.

    They are kept in the database, so that a cookie that was copied is worth nothing after the sign-out.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, now: datetime) -> str:
        """Begin a visit and return its ticket; forget those that are over."""
        ticket = secrets.token_urlsafe(24)
        with self._database.writing() as db:
            db.execute(delete(VisitRow).where(VisitRow.began_at <= now - SIGNED_IN))
            db.add(VisitRow(mark=_mark(ticket), began_at=now))
        return ticket

    def lasts(self, ticket: str, now: datetime) -> bool:
        """Tell whether a visit lasts."""
        query = select(VisitRow.began_at).where(VisitRow.mark == _mark(ticket), VisitRow.began_at > now - SIGNED_IN)
        with self._database.reading() as db:
            return db.scalar(query) is not None

    def end(self, ticket: str) -> None:
        """End a visit."""
        with self._database.writing() as db:
            db.execute(delete(VisitRow).where(VisitRow.mark == _mark(ticket)))


def _mark(ticket: str) -> str:
    return hashlib.sha256(ticket.encode(errors="surrogatepass")).hexdigest()
