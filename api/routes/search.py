"""Everything that customers ever said to anybody here, found by a few words, with the sound at the hit."""

from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from api.answers import reads
from api.auth import employees
from api.deps import Limit, Store
from storage.finding.search import Filters, Kind, Passage, search
from storage.records import Page

Words = Annotated[
    str,
    QueryParameter(
        min_length=1, max_length=200, description='Words in any order, or "a phrase"; misspelt ones are fine.'
    ),
]
One = Annotated[str | None, QueryParameter(max_length=200, description="Only of this one, by its id.")]
Since = Annotated[datetime | None, QueryParameter(description="Visits from this moment on.")]
Until = Annotated[datetime | None, QueryParameter(description="Visits before this moment.")]
As = Annotated[Kind | None, QueryParameter(description="Only what was understood as such.")]


@get("/said", operation_id="searchSaid", guards=[employees], responses=reads(), sync_to_thread=True)
def search_said(
    database: Store,
    q: Words,
    customer: One = None,
    rep: One = None,
    product: One = None,
    kind: As = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 30,
) -> Page[Passage]:
    """The best passages first; all on one page."""
    filters = Filters(customer=customer, rep=rep, product=product, kind=kind, since=since, until=until)
    with database.reading() as session:
        return Page(items=search(session, q, filters, limit), after=None)
