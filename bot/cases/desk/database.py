"""Opening the desk's database, reading it and writing to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy
from sqlalchemy import Connection, Engine, update
from sqlalchemy.orm import Session

from bot.cases.desk.tables import Base, CounterRow

LOCK_WAIT: Final = 5.0  # seconds; less than the bot waits for an answer

FIRST: Final = {"events": 0, "tracking": 1_000_000}  # LAPOR!'s running numbers have seven digits


class Database:
    """The desk's tables behind a SQLAlchemy URL; several threads and processes may share it.

    Raises sqlalchemy.exc.OperationalError from every call while the database cannot be reached.
    """

    def __init__(self, url: str) -> None:
        engine = _engine(url)
        self._reader = engine.execution_options(begin="DEFERRED")
        self._writer = engine.execution_options(begin="IMMEDIATE")
        with self.writing() as db:
            Base.metadata.create_all(db.connection())
            for name, value in FIRST.items():
                if db.get(CounterRow, name) is None:
                    db.add(CounterRow(name=name, value=value))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that sees one state of the database; what it loads may be kept."""
        with Session(self._reader, expire_on_commit=False) as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that is stored whole, or not at all when the block raises."""
        with Session(self._writer, expire_on_commit=False) as db, db.begin():
            yield db

    def close(self) -> None:
        """Let go of connections."""
        self._writer.dispose()


def rise(db: Session, name: str) -> int:
    """Raise a counter by one and return it; nobody else raises it before the transaction ends."""
    raised = update(CounterRow).where(CounterRow.name == name).values(value=CounterRow.value + 1)
    return db.execute(raised.returning(CounterRow.value)).scalar_one()


def _engine(url: str) -> Engine:
    if sqlalchemy.make_url(url).get_backend_name() != "sqlite":
        return sqlalchemy.create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = sqlalchemy.create_engine(url, connect_args={"timeout": LOCK_WAIT}, hide_parameters=True)
    sqlalchemy.event.listen(engine, "connect", _prepare)
    sqlalchemy.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None  # sqlite3 would begin transactions by itself, and too late
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # SQLite does not wait for its lock when a transaction that has read begins to write.
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options()['begin']}")
