"""Telling the bot what happened to reports: every event, signed, until it is acknowledged."""

import hashlib
import hmac
import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

import httpx
import msgspec
import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import aliased

from bot.cases.desk.database import Database
from bot.cases.desk.ledger import event_of
from bot.cases.desk.tables import EventRow
from bot.config import Desk

PAUSE: Final = 0.3  # seconds between looks at the table
BATCH: Final = 20  # few enough that the last is signed within the 300 seconds that the bot allows
LONGEST: Final = 300.0  # seconds between two attempts
HOPELESS: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
TIMEOUT: Final = httpx.Timeout(10.0, connect=3.0)

log = structlog.get_logger()


def signature(secret: str, body: bytes, now: datetime) -> str:
    """Return the X-Lapor-Signature of a body (lapor-case-api.yaml)."""
    stamp = int(now.timestamp())
    mac = hmac.new(secret.encode(), b"%d." % stamp + body, hashlib.sha256)
    return f"t={stamp},v1={mac.hexdigest()}"


class Outgoing:
    """Sends events to the bot, those of one report in their order.

    `chance` returns a number from 0 to 1 that spreads the retries.
    """

    def __init__(
        self,
        database: Database,
        settings: Desk,
        transport: httpx.BaseTransport | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._url = settings.events_url
        self._secret = settings.webhook_secret.partition(",")[0].strip()  # the newest
        self._chance = chance
        self._client = httpx.Client(timeout=TIMEOUT, transport=transport, follow_redirects=False)

    def deliver(self, now: datetime) -> int:
        """Send what is due and return how many events the bot acknowledged; stop when nobody answers.

        Raises sqlalchemy.exc.SQLAlchemyError when the table cannot be reached.
        """
        acknowledged = 0
        for row in self._due(now):
            refusal = self._send(row, now)
            self._settle(row, refusal, now)
            acknowledged += refusal is None
            if refusal and not refusal.isdecimal():
                break
        return acknowledged

    def run(self) -> None:
        """Deliver for as long as the process lives; without a secret or an address nothing is ever sent."""
        if not (self._secret and self._url):
            log.warning("desk.events_off", needs="LAPOR_WEBHOOK_SECRET and DESK_EVENTS_URL")
            return
        while True:
            time.sleep(PAUSE)
            try:
                self.deliver(datetime.now(UTC))
            except SQLAlchemyError as error:
                log.warning("desk.events_unreachable", error=type(error).__name__)

    def _due(self, now: datetime) -> Sequence[EventRow]:
        earlier = aliased(EventRow)
        waits = select(earlier.position).where(
            earlier.report_id == EventRow.report_id,
            earlier.sequence < EventRow.sequence,
            earlier.due_at.is_not(None),
        )
        query = select(EventRow).where(EventRow.due_at <= now, ~waits.exists()).order_by(EventRow.position)
        with self._database.reading() as db:
            return db.scalars(query.limit(BATCH)).all()

    def _send(self, row: EventRow, now: datetime) -> str | None:
        body = msgspec.json.encode(event_of(row))
        headers = {"Content-Type": "application/json", "X-Lapor-Signature": signature(self._secret, body, now)}
        try:
            with self._client.stream("POST", self._url, content=body, headers=headers) as response:
                return None if response.is_success else str(response.status_code)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return type(error).__name__

    def _settle(self, row: EventRow, refusal: str | None, now: datetime) -> None:
        with self._database.writing() as db:
            kept = db.get_one(EventRow, row.position)
            kept.attempts += 1
            kept.refusal = refusal
            kept.due_at = None if refusal is None else now + self._delay(kept.attempts, refusal)
        if refusal is not None:
            log.info("desk.event_not_taken", event_id=row.event_id, attempts=row.attempts + 1, refusal=refusal)

    def _delay(self, attempts: int, refusal: str) -> timedelta:
        slow = refusal.isdecimal() and int(refusal) in HOPELESS
        longest = LONGEST if slow else min(LONGEST, 2.0 ** min(attempts - 1, 10))
        return timedelta(seconds=longest * (0.5 + self._chance() / 2))
