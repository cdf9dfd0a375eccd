"""A manager's yes to many reports at once: those that are sure, in one transaction, kept, and taken back."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import literal
from sqlmodel import Session, col, func, select, update

from storage.columns import Moment
from storage.desk.counting import parted
from storage.errors import ApprovalDiffers, NothingSure, UnknownApproval
from storage.events import Events
from storage.records import Record
from storage.tables.desk import ApprovalRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import VisitRow
from storage.visits.states import settle
from storage.visits.summaries import names

MOST = 1_000
"""Reports of one yes: nobody means more at once."""
SHOWN = 20


class Sure(Record, frozen=True, kw_only=True):
    """`count` reports are without a doubt, filed before `until`; at most MOST are told and approved."""

    count: int
    more: bool
    until: datetime


class Yes(Record, frozen=True, kw_only=True):
    """Reports that somebody approved at once."""

    id: str
    at: datetime
    by: str
    by_name: str
    count: int
    undone_at: datetime | None


class Approving:
    def __init__(self, session: Session) -> None:
        self.session = session

    def sure(self) -> Sure:
        now = datetime.now(UTC)
        some = self._sure(now).limit(MOST + 1).subquery()
        found = self.session.exec(select(func.count()).select_from(some)).one()
        return Sure(count=min(found, MOST), more=found > MOST, until=now)

    def list(self) -> tuple[Yes, ...]:
        """The newest first."""
        query = select(ApprovalRow).order_by(col(ApprovalRow.at).desc(), col(ApprovalRow.id)).limit(SHOWN)
        return self._records(self.session.exec(query).all())

    def approve(self, until: datetime, visits: Sequence[str], *, by: str) -> Yes:
        """Those of `visits`, or all, that were filed before `until` without a doubt and have not changed
        since; the oldest first. Raises NothingSure."""
        query = self._sure(until)
        if visits:
            query = query.where(col(VisitRow.id).in_(visits))
        chosen = self.session.exec(query.limit(MOST).with_for_update()).all()
        if not chosen:
            raise NothingSure
        now = datetime.now(UTC)
        self._write(chosen, state="approved", approved_by=by, approved_at=now, updated_at=now)
        row = ApprovalRow(id=uuid4().hex, at=now, by=by, visits=tuple(chosen))
        self.session.add(row)
        return self._records([row])[0]

    def undo(self, approval_id: str, *, by: str) -> Yes:
        """They wait for a yes again. Raises UnknownApproval, ApprovalDiffers."""
        row = self.session.get(ApprovalRow, approval_id, with_for_update=True)
        if row is None:
            raise UnknownApproval
        if row.undone_at is not None:
            raise ApprovalDiffers
        row.undone_at, row.undone_by = datetime.now(UTC), by
        for some in parted(sorted(row.visits)):
            theirs = (VisitRow.approved_at == row.at, VisitRow.approved_by == row.by)
            query = select(VisitRow).where(col(VisitRow.id).in_(some), *theirs).order_by(col(VisitRow.id))
            for visit in self.session.exec(query.with_for_update()):
                visit.approved_by = visit.approved_at = None
                settle(self.session, visit)
        return self._records([row])[0]

    def _sure(self, until: datetime):  # type: ignore[no-untyped-def]
        filed = (VisitRow.state == "filed", col(VisitRow.updated_at) <= literal(until, Moment()))
        return select(VisitRow.id).where(*filed).order_by(col(VisitRow.updated_at), col(VisitRow.id))

    def _write(self, ids: Sequence[str], **values: object) -> None:
        for some in parted(sorted(ids)):
            self.session.exec(update(VisitRow).where(col(VisitRow.id).in_(some)).values(**values))
        for ident in ids:
            Events(self.session).append("visit", ident)

    def _records(self, rows: Iterable[ApprovalRow]) -> tuple[Yes, ...]:
        rows = list(rows)
        people = names(self.session, EmployeeRow, {row.by for row in rows})
        return tuple(
            Yes(
                id=row.id,
                at=row.at,
                by=row.by,
                by_name=people[row.by],
                count=len(row.visits),
                undone_at=row.undone_at,
            )
            for row in rows
        )
