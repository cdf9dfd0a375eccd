"""Names as they were misheard or as people say them: learned from corrections or given, and taken back.

They find the record again; the speech engine is never told, because what it misheard is nobody's name.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import literal, tuple_
from sqlmodel import Session, col, select

from storage.columns import Moment
from storage.crm.catalogue import Catalogue
from storage.crm.customers import Customers, index
from storage.errors import (
    AliasTaken,
    UnknownAlias,
    UnknownCompetitor,
    UnknownContact,
    UnknownCustomer,
    UnknownProduct,
)
from storage.events import Events
from storage.finding.naming import fold
from storage.paging import opened_moment, page, size
from storage.records import Page, Record
from storage.rows import insert_new
from storage.tables.customers import TermRow
from storage.tables.learned import AliasRow
from storage.tables.people import EmployeeRow
from storage.visits.summaries import names

AliasKind: TypeAlias = Literal["customer", "contact", "product", "competitor"]
SHORTEST, LONGEST, WORDS = 3, 40, 5
"""Letters and words of what may be a name."""


class Alias(Record, frozen=True, kw_only=True):
    """`record` is an id, a competitor's name; `customer` at whom a contact is; `visit` where it was learned,
    null when somebody gave it."""

    id: str
    kind: AliasKind
    customer: str | None
    record: str
    heard: str
    visit: str | None
    by: str
    by_name: str
    at: datetime


class Aliases:
    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self, limit: int = 50, after: str | None = None, record: str | None = None) -> Page[Alias]:
        """The newest first; all, or those of one record."""
        query = select(AliasRow)
        if record is not None:
            query = query.where(AliasRow.record == record)
        if after is not None:
            at, ident = opened_moment(after)
            key = tuple_(col(AliasRow.at), col(AliasRow.id))
            query = query.where(key < tuple_(literal(at, Moment()), literal(ident)))
        query = query.order_by(col(AliasRow.at).desc(), col(AliasRow.id).desc()).limit(size(limit) + 1)
        rows = self.session.exec(query).all()
        who = names(self.session, EmployeeRow, {row.by for row in rows})
        return page(rows, limit, lambda row: (row.at.isoformat(), row.id), lambda row: _alias(row, who))

    def delete(self, alias_id: str) -> None:
        """From now on the words mean nobody; reports stay as they are."""
        row = self.session.get(AliasRow, alias_id)
        if row is None:
            raise UnknownAlias
        self.session.delete(row)
        self.session.flush()
        self._changed(row)

    def give(self, kind: AliasKind, record: str, customer: str | None, heard: str, *, by: str) -> None:
        """A person says what else a record is called; the same again changes nothing. Raises AliasTaken,
        and Unknown for a record that is not here."""
        self._known(kind, record, customer)
        if not self.learn(kind, record, customer, heard, visit=None, by=by):
            given = self._heard(col(AliasRow.record) == record).get((customer or kind, record), ())
            if fold(heard) not in map(fold, given):
                raise AliasTaken

    def learn(
        self, kind: AliasKind, record: str, customer: str | None, heard: str, *, visit: str | None, by: str
    ) -> bool:
        """False when it teaches nothing, or would make two records sound the same."""
        heard = " ".join(heard.split())
        if not _nameable(heard) or self._taken(kind, record, customer, fold(heard)):
            return False
        ident = str(uuid5(NAMESPACE_URL, f"rounds/alias/{kind}/{customer}/{record}/{fold(heard)}"))
        row = AliasRow(
            id=ident, kind=kind, customer=customer, record=record, heard=heard, visit=visit, by=by,
            at=datetime.now(UTC),
        )  # fmt: skip
        if not insert_new(self.session, row):
            return False
        self._changed(row)
        return True

    def of_customers(self, ids: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
        """By customer and record: a customer's own under its id twice."""
        return self._heard(col(AliasRow.customer).in_(list(ids)))

    def of_catalogue(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """By kind and record."""
        return self._heard(col(AliasRow.kind).in_(["product", "competitor"]))

    def _heard(self, where: object) -> dict[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
        for row in self.session.exec(select(AliasRow).where(where).order_by(col(AliasRow.heard))):  # type: ignore[arg-type]
            found[row.customer or row.kind, row.record] += (row.heard,)
        return found

    def _known(self, kind: AliasKind, record: str, customer: str | None) -> None:
        if kind in ("customer", "contact"):
            whole = Customers(self.session).get(customer or "")
            if record not in {customer, *(each.id for each in whole.contacts)}:
                raise UnknownContact
        elif kind == "product":
            if record not in {each.id for each in Catalogue(self.session).products()}:
                raise UnknownProduct
        elif record not in {each.name for each in Catalogue(self.session).competitors()}:
            raise UnknownCompetitor

    def _changed(self, row: AliasRow) -> None:
        """A customer is found by it, and by what its people are called."""
        if row.customer is not None:
            try:
                index(self.session, Customers(self.session).get(row.customer))
            except UnknownCustomer:  # deleted since: nothing finds it anyway
                return
        Events(self.session).append("customer" if row.customer else "catalogue", row.customer or row.record)

    def _taken(self, kind: AliasKind, record: str, customer: str | None, heard: str) -> bool:
        """Somebody's name already, this record's own among them."""
        if kind == "customer":
            known = select(TermRow.id).where(TermRow.text == heard, col(TermRow.kind).in_(("name", "alias")))
            return self.session.exec(known.limit(1)).first() is not None
        if kind == "contact":
            people = Customers(self.session).get(customer or "").contacts
            return any(f" {heard} " in f" {fold(each.name)} " for each in people)
        catalogue = Catalogue(self.session)
        wares = catalogue.products() if kind == "product" else catalogue.competitors()
        return any(heard == fold(name) for each in wares for name in (each.name, *each.aliases))


def _nameable(heard: str) -> bool:
    letters = sum(letter.isalpha() for letter in heard)
    return letters >= SHORTEST and len(heard) <= LONGEST and len(heard.split()) <= WORDS


def _alias(row: AliasRow, who: dict[str, str]) -> Alias:
    return Alias(
        id=row.id, kind=row.kind, customer=row.customer, record=row.record, heard=row.heard,  # type: ignore[arg-type]
        visit=row.visit, by=row.by, by_name=who[row.by], at=row.at,
    )  # fmt: skip
