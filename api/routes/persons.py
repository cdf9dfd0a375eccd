"""People over all customers: who is one, who works elsewhere now, and both taken back."""

from litestar import get, post
from litestar.params import JSONBody

from api.answers import changes, reads
from api.auth import employees, reps
from api.deps import Caller, Id, Store
from api.schemas import JoinPersons, MovePerson
from storage.crm.persons import Change, Persons
from storage.errors import BadPhone, MergeDiffers, SameRecord, UnknownContact, UnknownCustomer, UnknownMerge
from storage.pages.person import Elsewhere, PersonPage, elsewhere, person_page


@get(
    "/customers/{customer_id:str}/contacts/{contact_id:str}",
    operation_id="getPerson",
    guards=[employees],
    responses=reads(UnknownCustomer, UnknownContact),
    sync_to_thread=True,
)
def get_person(customer_id: Id, contact_id: Id, database: Store) -> PersonPage:
    """Where somebody is and was, and what was said with them there."""
    with database.reading() as session:
        return person_page(session, customer_id, contact_id)


@get(
    "/customers/{customer_id:str}/persons",
    operation_id="listElsewhere",
    guards=[employees],
    responses=reads(UnknownCustomer),
    sync_to_thread=True,
)
def list_elsewhere(customer_id: Id, database: Store) -> tuple[Elsewhere, ...]:
    """Whoever of this customer is or was elsewhere, too, and who left."""
    with database.reading() as session:
        return elsewhere(session, customer_id)


@post(
    "/persons/join",
    operation_id="joinPersons",
    guards=[reps],
    responses=changes(SameRecord, UnknownCustomer, UnknownContact),
    sync_to_thread=True,
)
def join_persons(data: JSONBody[JoinPersons], caller: Caller, database: Store) -> Change:
    """Two contacts are one person."""
    with database.writing() as session:
        one, other = ((each.customer, each.contact) for each in (data.one, data.other))
        return Persons(session).join(one, other, by=caller.employee.id)


@post(
    "/persons/move",
    operation_id="movePerson",
    guards=[reps],
    responses=changes(SameRecord, UnknownCustomer, UnknownContact, BadPhone),
    sync_to_thread=True,
)
def move_person(data: JSONBody[MovePerson], caller: Caller, database: Store) -> Change:
    """Somebody works at another customer now; what was before stays."""
    with database.writing() as session:
        return Persons(session).move(
            data.customer, data.contact, data.to, data.role, data.phone, data.email, by=caller.employee.id
        )


@post(
    "/persons/changes/{change_id:str}/undo",
    operation_id="undoChange",
    guards=[reps],
    status_code=200,
    responses=changes(UnknownMerge, UnknownCustomer, MergeDiffers),
    sync_to_thread=True,
)
def undo_change(change_id: Id, database: Store) -> Change:
    """As it was before; the latest change of a person first."""
    with database.writing() as session:
        return Persons(session).undo(change_id)
