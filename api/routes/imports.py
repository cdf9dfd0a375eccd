"""Lists from a spreadsheet or another CRM: looked at first, brought in at once, taken back when wrong."""

from asyncio import to_thread
from typing import Annotated

from litestar import Request, patch, post, put
from litestar.datastructures import State
from litestar.params import JSONBody, QueryParameter

from api.answers import changes
from api.auth import managers
from api.contract import SheetOperation
from api.deps import Caller, Id, Store
from api.schemas import ChooseColumns
from storage.errors import BadSheet, ImportDiffers, UnknownImport
from storage.records import Identity
from storage.sheets.imports import Imports
from storage.sheets.plans import Kind, Preview

LARGEST = 60_000_000
"""Bytes of a file: two hundred thousand lines."""
FileName = Annotated[str, QueryParameter(max_length=200, description="What the file is called.")]
Of = Annotated[Kind, QueryParameter(description="What the lines are.")]


@put(
    "/imports/{import_id:str}",
    operation_id="previewImport",
    operation_class=SheetOperation,
    guards=[managers],
    status_code=200,
    request_max_body_size=LARGEST,
    responses=changes(BadSheet, ImportDiffers),
)
async def preview_import(
    import_id: Id,
    request: Request[Identity, str, State],
    caller: Caller,
    database: Store,
    name: FileName = "list.csv",
    kind: Of = "customers",
) -> Preview:
    """What this file would bring; nothing is changed yet."""
    data = await request.body()

    def look() -> Preview:
        with database.writing() as session:
            by = caller.employee.id
            return Imports(session).preview(import_id, name=name, kind=kind, data=data, columns={}, by=by)

    return await to_thread(look)


@patch(
    "/imports/{import_id:str}",
    operation_id="chooseColumns",
    guards=[managers],
    responses=changes(BadSheet, ImportDiffers, UnknownImport),
    sync_to_thread=True,
)
def choose_columns(import_id: Id, data: JSONBody[ChooseColumns], database: Store) -> Preview:
    """Says which column holds what, where the guess was wrong."""
    with database.writing() as session:
        return Imports(session).choose(import_id, data.columns)


@post(
    "/imports/{import_id:str}/apply",
    operation_id="applyImport",
    guards=[managers],
    status_code=200,
    responses=changes(BadSheet, ImportDiffers, UnknownImport),
    sync_to_thread=True,
)
def apply_import(import_id: Id, database: Store) -> Preview:
    """Brings it in, all or nothing."""
    with database.writing() as session:
        return Imports(session).apply(import_id)


@post(
    "/imports/{import_id:str}/undo",
    operation_id="undoImport",
    guards=[managers],
    status_code=200,
    responses=changes(BadSheet, ImportDiffers, UnknownImport),
    sync_to_thread=True,
)
def undo_import(import_id: Id, database: Store) -> Preview:
    """Takes it back; `kept` names what people worked with since."""
    with database.writing() as session:
        return Imports(session).undo(import_id)
