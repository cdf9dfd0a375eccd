"""What somebody said that they would do, until it is done."""

from typing import Annotated

from litestar import delete, get, post
from litestar.params import QueryParameter

from api.answers import changes, reads
from api.auth import employees
from api.deps import Caller, Id, Store
from storage.crm.promises import Promises
from storage.errors import UnknownPromise
from storage.records import Page, Promise

OfCustomer = Annotated[str | None, QueryParameter(max_length=200, description="Only this customer's.")]
Mine = Annotated[bool, QueryParameter(description="Only those from the caller's own visits.")]


@get("/promises", operation_id="listPromises", guards=[employees], responses=reads(), sync_to_thread=True)
def list_promises(
    caller: Caller, database: Store, customer: OfCustomer = None, mine: Mine = False
) -> Page[Promise]:
    """Open promises, the most pressing first; all on one page."""
    with database.reading() as session:
        items = Promises(session).open(customer, caller.employee.id if mine else None)
        return Page(items=items, after=None)


@post(
    "/promises/{promise_id:str}/done",
    operation_id="keepPromise",
    guards=[employees],
    status_code=200,
    responses=changes(UnknownPromise),
    sync_to_thread=True,
)
def keep_promise(promise_id: Id, caller: Caller, database: Store) -> Promise:
    """It is done."""
    with database.writing() as session:
        return Promises(session).done(promise_id, by=caller.employee.id)


@delete(
    "/promises/{promise_id:str}/done",
    operation_id="reopenPromise",
    guards=[employees],
    status_code=200,
    responses=changes(UnknownPromise),
    sync_to_thread=True,
)
def reopen_promise(promise_id: Id, database: Store) -> Promise:
    """It is not done after all."""
    with database.writing() as session:
        return Promises(session).undo(promise_id)
