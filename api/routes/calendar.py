"""One's promises and meetings in the calendar that one already has."""

from datetime import UTC, datetime

from litestar import Response, get

from api.answers import reads
from api.auth import employees
from api.deps import Caller, Chosen, Store
from api.feeds.calendar import write_calendar
from api.invitations import public_url
from storage.crm.companies import Companies
from storage.crm.promises import Promises
from storage.pages.agenda import meetings


@get(
    "/calendar.ics",
    operation_id="getCalendar",
    guards=[employees],
    media_type="text/calendar",
    responses=reads(),
    sync_to_thread=True,
)
def get_calendar(caller: Caller, database: Store, settings: Chosen) -> Response[str]:
    """The caller's own, as iCalendar; a calendar app gives a device's token as the password."""
    with database.reading() as session:
        text = write_calendar(
            meetings(session, caller.employee.id),
            Promises(session).open(holder=caller.employee.id),
            Companies(session).get().timezone,
            public_url(settings),
            datetime.now(UTC),
        )
    return Response(text, media_type="text/calendar")
