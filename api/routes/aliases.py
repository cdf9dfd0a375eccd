"""What records are called besides their names, learned from corrections or given; and taken back."""

from typing import Annotated

from litestar import delete, get, post
from litestar.params import JSONBody, QueryParameter

from api.answers import changes, reads
from api.auth import employees, managers, reps
from api.deps import After, Caller, Id, Limit, Store
from api.schemas import GiveAlias
from storage.crm.aliases import Alias, Aliases
from storage.errors import (
    AliasTaken,
    UnknownAlias,
    UnknownCompetitor,
    UnknownContact,
    UnknownCustomer,
    UnknownProduct,
)
from storage.records import Page

Of = Annotated[
    str | None, QueryParameter(max_length=200, description="Only of this record, by its id or name.")
]


@get("/aliases", operation_id="listAliases", guards=[employees], responses=reads(), sync_to_thread=True)
def list_aliases(database: Store, record: Of = None, limit: Limit = 50, after: After = None) -> Page[Alias]:
    """What records were heard as or are also called, the newest first."""
    with database.reading() as session:
        return Aliases(session).list(limit, after, record)


@post(
    "/aliases",
    operation_id="giveAlias",
    guards=[reps],
    responses=changes(UnknownCustomer, UnknownContact, UnknownProduct, UnknownCompetitor, AliasTaken),
    status_code=204,
    sync_to_thread=True,
)
def give_alias(data: JSONBody[GiveAlias], caller: Caller, database: Store) -> None:
    """Says what else a record is called; the same again changes nothing."""
    with database.writing() as session:
        Aliases(session).give(data.kind, data.record, data.customer, data.heard, by=caller.employee.id)


@delete(
    "/aliases/{alias_id:str}",
    operation_id="deleteAlias",
    guards=[managers],
    responses=changes(UnknownAlias),
    sync_to_thread=True,
)
def delete_alias(alias_id: Id, database: Store) -> None:
    """From now on these words mean nobody; reports stay as they are."""
    with database.writing() as session:
        Aliases(session).delete(alias_id)
