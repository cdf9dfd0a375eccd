"""Everything out: what is the company's leaves whenever a manager wants it to."""

from typing import Annotated

from litestar import get
from litestar.params import PathParameter, QueryParameter
from litestar.response import Stream

from api.answers import reads
from api.auth import managers
from api.contract import ExportOperation
from api.deps import Store
from storage.outside.exports import Form, Style, What, export

MEDIA: dict[Form, str] = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}
Table = Annotated[What, PathParameter(description="What the rows are.")]
As = Annotated[Form, QueryParameter(name="form", description="A table, or a JSON object a line.")]
Shape = Annotated[
    Style,
    QueryParameter(
        description="Headers of ours, or those of HubSpot or Salesforce for customers and contacts."
    ),
]


@get(
    "/exports/{what:str}",
    operation_id="exportTable",
    operation_class=ExportOperation,
    guards=[managers],
    responses=reads(),
    media_type="text/csv",
    sync_to_thread=True,
)
def export_table(what: Table, database: Store, form: As = "csv", style: Shape = "rounds") -> Stream:
    """All customers, contacts, products, visits with their reports, promises, comments, voices; a stream."""
    name = f"rounds-{what}.{form}" if style == "rounds" else f"{style}-{what}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Stream(export(database, what, form, style), media_type=MEDIA[form], headers=headers)
