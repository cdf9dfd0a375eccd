"""What was promised at visits and what customers wait for, open until somebody says that it is done."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from sqlmodel import Session, col, select

from nlp.types import Evidence, Owner, Report
from storage.crm.companies import Companies
from storage.errors import UnknownPromise
from storage.events import Events
from storage.outside.webhooks import announce_promise
from storage.records import Promise, Record, TaskKind
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import PromiseRow, VisitRow
from storage.tables.waiting import LetterRow
from storage.visits.summaries import names
from storage.waiting.routing import route

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
            self._changed(row)
        return self._records([row])[0]

    def undo(self, promise_id: str) -> Promise:
        row = self._row(promise_id)
        row.done_at = row.done_by = None
        row.lane = lane(row, Companies(self.session).today())
        self._changed(row)
        return self._records([row])[0]

    def _changed(self, row: PromiseRow) -> None:
        Events(self.session).append("visit", row.visit)
        Events(self.session).append("task", row.id)

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


class Asked(Record, frozen=True, kw_only=True):
    """Something of a report that somebody waits for; `name` tells it from the visit's others."""

    name: str
    kind: TaskKind
    action: str
    owner: Owner
    due: str | None
    evidence: tuple[Evidence, ...]


def asked(report: Report) -> Iterator[Asked]:
    """Commitments and complaints; when a follow-up is wanted and nothing was promised, that."""
    for said in report.commitments:
        name = f"{said.owner}/{said.action.casefold()}"
        yield Asked(
            name=name, kind="promise", action=said.action, owner=said.owner, due=said.due,
            evidence=said.evidence,
        )  # fmt: skip
    for heard in report.feedback:
        if heard.kind == "complaint":
            yield Asked(
                name=f"complaint/{heard.text.casefold()}", kind="complaint", action=heard.text, owner="us",
                due=None, evidence=heard.evidence,
            )  # fmt: skip
    if report.outcome == "follow_up" and not any(said.owner == "us" for said in report.commitments):
        yield Asked(
            name="follow_up", kind="follow_up", action=report.summary, owner="us", due=report.next_meeting,
            evidence=report.fields.outcome.evidence,
        )  # fmt: skip


def keep_promises(session: Session, visit: VisitRow, report: Report) -> None:
    """What is waited for after a visit is its report's; what is filed again stays done or with its holder."""
    session.flush()
    known = {row.id: row for row in session.exec(select(PromiseRow).where(PromiseRow.visit == visit.id))}
    told = _told(session, visit.id) if known else {}
    today = Companies(session).today()
    seen: Counter[str] = Counter()
    for each in asked(report):
        name = f"{visit.id}/{each.name}"
        seen[name] += 1
        ident = str(uuid5(NAMESPACE_URL, f"{name}/{seen[name]}"))
        row = known.pop(ident, None)
        new = row is None
        if row is None:
            row = PromiseRow(id=ident, visit=visit.id, rep=visit.rep, action="", owner="", said_at=visit.at)
        moved = row.customer != visit.customer
        row.customer, row.action, row.owner, row.kind = visit.customer, each.action, each.owner, each.kind
        row.due, row.evidence = each.due or told.get(ident), each.evidence
        row.lane = lane(row, today)
        if new or (moved and row.taken_at is None and not handed(row)):
            route(session, row)
        session.add(row)
        if new:
            announce_promise(session, "promise.made", row)
    for gone in known.values():
        session.delete(gone)


def lane(row: PromiseRow, today: str) -> int:
    if row.due is not None and row.due[:10] <= today:
        return 0
    return 1 if row.kind == "complaint" else 2


def handed(row: PromiseRow) -> bool:
    return row.because is not None and row.because.reason == "handed"


def _told(session: Session, visit: str) -> dict[str, str]:
    """By when customers were told by mail to hear from us, where no day was said."""
    letters = select(LetterRow.task, LetterRow.due).where(LetterRow.visit == visit)
    return {task: due for task, due in session.exec(letters) if due is not None}
