"""The manager's desk: what to look at first, a yes to many, territories side by side."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody, QueryParameter
from litestar.response import Response

from api.answers import changes, reads
from api.auth import employees, managers
from api.contract import TableOperation
from api.deps import After, Caller, Id, Limit, Store
from api.schemas import ApproveMany
from storage.desk.approving import Approving, Sure, Yes
from storage.desk.comparing import SILENT_WEEKS, By, Desk, compare, today
from storage.desk.review import ReviewOrder, review, sure
from storage.desk.silent import Silent, silent
from storage.desk.table import table
from storage.errors import ApprovalDiffers, BadCursor, BadPeriod, NothingSure, UnknownApproval
from storage.records import Page, VisitSummary

Order = Annotated[
    ReviewOrder, QueryParameter(description="What is at stake, how much is in doubt, or the latest first.")
]
IsSure = Annotated[bool, QueryParameter(name="sure", description="Filed without a doubt, to be approved.")]
Territory = Annotated[By, QueryParameter(description="A rep each, or a town of customers.")]
Start = Annotated[date | None, QueryParameter(name="from", description="First day; 90 days before the last.")]
End = Annotated[date | None, QueryParameter(name="to", description="Last day; today when not told.")]
Weeks = Annotated[int, QueryParameter(ge=1, le=520, description="Not seen for so long is silent.")]
OfRep = Annotated[str | None, QueryParameter(max_length=200, description="Those whom this rep saw last.")]
OfRegion = Annotated[str | None, QueryParameter(max_length=200, description="Those in this town.")]
QUARTER = timedelta(days=90)


@get("/review", operation_id="getReview", guards=[employees], responses=reads(BadCursor), sync_to_thread=True)
def get_review(
    database: Store, order: Order = "newest", is_sure: IsSure = False, limit: Limit = 50, after: After = None
) -> Page[VisitSummary]:
    """Visits with a doubt or a failure, or those that only wait for a yes."""
    with database.reading() as session:
        return sure(session, limit, after) if is_sure else review(session, order, limit, after)


@get("/approvals/sure", operation_id="getSure", guards=[managers], responses=reads(), sync_to_thread=True)
def get_sure(database: Store) -> Sure:
    """How many reports are without a doubt and wait for a yes."""
    with database.reading() as session:
        return Approving(session).sure()


@get("/approvals", operation_id="listApprovals", guards=[managers], responses=reads(), sync_to_thread=True)
def list_approvals(database: Store) -> tuple[Yes, ...]:
    """What was approved at once, the latest first."""
    with database.reading() as session:
        return Approving(session).list()


@post(
    "/approvals",
    operation_id="approveMany",
    guards=[managers],
    responses=changes(NothingSure),
    sync_to_thread=True,
)
def approve_many(data: JSONBody[ApproveMany], caller: Caller, database: Store) -> Yes:
    """A yes to those that are sure, all or nothing; what has changed since `until` is left out."""
    with database.writing() as session:
        return Approving(session).approve(data.until, data.visits, by=caller.employee.id)


@post(
    "/approvals/{approval_id:str}/undo",
    operation_id="undoApproval",
    guards=[managers],
    status_code=200,
    responses=changes(UnknownApproval, ApprovalDiffers),
    sync_to_thread=True,
)
def undo_approval(approval_id: Id, caller: Caller, database: Store) -> Yes:
    """They wait for a yes again; that there was one stays kept."""
    with database.writing() as session:
        return Approving(session).undo(approval_id, by=caller.employee.id)


@get("/desk", operation_id="getDesk", guards=[managers], responses=reads(BadPeriod), sync_to_thread=True)
def get_desk(
    database: Store, by: Territory = "rep", start: Start = None, end: End = None, weeks: Weeks = SILENT_WEEKS
) -> Desk:
    """Territories side by side: visits, promises kept, complaints, compliments, silent customers."""
    with database.reading() as session:
        last = end or today(session)
        return compare(session, by, start or last - QUARTER, last, weeks, datetime.now(UTC))


@get(
    "/desk/table",
    operation_id="exportDesk",
    operation_class=TableOperation,
    guards=[managers],
    responses=reads(BadPeriod),
    media_type="text/csv",
    sync_to_thread=True,
)
def export_desk(
    database: Store, by: Territory = "rep", start: Start = None, end: End = None, weeks: Weeks = SILENT_WEEKS
) -> Response[bytes]:
    """The same for a spreadsheet."""
    with database.reading() as session:
        last = end or today(session)
        desk = compare(session, by, start or last - QUARTER, last, weeks, datetime.now(UTC))
    headers = {"Content-Disposition": f'attachment; filename="rounds-desk-{desk.start}-{desk.end}.csv"'}
    return Response(table(desk).encode(), media_type="text/csv; charset=utf-8", headers=headers)


@get(
    "/desk/silent",
    operation_id="listSilent",
    guards=[managers],
    responses=reads(BadCursor),
    sync_to_thread=True,
)
def list_silent(
    database: Store,
    weeks: Weeks = SILENT_WEEKS,
    rep: OfRep = None,
    region: OfRegion = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[Silent]:
    """Customers of whom nobody heard for so long, the longest first."""
    with database.reading() as session:
        return silent(session, datetime.now(UTC) - timedelta(weeks=weeks), rep, region, limit, after)
