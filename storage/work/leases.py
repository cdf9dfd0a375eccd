"""Which workers are alive, by the database's own clock: those of machines differ."""

import fcntl
from pathlib import Path
from typing import IO

from sqlalchemy import text
from sqlmodel import Session, col, delete, select

from storage.database import Database
from storage.tables.visits import LeaseRow

LEASE_S = 20.0
"""Seconds without a sign of life after which a worker counts as dead."""
SHOWN_S = 30.0
"""Seconds for which a worker counts as running on the health page."""
FORGOTTEN_S = 86_400.0

CLOCK = {
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())::float8",
}


def clock_s(session: Session) -> float:
    """The database's clock in epoch seconds."""
    value = session.connection().execute(text(CLOCK[session.get_bind().dialect.name])).scalar_one()
    return float(value)


def beat(session: Session, executor: str) -> tuple[float, float]:
    """A sign of life; the moment of this one and of the one before (the same at the first)."""
    now = clock_s(session)
    known = session.get(LeaseRow, executor)
    before = known.seen_s if known else now
    session.merge(LeaseRow(executor=executor, seen_s=now))
    session.exec(delete(LeaseRow).where(col(LeaseRow.seen_s) < now - FORGOTTEN_S))
    return now, before


def retire(session: Session, executor: str) -> None:
    """A worker says that it stops."""
    session.exec(delete(LeaseRow).where(col(LeaseRow.executor) == executor))


def alive(session: Session, within_s: float = LEASE_S) -> frozenset[str]:
    """Workers that showed themselves lately."""
    recent = col(LeaseRow.seen_s) >= clock_s(session) - within_s
    return frozenset(session.exec(select(LeaseRow.executor).where(recent)))


class Shift:
    """Held by every worker of an embedded installation while it lives; the kernel frees it with the process.

    Whoever holds it alone at its start knows without waiting that all other workers are dead.
    """

    def __init__(self, database: Database) -> None:
        self.file: IO[bytes] | None = None
        if database.embedded and database.engine.url.database:
            self.file = Path(database.engine.url.database + ".workers").open("ab")  # noqa: SIM115 - held until leave()

    def take(self) -> bool:
        """True when nobody else holds it."""
        if self.file is None:
            return False
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            alone = True
        except BlockingIOError:
            alone = False
        fcntl.flock(self.file, fcntl.LOCK_SH)
        return alone

    def leave(self) -> None:
        if self.file is not None:
            self.file.close()
