"""What was promised at visits, open until somebody says that it is done."""

from collections import Counter
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from sqlmodel import Session, col, select

from nlp.types import Report
from storage.errors import UnknownPromise
from storage.events import Events
from storage.outside.webhooks import announce_promise
from storage.records import Promise
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import PromiseRow, VisitRow
from storage.visits.summaries import names

SHOWN = 500
"""Promises of one answer; nobody keeps more open."""


class Promises:
    def __init__(self, session: Session) -> None:
        self.session = session

    def open(self, customer: str | None = None, holder: str | None = None) -> tuple[Promise, ...]:
        """Not done yet: those with a day first, the earliest on top; then the others, the newest on top. Two
        questions, because each is then read along the index."""
        query = select(PromiseRow).where(PromiseRow.kind == "promise", col(PromiseRow.done_at).is_(None))
        if customer is not None:
            query = query.where(PromiseRow.customer == customer)
        if holder is not None:
            query = query.where(PromiseRow.holder == holder)
        due, said_at = col(PromiseRow.due), col(PromiseRow.said_at)
        dated = query.where(due.is_not(None)).order_by(due, said_at)
        rows = list(self.session.exec(dated.limit(SHOWN)))
        others = query.where(due.is_(None)).order_by(due.desc(), said_at.desc())
        rows += self.session.exec(others.limit(SHOWN - len(rows)))
        return self._records(rows)

    def done(self, promise_id: str, *, by: str) -> Promise:
        row = self._row(promise_id)
        if row.done_at is None:
            row.done_at, row.done_by = datetime.now(UTC), by
            announce_promise(self.session, "promise.done", row)
            Events(self.session).append("visit", row.visit)
        return self._records([row])[0]

    def undo(self, promise_id: str) -> Promise:
        row = self._row(promise_id)
        row.done_at = row.done_by = None
        Events(self.session).append("visit", row.visit)
        return self._records([row])[0]

    def _row(self, promise_id: str) -> PromiseRow:
        row = self.session.get(PromiseRow, promise_id, with_for_update=True)
        if row is None:
            raise UnknownPromise
        return row

    def _records(self, rows: list[PromiseRow]) -> tuple[Promise, ...]:
        places = names(self.session, CustomerRow, {row.customer for row in rows if row.customer})
        people = names(self.session, EmployeeRow, {row.holder for row in rows if row.holder})
        return tuple(
            Promise(
                id=row.id,
                visit=row.visit,
                customer=row.customer,
                customer_name=places[row.customer] if row.customer else None,
                action=row.action,
                owner=row.owner,  # type: ignore[arg-type]
                due=row.due,
                said_at=row.said_at,
                done_at=row.done_at,
                evidence=tuple(row.evidence),
                holder=row.holder,
                holder_name=people.get(row.holder or ""),
            )
            for row in rows
        )


def keep_promises(session: Session, visit: VisitRow, report: Report) -> None:
    """The promises of a visit are its report's; one that is filed again stays done."""
    session.flush()
    known = {row.id: row for row in session.exec(select(PromiseRow).where(PromiseRow.visit == visit.id))}
    seen: Counter[str] = Counter()
    for said in report.commitments:
        name = f"{visit.id}/{said.owner}/{said.action.casefold()}"
        seen[name] += 1
        ident = str(uuid5(NAMESPACE_URL, f"{name}/{seen[name]}"))
        row = known.pop(ident, None)
        new = row is None
        if row is None:
            row = PromiseRow(id=ident, visit=visit.id, rep=visit.rep, action="", owner="", said_at=visit.at)
            row.holder = visit.rep
        row.customer, row.action, row.owner, row.due = visit.customer, said.action, said.owner, said.due
        row.evidence = said.evidence
        session.add(row)
        if new:
            announce_promise(session, "promise.made", row)
    for gone in known.values():
        session.delete(gone)
