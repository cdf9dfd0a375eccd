"""Everything out, line by line: in our own words, or in the columns that HubSpot and Salesforce read.

Rows are read in keyset pages, each in a session of its own, so a long download holds no lock.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, Literal, TypeAlias

import msgspec
from sqlalchemy import literal, tuple_
from sqlmodel import Session, col, select

from storage.columns import Moment
from storage.crm.customers import customers
from storage.database import Database
from storage.outside.spoken import COMMENTS, VOICES, comment_rows, voice_rows
from storage.records import Customer
from storage.tables.customers import CustomerRow, ProductRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import PromiseRow, ReportRow, VisitRow
from storage.visits.summaries import names

What: TypeAlias = Literal["customers", "contacts", "products", "visits", "promises", "comments", "voices"]
Form: TypeAlias = Literal["csv", "jsonl"]
Style: TypeAlias = Literal["rounds", "hubspot", "salesforce"]

Row: TypeAlias = dict[str, Any]
AT_ONCE = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would work out instead of showing it."""

CUSTOMERS = ("id", "name", "aliases", "address", "lat", "lon", "phone")
CONTACTS = ("customer_id", "customer", "contact_id", "contact", "role", "contact_phone", "email")
PRODUCTS = ("id", "name", "aliases", "unit", "price")
VISITS = (
    "id", "kind", "state", "at", "rep", "rep_name", "customer", "customer_name", "outcome", "summary",
    "next_meeting", "contacts", "orders", "amounts", "commitments", "competitors", "feedback", "personal",
)  # fmt: skip
PROMISES = ("id", "visit", "customer", "customer_name", "rep", "owner", "action", "due", "said_at", "done_at",
            "kind", "holder")  # fmt: skip
COLUMNS: dict[What, tuple[str, ...]] = {
    "customers": CUSTOMERS,
    "contacts": CONTACTS,
    "products": PRODUCTS,
    "visits": VISITS,
    "promises": PROMISES,
    "comments": COMMENTS,
    "voices": VOICES,
}
NAMED: dict[Style, dict[str, dict[str, str]]] = {
    "rounds": {},
    "hubspot": {
        "customers": {"id": "Record ID", "name": "Company name", "phone": "Phone Number",
                      "address": "Street Address", "lat": "Latitude", "lon": "Longitude"},
        "contacts": {"customer": "Associated Company", "first_name": "First Name", "last_name": "Last Name",
                     "role": "Job Title", "contact_phone": "Mobile Phone Number", "email": "Email"},
    },
    "salesforce": {
        "customers": {"id": "Account ID", "name": "Account Name", "phone": "Account Phone",
                      "address": "Billing Street", "lat": "Billing Latitude", "lon": "Billing Longitude"},
        "contacts": {"customer": "Account Name", "first_name": "First Name", "last_name": "Last Name",
                     "role": "Title", "contact_phone": "Mobile", "email": "Email"},
    },
}  # fmt: skip
"""Their headers of our columns: those that their own import wizards know."""


def export(database: Database, what: What, form: Form, style: Style) -> Iterator[bytes]:
    """The file in pieces; CSV in UTF-8 with a mark at its start, which Excel needs."""
    named = NAMED[style].get(what) or {name: name for name in COLUMNS[what]}
    rows = (
        {header: row.get(name) for name, header in named.items()}
        for page in pages(database, what)
        for row in page
    )
    if form == "jsonl":
        for row in rows:
            yield msgspec.json.encode(row) + b"\n"
        return
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(named.values())
    for number, row in enumerate(rows, 1):
        writer.writerow([cell(value) for value in row.values()])
        if number % AT_ONCE == 0:
            yield taken(buffer)
    yield taken(buffer)


def taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def cell(value: Any) -> str:
    """A list of words parted by semicolons, a list of things as JSON, and nothing that a spreadsheet works
    out: OWASP, 'CSV Injection'. A telephone number keeps its plus."""
    if value is None:
        return ""
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        value = "; ".join(value)
    if not isinstance(value, str):
        return msgspec.json.encode(value).decode() if isinstance(value, list | dict) else str(value)
    harmless = value[:1] == "+" and value[1:].replace(" ", "").isdigit()
    return f"'{value}" if value.startswith(FORMULA) and not harmless else value


