"""What the company learned."""

from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from api.answers import reads
from api.auth import employees
from api.deps import After, Caller, Limit, Store
from storage.errors import BadCursor
from storage.records import Page, VisitSummary
from storage.social.follows import Follows
from storage.visits.visits import Visits

Mine = Annotated[bool, QueryParameter(description="Only what is about something that the caller follows.")]


@get("/feed", operation_id="getFeed", guards=[employees], responses=reads(BadCursor), sync_to_thread=True)
def get_feed(
    caller: Caller, database: Store, followed: Mine = False, limit: Limit = 50, after: After = None
) -> Page[VisitSummary]:
    """All visits, the newest news first; or those that are filed about what the caller follows."""
    with database.reading() as session:
        if followed:
            return Follows(session, caller.employee.id).feed(limit, after)
        return Visits(session).feed(limit, after)
