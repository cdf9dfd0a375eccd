"""Names as they were misheard, learned from corrections: seen, and taken back where they mislead."""

from litestar import delete, get

from api.answers import changes, reads
from api.auth import employees, managers
from api.deps import After, Id, Limit, Store
from storage.aliases import Alias, Aliases
from storage.errors import UnknownAlias
from storage.records import Page


@get("/aliases", operation_id="listAliases", guards=[employees], responses=reads(), sync_to_thread=True)
def list_aliases(database: Store, limit: Limit = 50, after: After = None) -> Page[Alias]:
    """What records were heard as, the newest first."""
    with database.reading() as session:
        return Aliases(session).list(limit, after)


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
