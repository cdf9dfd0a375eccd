"""Sessions. Writing is declared before the first read: read-then-write in a plain SQLite session loses
updates in silence, so writing sessions take the lock at once (`BEGIN IMMEDIATE`)."""

import errno
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from storage.crm.alike import mark
from storage.desk.counting import count
from storage.errors import StoreFull, StoreUnavailable
from storage.events import publish

MIGRATING = 7_267_637
"""Key of the advisory lock under which tables are brought to their newest form."""


class Database:
    """One database, SQLite or PostgreSQL; safe to share between threads."""

    def __init__(self, url: str, *, pool_size: int = 10, busy_timeout_s: float = 30.0) -> None:
        parsed = make_url(url)
        self.embedded = parsed.get_backend_name() == "sqlite"
        if not self.embedded:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.url = parsed.render_as_string(hide_password=False)
        self.engine = create_engine(
            parsed, pool_size=pool_size, max_overflow=0, pool_pre_ping=not self.embedded
        )
        if self.embedded:
            _teach_sqlite(self.engine, busy_timeout_s)
        self._writer = self.engine.execution_options(writing=True)
        self._lock, self._patience_s = threading.Lock(), busy_timeout_s

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state and changes nothing."""
        with translated(), Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the right to write from its first statement, and commits at its end.

        SQLite's writers poll for their turn, some of them for seconds: within a process they queue instead.
        """
        with translated(), self._turn(), Session(self._writer) as session, session.begin():
            if self.embedded:
                session.connection()
            yield session
            mark(session)
            count(session)
            publish(session)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.embedded:
            yield
            return
        if not self._lock.acquire(timeout=self._patience_s):
            raise StoreUnavailable
        try:
            yield
        finally:
            self._lock.release()

    def migrate(self) -> None:
        """Bring the tables to the newest form; does nothing when they are."""
        if self.embedded and self.engine.url.database:
            Path(self.engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        with translated(), self.engine.connect() as connection:
            if not self.embedded:  # machines that start at once take turns
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
            command.upgrade(alembic_config(connection), "head")
            connection.commit()

    def close(self) -> None:
        self.engine.dispose()


def alembic_config(connection: Connection) -> Config:
    """Alembic without an ini file, on a connection of ours."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _teach_sqlite(engine: Engine, busy_timeout_s: float) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late
        connection.execute(f"PRAGMA busy_timeout = {int(busy_timeout_s * 1000)}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # a receipt survives a power cut
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the driver says of a store that is full, locked or gone into our own errors."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable from error
    except (OperationalError, InterfaceError) as error:
        raise (StoreFull() if _full(error) else StoreUnavailable()) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreUnavailable from error
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull from error
        raise


def _full(error: DBAPIError) -> bool:
    said = str(error.orig).lower()
    return "disk is full" in said or "no space left" in said or "could not extend" in said
