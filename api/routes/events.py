"""The open line: what changes, as it changes."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.params import HeaderParameter
from litestar.response import Stream

from api.answers import reads
from api.auth import employees
from api.contract import EventsOperation
from api.deps import Lines, Store
from storage.crm.people import People
from storage.errors import BadToken

LastEventId = Annotated[
    int | None, HeaderParameter(name="Last-Event-ID", ge=0, le=2**62, description="Resumes after this event.")
]


@get(
    "/events",
    operation_id="getEvents",
    operation_class=EventsOperation,
    guards=[employees],
    responses=reads(),
    media_type="text/event-stream",
)
async def get_events(
    request: Request[Any, str, Any], database: Store, live: Lines, last_event_id: LastEventId = None
) -> Stream:
    """Server-sent events: `event` is the kind of thing that changed, `data` an Event."""

    def welcome() -> bool:
        try:
            with database.reading() as session:
                People(session).identify(request.auth)
        except BadToken:
            return False
        return True

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Stream(live.stream(last_event_id, welcome), headers=headers)
