"""Who works here, with which phones; a lost phone or a leaver is shut out at once."""

from litestar import Response, delete, get, post, put
from litestar.params import JSONBody

from api.answers import changes, reads, saved
from api.auth import admins, employees
from api.deps import Caller, Chosen, Id, Store
from api.invitations import invitation
from api.schemas import Invitation, PutEmployee
from storage.crm.people import People
from storage.errors import LastAdmin, UnknownDevice, UnknownEmployee
from storage.records import Employee, Person


@get("/people", operation_id="listPeople", guards=[employees], responses=reads(), sync_to_thread=True)
def list_people(caller: Caller, database: Store) -> tuple[Person, ...]:
    """Everyone by name; the phones are for administrators."""
    with database.reading() as session:
        people = People(session).list()
    if caller.employee.role == "admin":
        return people
    return tuple(Person(employee=person.employee, devices=()) for person in people)


@put(
    "/people/{employee_id:str}",
    operation_id="putEmployee",
    guards=[admins],
    responses=changes(LastAdmin, created=Employee),
    sync_to_thread=True,
)
def put_employee(employee_id: Id, data: JSONBody[PutEmployee], database: Store) -> Response[Employee]:
    """Adds a person or changes one; somebody who is not active any more loses every phone."""
    with database.writing() as session:
        return saved(*People(session).put(employee_id, data.name, data.role, data.active))


@post(
    "/people/{employee_id:str}/invitations",
    operation_id="invite",
    guards=[admins],
    responses=changes(UnknownEmployee),
    sync_to_thread=True,
)
def invite(employee_id: Id, database: Store, settings: Chosen) -> Invitation:
    """A one-time link and QR code that enrols one phone."""
    with database.writing() as session:
        return invitation(People(session).invite(employee_id), settings)


@delete(
    "/devices/{device_id:str}",
    operation_id="revokeDevice",
    guards=[admins],
    responses=changes(UnknownDevice),
    sync_to_thread=True,
)
def revoke_device(device_id: Id, database: Store) -> None:
    """Shuts a phone out at once."""
    with database.writing() as session:
        People(session).revoke(device_id)
