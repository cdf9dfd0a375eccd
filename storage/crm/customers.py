"""Customers and their people. Whatever can find a customer is kept beside it, in the same transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, literal, tuple_, union_all
from sqlmodel import Session, col, delete, func, select

from storage.crm.companies import Companies
from storage.crm.places import forget_contact, forget_places
from storage.errors import BadPlace, UnknownContact, UnknownCustomer
from storage.events import Events
from storage.finding.naming import digits, e164, fold, sounds
from storage.finding.places import cell
from storage.finding.vocabulary import keep_words
from storage.paging import opened, page, size
from storage.records import Contact, Customer, Page
from storage.social.forgetting import forget_customer
from storage.tables.customers import ContactRow, CustomerRow, KeyRow, TermRow
from storage.tables.learned import AliasRow
from storage.waiting.letters import forget_letters

COMMON = 2_000
"""A word or sound that is in this many names tells none of them apart."""
COUNTED_AT_ONCE = 100
WRITTEN = ("word", "part")
"""Kinds of keys that are words as people write them; the parts of addresses name nobody in a dictation."""


class Customers:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, customer_id: str) -> Customer:
        """A merged one is the one that it was merged into."""
        return customers(self.session, [standing(self.session, customer_id)])[0]

    def list(self, limit: int = 50, after: str | None = None) -> Page[Customer]:
        """By name."""
        query = select(CustomerRow).where(col(CustomerRow.deleted_at).is_(None))
        if after is not None:
            name, ident = opened(after, 2)
            key = tuple_(col(CustomerRow.sort_name), col(CustomerRow.id))
            query = query.where(key > tuple_(literal(name), literal(ident)))
        query = query.order_by(col(CustomerRow.sort_name), col(CustomerRow.id)).limit(size(limit) + 1)
        rows = self.session.exec(query).all()
        whole = {customer.id: customer for customer in customers(self.session, rows)}
        return page(rows, limit, lambda row: (row.sort_name, row.id), lambda row: whole[row.id])

    def put(
        self,
        customer_id: str,
        name: str,
        aliases: tuple[str, ...],
        address: str | None,
        lat: float | None,
        lon: float | None,
        phone: str | None,
    ) -> tuple[Customer, bool]:
        """The customer, and whether new; its people stay as they are."""
        if (lat is None) != (lon is None) or not (-90 <= (lat or 0) <= 90 and -180 <= (lon or 0) <= 180):
            raise BadPlace
        known = self.session.get(CustomerRow, customer_id)
        if known is not None and known.merged_into is not None:
            raise UnknownCustomer("This customer was merged with another one; change that one.")
        created = known is None or known.deleted_at is not None
        self.session.merge(
            CustomerRow(
                id=customer_id,
                name=name,
                sort_name=fold(name),
                aliases=aliases,
                address=address,
                lat=lat,
                lon=lon,
                cell=cell(lat, lon),
                phone=e164(phone, Companies(self.session).get().region),
                deleted_at=None,
            )
        )
        self._changed(customer_id)
        return self.get(customer_id), created

    def delete(self, customer_id: str) -> None:
        """Gone from lists and lookup; visits that were made there keep their customer."""
        row = live_row(self.session, customer_id)
        row.deleted_at = datetime.now(UTC)
        forget(self.session, [customer_id])
        forget_customer(self.session, customer_id)
        forget_places(self.session, customer_id)
        forget_letters(self.session, customer_id)
        Events(self.session).append("customer", customer_id)

    def put_contact(
        self,
        customer_id: str,
        contact_id: str,
        name: str,
        role: str | None,
        phone: str | None,
        email: str | None,
    ) -> tuple[Contact, bool]:
        live_row(self.session, customer_id)
        row = self.session.get(ContactRow, (customer_id, contact_id))
        created = row is None
        if row is None:
            last = select(func.max(ContactRow.place)).where(ContactRow.customer == customer_id)
            place = (self.session.exec(last).one() or 0) + 1
            row = ContactRow(customer=customer_id, id=contact_id, place=place, name=name)
        row.name, row.role, row.email = name, role, email
        row.phone = e164(phone, Companies(self.session).get().region)
        self.session.add(row)
        self._changed(customer_id)
        return _contact(row), created

    def delete_contact(self, customer_id: str, contact_id: str) -> None:
        live_row(self.session, customer_id)
        row = self.session.get(ContactRow, (customer_id, contact_id))
        if row is None:
            raise UnknownContact
        self.session.delete(row)
        forget_customer(self.session, customer_id, contact_id)
        forget_contact(self.session, customer_id, contact_id)
        if row.email:
            forget_letters(self.session, customer_id, row.email)
        self._changed(customer_id)

    def _changed(self, customer_id: str) -> None:
        self.session.flush()
        index(self.session, self.get(customer_id))
        Events(self.session).append("customer", customer_id)


def live_row(session: Session, customer_id: str) -> CustomerRow:
    row = session.get(CustomerRow, customer_id)
    if row is None or row.deleted_at is not None:
        raise UnknownCustomer
    return row


def standing(session: Session, customer_id: str) -> CustomerRow:
    """The row, or that of the customer that it was merged into."""
    row = session.get(CustomerRow, customer_id)
    while row is not None and row.merged_into is not None:
        row = session.get(CustomerRow, row.merged_into)
    if row is None or row.deleted_at is not None:
        raise UnknownCustomer
    return row


def customers(session: Session, rows: Sequence[CustomerRow]) -> list[Customer]:
    """Records of these rows, with their people read at once."""
    people: dict[str, list[Contact]] = {row.id: [] for row in rows}
    query = select(ContactRow).where(col(ContactRow.customer).in_(people))
    for contact in session.exec(query.order_by(col(ContactRow.place), col(ContactRow.id))):
        people[contact.customer].append(_contact(contact))
    return [
        Customer(
            id=row.id,
            name=row.name,
            aliases=tuple(row.aliases),
            address=row.address,
            lat=row.lat,
            lon=row.lon,
            phone=row.phone,
            contacts=tuple(people[row.id]),
        )
        for row in rows
    ]


def sharing(session: Session, kind: str, keys: Sequence[str]) -> dict[str, int]:
    """How many names share each of these words or sounds, counted up to COMMON."""
    counts: dict[str, int] = {}
    for start in range(0, len(keys), COUNTED_AT_ONCE):
        some = [
            select(literal(key), func.count()).select_from(
                select(KeyRow.term).where(KeyRow.kind == kind, KeyRow.key == key).limit(COMMON).subquery()
            )
            for key in keys[start : start + COUNTED_AT_ONCE]
        ]
        counts.update((key, names) for key, names in session.connection().execute(union_all(*some)) if names)
    return counts


def forget(session: Session, ids: Sequence[str]) -> None:
    """Take customers out of the lookup."""
    theirs = select(TermRow.id).where(col(TermRow.customer).in_(ids))
    session.exec(delete(KeyRow).where(col(KeyRow.term).in_(theirs)))
    session.exec(delete(TermRow).where(col(TermRow.customer).in_(ids)))


def index(session: Session, *known: Customer) -> None:
    """Write anew what finds these customers, some hundred at most."""
    ids = [each.id for each in known]
    forget(session, ids)
    learned: dict[str, tuple[str, ...]] = {}
    of_them = select(AliasRow.customer, AliasRow.heard).where(col(AliasRow.customer).in_(ids))
    for customer, heard in session.exec(of_them.order_by(col(AliasRow.heard))):
        learned[customer or ""] = (*learned.get(customer or "", ()), heard)
    terms = [term for each in known for term in terms_of(each, learned.get(each.id, ()))]
    if not terms:
        return
    insert_terms = insert(TermRow).returning(col(TermRow.id), sort_by_parameter_order=True)
    made = session.connection().execute(insert_terms, terms).scalars().all()
    keys = [key for term, ident in zip(terms, made, strict=True) for key in keys_of({**term, "id": ident})]
    if keys:
        session.connection().execute(insert(KeyRow), keys)
        keep_words(session, (key["key"] for key in keys if key["kind"] in WRITTEN))


def terms_of(customer: Customer, heard: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Everything that finds a customer: its names, its people's names and e-mails, what any of these were
    heard as, its address, and digits of every number; as values of rows, since they are many."""
    named = [("name", customer.name), *(("alias", alias) for alias in customer.aliases)]
    named += [("heard", alias) for alias in heard]
    named += [("person", contact.name) for contact in customer.contacts]
    named += [("email", contact.email) for contact in customer.contacts if contact.email]
    named += [("place", customer.address)] if customer.address else []
    phones = [customer.phone, *(contact.phone for contact in customer.contacts)]
    terms = [(kind, fold(shown), shown) for kind, shown in named]
    terms += [("phone", digits(phone), phone) for phone in phones if phone]
    unique = {(kind, text): shown for kind, text, shown in terms if text}
    return [
        {"customer": customer.id, "kind": kind, "text": text, "shown": shown, "words": len(text.split())}
        for (kind, text), shown in unique.items()
    ]


def keys_of(term: dict[str, Any]) -> list[dict[str, Any]]:
    """Words and sounds of a name that has its id; words of an address or e-mail; a number has none."""
    if term["kind"] == "phone":
        return []
    if term["kind"] in ("email", "place"):
        words = dict.fromkeys(term["text"].split())
        return [{"kind": "part", "key": word, "term": term["id"]} for word in words]
    pairs = [("word", word) for word in dict.fromkeys(term["text"].split())]
    pairs += [("sound", key) for key in sounds(term["shown"])]
    return [{"kind": kind, "key": key, "term": term["id"]} for kind, key in pairs]


def _contact(row: ContactRow) -> Contact:
    return Contact(
        id=row.id, customer=row.customer, name=row.name, role=row.role, phone=row.phone, email=row.email
    )
