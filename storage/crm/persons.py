"""People across customers: two contacts that are one person, and somebody who changed employer.

What they were at each customer stays, and so do the visits there; each change is kept and can be taken back.
"""

from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias
from uuid import NAMESPACE_URL, uuid4, uuid5

import msgspec
from sqlmodel import Session, col, select

from nlp.types import Report
from storage.crm.customers import Customers, index, live_row, standing
from storage.errors import MergeDiffers, SameRecord, UnknownContact, UnknownMerge
from storage.events import Events
from storage.records import Record
from storage.social.follows import follow_on
from storage.social.forgetting import forget_customer
from storage.social.topics import same_news
from storage.tables.customers import ContactRow
from storage.tables.learned import AliasRow
from storage.tables.people import EmployeeRow
from storage.tables.persons import PersonChangeRow, PlaceRow
from storage.tables.visits import ReportRow, VisitRow
from storage.visits.summaries import names

ChangeKind: TypeAlias = Literal["joined", "moved"]
ADOPTED = ("role", "phone", "email")
"""What a contact takes over from its twin where it has nothing."""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What taking it back needs. `dropped`: a contact that is no more, with every value it had."""

    made: tuple[str, ...] = ()
    """Places that were written for it."""
    ended: tuple[str, ...] = ()
    """Places that were left."""
    persons: dict[str, str] = {}
    """The person of a place before, by the place."""
    dropped: dict[str, Any] | None = None
    kept: tuple[str, str] | None = None
    """Customer and contact that took its place."""
    adopted: dict[str, Any] = {}
    aliases: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


class Change(Record, frozen=True, kw_only=True):
    id: str
    kind: ChangeKind
    at: datetime
    by_name: str
    undone_at: datetime | None


class Persons:
    def __init__(self, session: Session) -> None:
        self.session = session

    def join(self, one: tuple[str, str], other: tuple[str, str], *, by: str) -> Change:
        """Two contacts are one person; at one customer one contact is left of them. Raises SameRecord,
        UnknownCustomer, UnknownContact."""
        kept, gone = self._contact(*one), self._contact(*other)
        if (kept.customer, kept.id) == (gone.customer, gone.id):
            raise SameRecord
        place, made = self._place(kept)
        second, more = self._place(gone)
        made += more
        if place.person == second.person and kept.customer != gone.customer:
            raise SameRecord("These two are known to be one person already.")
        theirs = self.session.exec(select(PlaceRow).where(PlaceRow.person == second.person)).all()
        before = {row.id: row.person for row in theirs if row.person != place.person}
        for row in theirs:
            row.person = place.person
        done = Done(made=made, persons=before)
        if kept.customer == gone.customer:
            done = msgspec.structs.replace(done, **self._into(kept, gone))
            second.until = datetime.now(UTC)
            done = msgspec.structs.replace(done, ended=(second.id,))
        return self._keep("joined", place.person, done, {kept.customer, gone.customer}, by)

    def move(
        self, customer: str, contact: str, to: str, role: str | None, phone: str | None, email: str | None,
        *, by: str,
    ) -> Change:  # fmt: skip
        """Somebody works elsewhere now. Raises SameRecord, UnknownCustomer, UnknownContact, BadPhone."""
        old = self._contact(customer, contact)
        target = standing(self.session, to).id
        if target == old.customer:
            raise SameRecord("That is where this person works already.")
        place, made = self._place(old)
        taken = self.session.get(ContactRow, (target, old.id)) is not None
        ident = str(uuid5(NAMESPACE_URL, f"{old.customer}/{old.id}/{uuid4()}")) if taken else old.id
        Customers(self.session).put_contact(target, ident, old.name, role, phone, email)
        now = datetime.now(UTC)
        place.until = now
        new = PlaceRow(
            id=uuid4().hex, person=place.person, customer=target, contact=ident, name=old.name, role=role,
            since=now,
        )  # fmt: skip
        self.session.add(new)
        done = Done(
            made=(*made, new.id),
            ended=(place.id,),
            dropped=old.model_dump(),
            kept=(target, ident),
            aliases=self._aliases((old.customer, old.id), (target, ident)),
        )
        follow_on(self.session, (old.customer, old.id), (target, ident))
        self.session.delete(old)
        return self._keep("moved", place.person, done, {old.customer, target}, by)

    def undo(self, change_id: str) -> Change:
        """The last change of a person, taken back. Raises UnknownMerge, MergeDiffers."""
        row = self.session.get(PersonChangeRow, change_id, with_for_update=True)
        if row is None:
            raise UnknownMerge
        later = select(PersonChangeRow.id).where(
            PersonChangeRow.person == row.person,
            col(PersonChangeRow.undone_at).is_(None),
            col(PersonChangeRow.at) > row.at,
        )
        if row.undone_at is not None or self.session.exec(later.limit(1)).first() is not None:
            raise MergeDiffers
        done = msgspec.json.decode(row.done, type=Done)
        touched = self._back(row.kind, done)
        row.undone_at = datetime.now(UTC)
        self._changed(touched)
        return self._record(row)

    def _back(self, kind: str, done: Done) -> set[str]:
        for ident, person in done.persons.items():
            place = self.session.get(PlaceRow, ident)
            if place is not None:
                place.person = person
        for ident in done.ended:
            place = self.session.get(PlaceRow, ident)
            if place is not None:
                place.until = None
        places = [place for ident in done.made if (place := self.session.get(PlaceRow, ident)) is not None]
        touched = {place.customer for place in places}
        for place in places:
            self.session.delete(place)
        if done.dropped is None or done.kept is None:
            return touched
        was = (done.dropped["customer"], done.dropped["id"])
        live_row(self.session, was[0])
        kept = self.session.get(ContactRow, done.kept)
        if self.session.get(ContactRow, was) is None:
            self.session.add(ContactRow(**done.dropped))
        for ident in done.aliases:
            alias = self.session.get(AliasRow, ident)
            if alias is not None and (alias.customer, alias.record) == done.kept:
                alias.customer, alias.record = was
        if kept is not None and kind == "moved":
            forget_customer(self.session, kept.customer, kept.id)
            self.session.delete(kept)
        elif kept is not None:
            for name, value in done.adopted.items():
                if getattr(kept, name) == value:
                    setattr(kept, name, None)
            self._rename(done.reports, done.kept[1], was[1])
        return touched | {was[0], done.kept[0]}

    def _into(self, kept: ContactRow, gone: ContactRow) -> dict[str, Any]:
        """One contact of two at the same customer; what was said of either stays."""
        adopted = {
            name: getattr(gone, name)
            for name in ADOPTED
            if getattr(kept, name) is None and getattr(gone, name) is not None
        }
        for name, value in adopted.items():
            setattr(kept, name, value)
        visits = select(VisitRow.id).where(VisitRow.customer == kept.customer)
        rows = self.session.exec(select(ReportRow).where(col(ReportRow.visit).in_(visits))).all()
        named = tuple(row.visit for row in rows if gone.id in {each.id for each in row.filed.contacts})
        self._rename(named, gone.id, kept.id)
        aliases = self._aliases((gone.customer, gone.id), (kept.customer, kept.id))
        dropped = gone.model_dump()
        follow_on(self.session, (gone.customer, gone.id), (kept.customer, kept.id))
        self.session.delete(gone)
        at = (kept.customer, kept.id)
        return {"dropped": dropped, "kept": at, "adopted": adopted, "aliases": aliases, "reports": named}

    def _rename(self, visits: tuple[str, ...], old: str, new: str) -> None:
        for visit in visits:
            row = self.session.get(ReportRow, visit)
            if row is not None:
                row.filed, row.extracted = renamed(row.filed, old, new), renamed(row.extracted, old, new)
                same_news(self.session, self.session.get_one(VisitRow, visit), row.filed)

    def _aliases(self, old: tuple[str, str], new: tuple[str, str]) -> tuple[str, ...]:
        """What the name was heard as goes with the person."""
        rows = self.session.exec(
            select(AliasRow).where(
                AliasRow.kind == "contact", AliasRow.customer == old[0], AliasRow.record == old[1]
            )
        ).all()
        for row in rows:
            row.customer, row.record = new
        return tuple(row.id for row in rows)

    def _contact(self, customer: str, contact: str) -> ContactRow:
        at = (standing(self.session, customer).id, contact)
        row = self.session.get(ContactRow, at, with_for_update=True)
        if row is None:
            raise UnknownContact
        return row

    def _place(self, contact: ContactRow) -> tuple[PlaceRow, tuple[str, ...]]:
        """Where the contact stands among a person's places, and the id of one that had to be made."""
        row = self.session.exec(
            select(PlaceRow).where(
                PlaceRow.customer == contact.customer,
                PlaceRow.contact == contact.id,
                col(PlaceRow.until).is_(None),
            )
        ).first()
        if row is not None:
            row.name, row.role = contact.name, contact.role
            return row, ()
        row = PlaceRow(
            id=uuid4().hex, person=uuid4().hex, customer=contact.customer, contact=contact.id,
            name=contact.name, role=contact.role,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        return row, (row.id,)

    def _keep(self, kind: ChangeKind, person: str, done: Done, customers: set[str], by: str) -> Change:
        row = PersonChangeRow(
            id=uuid4().hex, kind=kind, person=person, at=datetime.now(UTC), by=by,
            done=msgspec.json.encode(done).decode(),
        )  # fmt: skip
        self.session.add(row)
        self._changed(customers)
        return self._record(row)

    def _changed(self, customers: set[str]) -> None:
        self.session.flush()
        for customer in sorted(customers):
            index(self.session, Customers(self.session).get(customer))
            Events(self.session).append("customer", customer)

    def _record(self, row: PersonChangeRow) -> Change:
        people = names(self.session, EmployeeRow, {row.by})
        return Change(
            id=row.id, kind=row.kind, at=row.at, by_name=people[row.by], undone_at=row.undone_at,  # type: ignore[arg-type]
        )  # fmt: skip


def renamed(report: Report, old: str, new: str) -> Report:
    contacts = tuple(
        msgspec.structs.replace(each, id=new) if each.id == old else each for each in report.contacts
    )
    return msgspec.structs.replace(report, contacts=contacts)
