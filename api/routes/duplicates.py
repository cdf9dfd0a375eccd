"""Customers that are one: found, merged, and taken apart again."""

from litestar import get, post
from litestar.params import JSONBody

from api.answers import changes, reads
from api.auth import managers
from api.deps import Caller, Id, Store
from api.schemas import MergeCustomers, TellApart
from storage.crm.duplicates import Alikes, Duplicates
from storage.crm.merging import Merge, Merging
from storage.errors import MergeDiffers, SameRecord, UnknownCustomer, UnknownMerge

LOOKED_AT = 300
"""Customers that one look at the list compares; a worker compares the others."""


@get("/duplicates", operation_id="listDuplicates", guards=[managers], responses=reads(), sync_to_thread=True)
def list_duplicates(database: Store) -> Alikes:
    """Pairs of customers that may be one, the likeliest first; some of those written since are looked at."""
    with database.reading() as session:
        found = Duplicates(session).list()
    if not found.left:
        return found
    with database.writing() as session:
        Duplicates(session).look(LOOKED_AT)
        return Duplicates(session).list()


@post(
    "/duplicates/apart",
    operation_id="tellApart",
    guards=[managers],
    status_code=204,
    responses=changes(SameRecord, UnknownCustomer),
    sync_to_thread=True,
)
def tell_apart(data: JSONBody[TellApart], caller: Caller, database: Store) -> None:
    """These two are two; they are not shown as one again."""
    with database.writing() as session:
        Duplicates(session).tell_apart(data.one, data.other, by=caller.employee.id)


@get("/merges", operation_id="listMerges", guards=[managers], responses=reads(), sync_to_thread=True)
def list_merges(database: Store) -> tuple[Merge, ...]:
    """What was merged, the latest first."""
    with database.reading() as session:
        return Merging(session).list()


@post(
    "/merges",
    operation_id="mergeCustomers",
    guards=[managers],
    responses=changes(SameRecord, UnknownCustomer),
    sync_to_thread=True,
)
def merge_customers(data: JSONBody[MergeCustomers], caller: Caller, database: Store) -> Merge:
    """Everything of `gone` moves to `kept`; links to `gone` lead there."""
    with database.writing() as session:
        return Merging(session).merge(data.kept, data.gone, by=caller.employee.id)


@post(
    "/merges/{merge_id:str}/undo",
    operation_id="undoMerge",
    guards=[managers],
    status_code=200,
    responses=changes(UnknownMerge, MergeDiffers),
    sync_to_thread=True,
)
def undo_merge(merge_id: Id, database: Store) -> Merge:
    """Two customers again, each with what was its own; what came since stays with the kept one."""
    with database.writing() as session:
        return Merging(session).undo(merge_id)
