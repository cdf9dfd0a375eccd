"""What a person's own calendar and telephone need to know: agreed meetings, and whom they may hear from."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from storage.crm.customers import customers
from storage.records import Customer, Record
from storage.tables.customers import CustomerRow
from storage.tables.visits import ReportRow, VisitRow
from storage.visits.summaries import names

READ = 400
"""Visits whose reports are read for meetings, the newest."""
PAST = timedelta(days=60)
"""How far back meetings stay in a calendar."""
CARDS = 5_000
"""Customers that one telephone is given; one's own come first."""


class Meeting(Record, frozen=True, kw_only=True):
    """A visit's `next_meeting`: a day, or a day and time, local to the company."""

    visit: str
    customer_name: str
    at: str


def meetings(session: Session, rep: str, now: datetime | None = None) -> tuple[Meeting, ...]:
    """Those that this person agreed on, not long past; the later word on a customer stands."""
    query = (
        select(VisitRow, col(ReportRow.filed))
        .join(ReportRow, col(ReportRow.visit) == col(VisitRow.id))
        .where(VisitRow.rep == rep)
        .order_by(col(VisitRow.at).desc(), col(VisitRow.id).desc())
        .limit(READ)
    )
    since = ((now or datetime.now(UTC)) - PAST).date().isoformat()
    found = [
        (visit, report.next_meeting)
        for visit, report in session.exec(query)
        if report.next_meeting and report.next_meeting[:10] >= since
    ]
    known = names(session, CustomerRow, {visit.customer for visit, _ in found if visit.customer})
    return tuple(
        Meeting(
            visit=visit.id,
            customer_name=(known[visit.customer] if visit.customer else visit.new_customer) or "",
            at=at,
        )
        for visit, at in found
    )


def address_book(session: Session, rep: str) -> tuple[Customer, ...]:
    """The customers that this person visited, then the others by name, until the book is full."""
    live = select(CustomerRow).where(col(CustomerRow.deleted_at).is_(None))
    visited = select(VisitRow.customer).where(VisitRow.rep == rep, col(VisitRow.customer).is_not(None))
    by_name = (col(CustomerRow.sort_name), col(CustomerRow.id))
    mine = session.exec(live.where(col(CustomerRow.id).in_(visited)).order_by(*by_name).limit(CARDS)).all()
    others = live.where(col(CustomerRow.id).not_in(visited)).order_by(*by_name)
    rest = session.exec(others.limit(CARDS - len(mine))).all() if len(mine) < CARDS else []
    return tuple(customers(session, [*mine, *rest]))
