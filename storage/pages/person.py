"""One person over all customers: where they are and were, and what was said with them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.crm.customers import standing
from storage.crm.persons import Change
from storage.errors import UnknownContact
from storage.records import Record, VisitSummary
from storage.tables.customers import ContactRow, CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.persons import PersonChangeRow, PlaceRow
from storage.tables.visits import ReportRow, VisitRow
from storage.visits.summaries import names, summaries

READ = 100
"""Reports of each customer that are read for those that name the person."""
SHOWN = 20


class At(Record, frozen=True, kw_only=True):
    """`until` is null where they are now; `since` null when nobody told."""

    customer: str
    customer_name: str
    contact: str
    name: str
    role: str | None
    since: datetime | None
    until: datetime | None


class PersonPage(Record, frozen=True, kw_only=True):
    """`places` are the latest first; `changes` too."""

    places: tuple[At, ...]
    moments: tuple[VisitSummary, ...]
    changes: tuple[Change, ...]


class Elsewhere(Record, frozen=True, kw_only=True):
    """Somebody of this customer, or who was here, with where else they are and were."""

    contact: str
    name: str
    here: bool
    places: tuple[At, ...]


def person_page(session: Session, customer: str, contact: str) -> PersonPage:
    """Also of somebody who has left. Raises UnknownCustomer, UnknownContact."""
    customer = standing(session, customer).id
    own = select(PlaceRow.person).where(PlaceRow.customer == customer, PlaceRow.contact == contact)
    persons = set(session.exec(own))
    rows = session.exec(select(PlaceRow).where(col(PlaceRow.person).in_(persons))).all()
    if not rows:
        row = session.get(ContactRow, (customer, contact))
        if row is None:
            raise UnknownContact
        rows = [PlaceRow(id="", person="", customer=customer, contact=contact, name=row.name, role=row.role)]
    changes = session.exec(
        select(PersonChangeRow)
        .where(col(PersonChangeRow.person).in_(persons))
        .order_by(col(PersonChangeRow.at).desc())
    ).all()
    people = names(session, EmployeeRow, {row.by for row in changes})
    return PersonPage(
        places=places_of(session, rows),
        moments=moments_of(session, {(row.customer, row.contact) for row in rows}),
        changes=tuple(
            Change(
                id=row.id,
                kind=row.kind,  # type: ignore[arg-type]
                at=row.at,
                by_name=people[row.by],
                undone_at=row.undone_at,
            )
            for row in changes
        ),
    )


def elsewhere(session: Session, customer: str) -> tuple[Elsewhere, ...]:
    """Those of this customer's people who are or were somewhere else, too, and those who left."""
    customer = standing(session, customer).id
    mine = session.exec(select(PlaceRow).where(PlaceRow.customer == customer)).all()
    rows = session.exec(select(PlaceRow).where(col(PlaceRow.person).in_({row.person for row in mine}))).all()
    found: dict[str, Elsewhere] = {}
    for row in sorted(mine, key=lambda each: (each.until is not None, each.name)):
        others = [each for each in rows if each.person == row.person and each.customer != customer]
        if row.person not in found and others:
            found[row.person] = Elsewhere(
                contact=row.contact, name=row.name, here=row.until is None, places=places_of(session, others)
            )
    return tuple(found.values())


def places_of(session: Session, rows: Sequence[PlaceRow]) -> tuple[At, ...]:
    called = names(session, CustomerRow, {row.customer for row in rows})
    latest = sorted(
        rows, key=lambda row: (row.until is None, str(row.until or row.since or "")), reverse=True
    )
    return tuple(
        At(
            customer=row.customer,
            customer_name=called[row.customer],
            contact=row.contact,
            name=row.name,
            role=row.role,
            since=row.since,
            until=row.until,
        )
        for row in latest
    )


def moments_of(session: Session, at: set[tuple[str, str]]) -> tuple[VisitSummary, ...]:
    found: list[VisitRow] = []
    for customer, contact in sorted(at):
        query = (
            select(VisitRow, ReportRow)
            .join(ReportRow, col(ReportRow.visit) == col(VisitRow.id))
            .where(VisitRow.customer == customer)
            .order_by(col(VisitRow.at).desc(), col(VisitRow.id).desc())
        )
        found += [
            visit
            for visit, report in session.exec(query.limit(READ))
            if contact in {each.id for each in report.filed.contacts}
        ]
    unique = {row.id: row for row in found}
    latest = sorted(unique.values(), key=lambda row: (row.at, row.id), reverse=True)
    return tuple(summaries(session, latest[:SHOWN]))
