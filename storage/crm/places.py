"""Where a person is and was: what customers and contacts that change or go take with them."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, delete, select

from storage.tables.persons import PersonChangeRow, PlaceRow


def forget_contact(session: Session, customer: str, contact: str) -> None:
    """Nothing is left of somebody who is at no customer any more."""
    rows = session.exec(
        select(PlaceRow).where(PlaceRow.customer == customer, PlaceRow.contact == contact)
    ).all()
    for row in rows:
        session.delete(row)
    forget_persons(session, {row.person for row in rows})


def forget_places(session: Session, customer: str) -> None:
    """A customer is deleted, with whoever was there."""
    rows = session.exec(select(PlaceRow).where(PlaceRow.customer == customer)).all()
    for row in rows:
        session.delete(row)
    forget_persons(session, {row.person for row in rows})


def forget_persons(session: Session, persons: set[str]) -> None:
    session.flush()
    here = select(PlaceRow.person).where(col(PlaceRow.person).in_(persons), col(PlaceRow.until).is_(None))
    gone = persons - set(session.exec(here).all())
    session.exec(delete(PlaceRow).where(col(PlaceRow.person).in_(gone)))
    session.exec(delete(PersonChangeRow).where(col(PersonChangeRow.person).in_(gone)))


def move_places(session: Session, to: str, of: str, contacts: Mapping[str, str]) -> tuple[str, ...]:
    """Two customers became one; `contacts` are new ids by old ones."""
    rows = session.exec(select(PlaceRow).where(PlaceRow.customer == of)).all()
    for row in rows:
        row.customer, row.contact = to, contacts.get(row.contact, row.contact)
    return tuple(row.id for row in rows)


def move_places_back(session: Session, to: str, contacts: Mapping[str, str], ids: Sequence[str]) -> None:
    """They are two again; `contacts` as above."""
    old = {new: before for before, new in contacts.items()}
    for row in session.exec(select(PlaceRow).where(col(PlaceRow.id).in_(ids))):
        row.customer, row.contact = to, old.get(row.contact, row.contact)