def pages(database: Database, what: What) -> Iterator[list[Row]]:
    read: dict[What, Callable[[Session, Any], tuple[list[Row], Any]]] = {
        "customers": customer_rows,
        "contacts": contact_rows,
        "products": product_rows,
        "visits": visit_rows,
        "promises": promise_rows,
        "comments": partial(comment_rows, limit=AT_ONCE),
        "voices": partial(voice_rows, limit=AT_ONCE),
    }
    after: Any = None
    while True:
        with database.reading() as session:
            rows, after = read[what](session, after)
        yield rows
        if after is None:
            return


def customer_rows(session: Session, after: str | None) -> tuple[list[Row], str | None]:
    found, after = _customers(session, after)
    return [{name: getattr(each, name) for name in CUSTOMERS} for each in found], after


def contact_rows(session: Session, after: str | None) -> tuple[list[Row], str | None]:
    found, after = _customers(session, after)
    rows = []
    for each in found:
        for person in each.contacts:
            first, _, last = person.name.rpartition(" ")
            rows.append({
                "customer_id": each.id, "customer": each.name, "contact_id": person.id,
                "contact": person.name, "first_name": first, "last_name": last, "role": person.role,
                "contact_phone": person.phone, "email": person.email,
            })  # fmt: skip
    return rows, after


def product_rows(session: Session, after: str | None) -> tuple[list[Row], str | None]:
    query = select(ProductRow).where(col(ProductRow.id) > (after or "")).order_by(col(ProductRow.id))
    rows = session.exec(query.limit(AT_ONCE)).all()
    return [{name: getattr(row, name) for name in PRODUCTS} for row in rows], _next(rows)


def visit_rows(session: Session, after: tuple[datetime, str] | None) -> tuple[list[Row], Any]:
    query = select(VisitRow, ReportRow).join(
        ReportRow, col(ReportRow.visit) == col(VisitRow.id), isouter=True
    )
    if after is not None:
        query = query.where(
            tuple_(col(VisitRow.at), col(VisitRow.id))
            > tuple_(literal(after[0], Moment()), literal(after[1]))
        )
    rows = session.exec(query.order_by(col(VisitRow.at), col(VisitRow.id)).limit(AT_ONCE)).all()
    people = names(session, EmployeeRow, {visit.rep for visit, _ in rows})
    places = names(session, CustomerRow, {visit.customer for visit, _ in rows if visit.customer})
    found = []
    for visit, report in rows:
        row = {name: getattr(visit, name) for name in VISITS[:9] if hasattr(visit, name)}
        row |= {"rep_name": people[visit.rep], "summary": visit.summary}
        row["customer_name"] = places.get(visit.customer or "", visit.new_customer)
        if report is not None:
            filed = msgspec.to_builtins(report.filed)
            row |= {name: filed[name] for name in VISITS[10:]}
        found.append({name: row.get(name) for name in VISITS})
    last = rows[-1][0] if len(rows) == AT_ONCE else None
    return found, (last.at, last.id) if last else None


def promise_rows(session: Session, after: str | None) -> tuple[list[Row], str | None]:
    query = select(PromiseRow).where(col(PromiseRow.id) > (after or "")).order_by(col(PromiseRow.id))
    rows = session.exec(query.limit(AT_ONCE)).all()
    places = names(session, CustomerRow, {row.customer for row in rows if row.customer})
    return [
        {
            **{name: getattr(row, name, None) for name in PROMISES},
            "customer_name": places.get(row.customer or ""),
        }
        for row in rows
    ], _next(rows)


def _customers(session: Session, after: str | None) -> tuple[list[Customer], str | None]:
    query = select(CustomerRow).where(col(CustomerRow.deleted_at).is_(None))
    query = query.where(col(CustomerRow.id) > (after or "")).order_by(col(CustomerRow.id)).limit(AT_ONCE)
    rows = session.exec(query).all()
    return customers(session, rows), _next(rows)


def _next(rows: Any) -> str | None:
    return rows[-1].id if len(rows) == AT_ONCE else None
