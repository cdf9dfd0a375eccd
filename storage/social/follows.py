"""What a person follows: customers, people at them, products and colleagues."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlmodel import Session, col, delete, func, select

from storage.crm.customers import standing
from storage.errors import TooManyFollowed, UnknownContact, UnknownEmployee, UnknownProduct
from storage.paging import opened_moment, page, size
from storage.records import Page, Record, VisitSummary
from storage.rows import insert_new
from storage.social.topics import Topic, TopicKind, contact_subject, news
from storage.tables.customers import ContactRow, CustomerRow, ProductRow
from storage.tables.people import EmployeeRow
from storage.tables.social import FollowRow
from storage.tables.visits import VisitRow
from storage.visits.summaries import summaries

MOST = 500
"""Nobody reads more; each is a reading of the index for a page."""


class Followed(Record, frozen=True, kw_only=True):
    """`id` is the record's own; a contact's `customer` tells whose it is."""

    kind: TopicKind
    id: str
    customer: str | None
    name: str


class Follows:
    def __init__(self, session: Session, employee: str) -> None:
        self.session, self.employee = session, employee

    def list(self) -> tuple[Followed, ...]:
        """By kind and name; what is gone since is left out."""
        rows = self.session.exec(select(FollowRow).where(FollowRow.employee == self.employee)).all()
        named = self._names(rows)
        found = [
            Followed(
                kind=row.kind,  # type: ignore[arg-type]
                id=row.subject.removeprefix(f"{row.customer}/") if row.kind == "contact" else row.subject,
                customer=row.customer,
                name=named[row.kind, row.subject],
            )
            for row in rows
            if (row.kind, row.subject) in named
        ]
        return tuple(sorted(found, key=lambda each: (each.kind, each.name.casefold(), each.id)))

    def follow(self, kind: TopicKind, ident: str, customer: str | None = None) -> Followed:
        """Once however often it is asked for. Raises UnknownCustomer, UnknownContact, UnknownProduct,
        UnknownEmployee, TooManyFollowed."""
        name, ident, customer = self._known(kind, ident, customer)
        have = select(func.count()).select_from(FollowRow).where(FollowRow.employee == self.employee)
        if self.session.exec(have).one() >= MOST:
            raise TooManyFollowed
        subject = contact_subject(customer or "", ident) if kind == "contact" else ident
        insert_new(
            self.session,
            FollowRow(
                employee=self.employee, kind=kind, subject=subject, customer=customer, at=datetime.now(UTC)
            ),
        )
        return Followed(kind=kind, id=ident, customer=customer, name=name)

    def leave(self, kind: TopicKind, ident: str, customer: str | None = None) -> None:
        """Does nothing where it is not followed."""
        subject = contact_subject(customer or "", ident) if kind == "contact" else ident
        self.session.exec(
            delete(FollowRow).where(
                col(FollowRow.employee) == self.employee,
                col(FollowRow.kind) == kind,
                col(FollowRow.subject) == subject,
            )
        )

    def topics(self) -> tuple[Topic, ...]:
        rows = select(FollowRow.kind, FollowRow.subject).where(FollowRow.employee == self.employee)
        return tuple((kind, subject) for kind, subject in self.session.exec(rows))

    def feed(self, limit: int = 50, after: str | None = None) -> Page[VisitSummary]:
        """Filed visits about anything that is followed; what was learned last comes first."""
        before = opened_moment(after) if after is not None else None
        found = news(self.session, self.topics(), size(limit) + 1, before=before)
        shown = {each.id: each for each in of_ids(self.session, [visit for _, visit in found])}
        return page(found, limit, lambda row: (row[0].isoformat(), row[1]), lambda row: shown[row[1]])

    def _known(self, kind: TopicKind, ident: str, customer: str | None) -> tuple[str, str, str | None]:
        """Name, id and customer of the record as it stands today."""
        if kind == "customer":
            row = standing(self.session, ident)
            return row.name, row.id, row.id
        if kind == "contact":
            contact = self.session.get(ContactRow, (standing(self.session, customer or "").id, ident))
            if contact is None:
                raise UnknownContact
            return contact.name, contact.id, contact.customer
        if kind == "product":
            product = self.session.get(ProductRow, ident)
            if product is None:
                raise UnknownProduct
            return product.name, ident, None
        employee = self.session.get(EmployeeRow, ident)
        if employee is None:
            raise UnknownEmployee
        return employee.name, ident, None

    def _names(self, rows: Iterable[FollowRow]) -> dict[Topic, str]:
        found: dict[Topic, str] = {}
        ids: dict[str, set[str]] = {}
        for row in rows:
            whose = row.customer or "" if row.kind == "contact" else row.subject
            ids.setdefault(row.kind, set()).add(whose)
        alive = select(CustomerRow.id, CustomerRow.name).where(
            col(CustomerRow.id).in_(ids.get("customer", ())), col(CustomerRow.deleted_at).is_(None)
        )
        found |= {("customer", ident): name for ident, name in self.session.exec(alive)}
        people = select(ContactRow.customer, ContactRow.id, ContactRow.name)
        theirs = people.where(col(ContactRow.customer).in_(ids.get("contact", ())))
        for customer, ident, name in self.session.exec(theirs):
            found["contact", contact_subject(customer, ident)] = name
        for kind, table in (("product", ProductRow), ("employee", EmployeeRow)):
            named = select(table.id, table.name).where(col(table.id).in_(ids.get(kind, ())))
            found |= {(kind, ident): name for ident, name in self.session.exec(named)}
        return found


def of_ids(session: Session, ids: list[str]) -> list[VisitSummary]:
    return summaries(session, session.exec(select(VisitRow).where(col(VisitRow.id).in_(ids))).all())


def add_followers(session: Session, of: str, to: str, people: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Whoever follows a customer that is merged, or somebody there, follows the one that stays too; answers
    with the follows that are new (employee, subject). The old ones wait for the merge to be taken back."""
    session.flush()
    renamed = {of: ("customer", to)}
    for old, new in people.items():
        renamed[contact_subject(of, old)] = ("contact", contact_subject(to, new))
    made = []
    for row in session.exec(select(FollowRow).where(FollowRow.customer == of)).all():
        kind, subject = renamed.get(row.subject, ("", ""))
        copy = FollowRow(employee=row.employee, kind=kind, subject=subject, customer=to, at=row.at)
        if kind == row.kind and insert_new(session, copy):
            made.append((row.employee, subject))
    return tuple(made)


def follow_on(session: Session, old: tuple[str, str], new: tuple[str, str]) -> None:
    """Whoever follows a person who is found elsewhere now, or as another contact, follows them there too."""
    session.flush()
    subject, at = contact_subject(*old), contact_subject(*new)
    theirs = select(FollowRow).where(FollowRow.kind == "contact", FollowRow.subject == subject)
    for row in session.exec(theirs).all():
        copy = FollowRow(employee=row.employee, kind="contact", subject=at, customer=new[0], at=row.at)
        insert_new(session, copy)


def drop_followers(session: Session, made: Iterable[tuple[str, str]]) -> None:
    """Take back what `add_followers` made."""
    for employee, subject in made:
        for kind in ("customer", "contact"):
            row = session.get(FollowRow, (employee, kind, subject))
            if row is not None:
                session.delete(row)
