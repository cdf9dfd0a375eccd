"""Check-ins and what becomes of them."""

from datetime import UTC, datetime

from sqlmodel import Session, col, select

from storage.customers import live_row
from storage.errors import NothingToRetry, UnknownEmployee, UnknownVisit, VisitDiffers
from storage.events import Events
from storage.places import locate, position_of
from storage.queue import Queue
from storage.records import Page, Position, Visit, VisitSummary
from storage.reports import Reports
from storage.rows import insert_new, locked_visit
from storage.states import settle
from storage.summaries import newest
from storage.tables.people import EmployeeRow
from storage.tables.visits import MemoRow, VisitRow
from storage.view import alive, fresh_record, visit_record

LOOK_AT = ("needs_review", "failed")


class Visits:
    def __init__(self, session: Session) -> None:
        self.session = session

    def check_in(
        self,
        visit_id: str,
        *,
        rep: str,
        at: datetime,
        position: Position | None,
        customer: str | None,
        jobs: Queue,
    ) -> tuple[Visit, bool]:
        """The visit, and whether new. A repeat may bring the position or the customer that were not known."""
        employee = self.session.get(EmployeeRow, rep)
        if employee is None:
            raise UnknownEmployee
        place = live_row(self.session, customer) if customer is not None else None
        now = datetime.now(UTC)
        row = VisitRow(
            id=visit_id, rep=rep, at=at, updated_at=now, candidates=(), doubts=(), customer=customer
        )
        row.sent_customer, row.customer_chosen = customer, customer is not None
        if position is not None:
            locate(self.session, row, position, "checkin")
        if insert_new(self.session, row):
            Events(self.session).append("visit", visit_id)
            return fresh_record(row, employee.name, place.name if place else None), True
        return self._again(row, position, jobs), False

    def _again(self, sent: VisitRow, position: Position | None, jobs: Queue) -> Visit:
        """A check-in whose id is known: the same visit, perhaps with something added."""
        row, customer = locked_visit(self.session, sent.id), sent.sent_customer
        _same(row, sent, position)
        news = False
        if position is not None and row.place_from != "checkin":
            locate(self.session, row, position, "checkin")
            news = True
            if row.filed_revision < row.revision:
                jobs.enqueue(self.session, row.id, None, 0.0)
        if customer is not None and row.sent_customer is None:
            row.sent_customer = customer
            news = Reports(self.session).choose(row, customer, by=row.rep, jobs=jobs) or news
        if news:
            settle(self.session, row)
        return visit_record(self.session, row)

    def get(self, visit_id: str) -> Visit:
        row = self.session.get(VisitRow, visit_id)
        if row is None:
            raise UnknownVisit
        return visit_record(self.session, row)

    def owner(self, visit_id: str) -> str:
        """The rep who made the visit, for those who guard it."""
        rep = self.session.exec(select(VisitRow.rep).where(VisitRow.id == visit_id)).first()
        if rep is None:
            raise UnknownVisit
        return rep

    def revision(self, visit_id: str) -> int:
        """The newest state of what was said, as a number that grows."""
        revision = self.session.exec(select(VisitRow.revision).where(VisitRow.id == visit_id)).first()
        if revision is None:
            raise UnknownVisit
        return revision

    def approved(self, visit_id: str) -> bool:
        row = self.session.get(VisitRow, visit_id)
        if row is None:
            raise UnknownVisit
        return row.approved_at is not None

    def feed(self, limit: int = 50, after: str | None = None) -> Page[VisitSummary]:
        """What changed last comes first."""
        return newest(self.session, VisitRow.updated_at, limit, after)

    def review(self, limit: int = 50, after: str | None = None) -> Page[VisitSummary]:
        """What a person has to look at."""
        return newest(
            self.session,
            VisitRow.updated_at,
            limit,
            after,
            *(col(VisitRow.state) == state for state in LOOK_AT),
        )

    def listing(self, rep: str | None, limit: int = 50, after: str | None = None) -> Page[VisitSummary]:
        """By the moment of the visit; of one rep, or of all."""
        return newest(self.session, VisitRow.at, limit, after, *([col(VisitRow.rep) == rep] if rep else []))

    def timeline(self, customer: str, limit: int = 50, after: str | None = None) -> Page[VisitSummary]:
        return newest(self.session, VisitRow.at, limit, after, col(VisitRow.customer) == customer)

    def choose_customer(self, visit_id: str, customer: str, *, by: str, jobs: Queue) -> Visit:
        """A person says where it was; the machine does not decide that again."""
        row = locked_visit(self.session, visit_id)
        live_row(self.session, customer)
        if Reports(self.session).choose(row, customer, by=by, jobs=jobs):
            settle(self.session, row)
        return visit_record(self.session, row)

    def retry(self, visit_id: str, *, jobs: Queue) -> Visit:
        """Once more what failed: the memos first, else the report."""
        row = locked_visit(self.session, visit_id)
        failed = self.session.exec(alive(visit_id).where(MemoRow.state == "failed")).all()
        if not failed and row.failure is None:
            raise NothingToRetry
        for memo in failed:
            memo.state, memo.problem = "received", None
            jobs.enqueue(self.session, visit_id, memo.id, memo.length_s or 0.0)
        if row.failure is not None:
            row.failure = None
            row.revision += 1
            if not failed:
                jobs.enqueue(self.session, visit_id, None, 0.0)
        settle(self.session, row)
        return visit_record(self.session, row)


def _same(row: VisitRow, sent: VisitRow, position: Position | None) -> None:
    """What is sent again must not say otherwise; what it leaves out says nothing."""
    if (row.rep, row.at) != (sent.rep, sent.at):
        raise VisitDiffers
    if position is not None and row.place_from == "checkin" and position != position_of(row):
        raise VisitDiffers("A visit with this id is stored with another position.")
    if sent.sent_customer is not None and row.sent_customer not in (None, sent.sent_customer):
        raise VisitDiffers("A visit with this id is stored with another customer.")
