"""Whom the company visits, and how somebody on the phone is found in three keystrokes."""

from typing import Annotated

from litestar import Response, delete, get, put
from litestar.params import JSONBody, QueryParameter

from api.answers import changes, reads, saved
from api.auth import employees, managers, reps
from api.deps import After, Caller, Id, Limit, Store
from api.errors import BadRequest
from api.schemas import FieldError, PutContact, PutCustomer
from storage.crm.customers import Customers
from storage.errors import BadCursor, BadPhone, BadPlace, UnknownContact, UnknownCustomer
from storage.finding.lookup import Lookup
from storage.pages.brief import customer_page
from storage.pages.patch import patch_of
from storage.pages.story import CustomerPage
from storage.records import Contact, Customer, Hit, Page, VisitSummary
from storage.visits.visits import Visits

Query = Annotated[
    str | None, QueryParameter(max_length=200, description="Any part of a name; typos are fine.")
]
Phone = Annotated[str | None, QueryParameter(max_length=40, description="Any digits of a telephone number.")]
Near = Annotated[str | None, QueryParameter(max_length=60, description="`lat,lon`; the nearest first.")]


@get(
    "/customers",
    operation_id="findCustomers",
    guards=[employees],
    responses=reads(BadCursor),
    sync_to_thread=True,
)
def find_customers(
    database: Store,
    q: Query = None,
    phone: Phone = None,
    near: Near = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[Hit]:
    """By name, telephone or place; all by name when nothing is asked for."""
    place = coordinates(near)
    with database.reading() as session:
        lookup = Lookup(session)
        if q is not None:
            return lookup.by_name(q, limit)
        if phone is not None:
            return lookup.by_phone(phone, limit)
        if place is not None:
            return lookup.near(*place, limit)
        return lookup.everything(limit, after)


@get(
    "/me/customers", operation_id="getMyCustomers", guards=[employees], responses=reads(), sync_to_thread=True
)
def get_my_customers(caller: Caller, database: Store, near: Near = None) -> tuple[CustomerPage, ...]:
    """The caller's own patch, at most forty: whom they saw last, and who is around."""
    with database.reading() as session:
        return patch_of(session, caller.employee.id, coordinates(near))


@get(
    "/customers/{customer_id:str}",
    operation_id="getCustomer",
    guards=[employees],
    responses=reads(UnknownCustomer),
    sync_to_thread=True,
)
def get_customer(customer_id: Id, database: Store) -> CustomerPage:
    """The whole customer, the brief first."""
    with database.reading() as session:
        return customer_page(session, customer_id)


@get(
    "/customers/{customer_id:str}/timeline",
    operation_id="getTimeline",
    guards=[employees],
    responses=reads(UnknownCustomer, BadCursor),
    sync_to_thread=True,
)
def get_timeline(
    customer_id: Id, database: Store, limit: Limit = 20, after: After = None
) -> Page[VisitSummary]:
    """The customer's visits, the latest first."""
    with database.reading() as session:
        customer = Customers(session).get(customer_id)
        return Visits(session).timeline(customer.id, limit, after)


@put(
    "/customers/{customer_id:str}",
    operation_id="putCustomer",
    guards=[reps],
    responses=changes(UnknownCustomer, BadPhone, BadPlace, created=Customer),
    sync_to_thread=True,
)
def put_customer(customer_id: Id, data: JSONBody[PutCustomer], database: Store) -> Response[Customer]:
    """Adds a customer or changes it; its contacts stay."""
    with database.writing() as session:
        return saved(
            *Customers(session).put(
                customer_id, data.name, data.aliases, data.address, data.lat, data.lon, data.phone
            )
        )


@delete(
    "/customers/{customer_id:str}",
    operation_id="deleteCustomer",
    guards=[managers],
    responses=changes(UnknownCustomer),
    sync_to_thread=True,
)
def delete_customer(customer_id: Id, database: Store) -> None:
    """Takes a customer out of lookup and linking."""
    with database.writing() as session:
        Customers(session).delete(customer_id)


@put(
    "/customers/{customer_id:str}/contacts/{contact_id:str}",
    operation_id="putContact",
    guards=[reps],
    responses=changes(UnknownCustomer, BadPhone, created=Contact),
    sync_to_thread=True,
)
def put_contact(
    customer_id: Id, contact_id: Id, data: JSONBody[PutContact], database: Store
) -> Response[Contact]:
    """Adds a person at a customer or changes one."""
    with database.writing() as session:
        return saved(
            *Customers(session).put_contact(
                customer_id, contact_id, data.name, data.role, data.phone, data.email
            )
        )


@delete(
    "/customers/{customer_id:str}/contacts/{contact_id:str}",
    operation_id="deleteContact",
    guards=[reps],
    responses=changes(UnknownCustomer, UnknownContact),
    sync_to_thread=True,
)
def delete_contact(customer_id: Id, contact_id: Id, database: Store) -> None:
    """Takes a person off a customer."""
    with database.writing() as session:
        Customers(session).delete_contact(customer_id, contact_id)


def coordinates(near: str | None) -> tuple[float, float] | None:
    """`lat,lon` as two numbers on the globe; raises BadRequest."""
    if near is None:
        return None
    try:
        lat, lon = map(float, near.split(","))
    except ValueError:
        raise BadRequest(errors=(FieldError(field="near", message="takes the form lat,lon"),)) from None
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise BadRequest(errors=(FieldError(field="near", message="does not lie on the globe"),))
    return lat, lon
