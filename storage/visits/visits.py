"""Check-ins and what becomes of them."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.crm.customers import standing
from storage.errors import NothingToRetry, UnknownVisit
from storage.finding.places import forget_place
from storage.records import Page, Position, Visit, VisitSummary
from storage.rows import locked_visit
from storage.tables.visits import MemoRow, VisitRow
from storage.visits.checkins import Arrival, check_in
from storage.visits.reports import Reports
from storage.visits.states import settle
from storage.visits.summaries import newest
from storage.visits.view import alive, visit_record
from storage.work.queue import Queue


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
        """One alone; the web takes many together (`storage.visits.checkins`)."""
        sent = Arrival(visit=visit_id, rep=rep, at=at, position=position, customer=customer)
        return check_in(self.session, sent, jobs)

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

    def failed(self, limit: int = 50) -> Page[VisitSummary]:
        """What the workers gave up, and why; trying again takes a visit off this list."""
        return newest(self.session, VisitRow.updated_at, limit, None, col(VisitRow.state) == "failed")

    def listing(self, rep: str | None, limit: int = 50, after: str | None = None) -> Page[VisitSummary]:
        """By the moment of the visit; of one rep, or of all."""
        return newest(self.session, VisitRow.at, limit, after, *([col(VisitRow.rep) == rep] if rep else []))

    def timeline(self, customer: str, limit: int = 50, after: str | None = None) -> Page[VisitSummary]:
        return newest(self.session, VisitRow.at, limit, after, col(VisitRow.customer) == customer)

    def choose_customer(self, visit_id: str, customer: str, *, by: str, jobs: Queue) -> Visit:
        """A person says where it was; the machine does not decide that again."""
        row = locked_visit(self.session, visit_id)
        customer = standing(self.session, customer).id
        if Reports(self.session).choose(row, customer, by=by, jobs=jobs):
            settle(self.session, row)
        return visit_record(self.session, row)

    def take_back_place(self, visit_id: str) -> Visit:
        """The rep deletes where the phone was."""
        row = locked_visit(self.session, visit_id)
        forget_place(row)
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
