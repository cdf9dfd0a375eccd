"""What the company learned."""

from litestar import get

from api.answers import reads
from api.auth import employees
from api.deps import After, Limit, Store
from storage.errors import BadCursor
from storage.records import Page, VisitSummary
from storage.visits.visits import Visits


@get("/feed", operation_id="getFeed", guards=[employees], responses=reads(BadCursor), sync_to_thread=True)
def get_feed(database: Store, limit: Limit = 50, after: After = None) -> Page[VisitSummary]:
    """All visits, the newest news first."""
    with database.reading() as session:
        return Visits(session).feed(limit, after)
