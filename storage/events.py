"""What changed, in the order in which readers can see it, so that a reader resumes after the last id."""

from datetime import UTC, datetime

from sqlalchemy import insert, text
from sqlmodel import Session, col, func, select

from storage.records import Event, EventKind
from storage.tables.visits import EventRow

PENDING = "rounds.events"
ORDER_LOCK = 7_205_133
"""Key of the PostgreSQL advisory lock that makes ids become visible in their order."""


class Events:
    def __init__(self, session: Session) -> None:
        self.session = session

    def append(self, kind: EventKind, subject: str) -> None:
        """Say that `subject` changed; written with the transaction, once however often it is said."""
        self.session.info.setdefault(PENDING, {})[(kind, subject)] = datetime.now(UTC)

    def after(self, event_id: int, limit: int = 500) -> tuple[Event, ...]:
        rows = self.session.exec(
            select(EventRow).where(col(EventRow.id) > event_id).order_by(col(EventRow.id)).limit(limit)
        )
        return tuple(Event(id=row.id or 0, kind=row.kind, subject=row.subject, at=row.at) for row in rows)  # type: ignore[arg-type]

    def latest(self) -> int:
        return self.session.exec(select(func.max(col(EventRow.id)))).one() or 0


def publish(session: Session) -> None:
    """Write what was said in this transaction, last of all.

    PostgreSQL hands out ids before the commit makes them visible: without the lock, which the commit
    releases, a reader could see 10, resume after it, and miss 9.
    """
    pending = session.info.pop(PENDING, None)
    if not pending:
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.exec(text("SELECT pg_advisory_xact_lock(:key)"), params={"key": ORDER_LOCK})  # type: ignore[call-overload]
    rows = [{"kind": kind, "subject": subject, "at": at} for (kind, subject), at in pending.items()]
    session.connection().execute(insert(EventRow), rows)
