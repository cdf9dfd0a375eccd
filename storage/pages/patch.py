"""The customers that a rep may be at next, as whole pages: a phone keeps them for when there is no signal."""

from sqlmodel import Session, col, select

from storage.finding.places import nearest
from storage.pages.brief import customer_page
from storage.pages.story import CustomerPage
from storage.tables.customers import CustomerRow
from storage.tables.visits import VisitRow

VISITED = 20
NEAR = 20
READ = 100
"""Visits among which those customers are found, the newest."""
TIMELINE = 5


def patch_of(session: Session, rep: str, place: tuple[float, float] | None) -> tuple[CustomerPage, ...]:
    """Those that this person saw last, then those around `place` (degrees), each once."""
    visits = select(VisitRow.customer).where(VisitRow.rep == rep)
    found = session.exec(visits.order_by(col(VisitRow.at).desc(), col(VisitRow.id).desc()).limit(READ))
    ids = list(dict.fromkeys(each for each in found if each))[:VISITED]
    if place is not None:
        ids += [each.id for each in nearest(session, *place, NEAR)]
    alive = select(CustomerRow.id).where(col(CustomerRow.id).in_(ids), col(CustomerRow.deleted_at).is_(None))
    live = set(session.exec(alive))
    return tuple(customer_page(session, each, TIMELINE) for each in dict.fromkeys(ids) if each in live)
