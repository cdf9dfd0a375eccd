"""Check-in, and what becomes of a visit."""

from typing import Annotated

from litestar import Request, Response, delete, get, post, put
from litestar.datastructures import State
from litestar.params import JSONBody, QueryParameter

from api.answers import changes, reads, saved
from api.auth import employees, must_own, reps
from api.deps import After, Caller, CheckIns, Id, Limit, Store, Work
from api.schemas import CheckIn, ChooseCustomer, Fix
from storage.errors import (
    Approved,
    BadCursor,
    NothingToRetry,
    UnknownCustomer,
    UnknownVisit,
    VisitDiffers,
)
from storage.finding.places import fix
from storage.records import Identity, Page, Position, Visit, VisitSummary
from storage.visits.checkins import Arrival
from storage.visits.visits import Visits

Rep = Annotated[str | None, QueryParameter(max_length=200, description="Only this rep's visits.")]


@put(
    "/visits/{visit_id:str}",
    operation_id="putVisit",
    guards=[reps],
    responses=changes(VisitDiffers, UnknownCustomer, created=Visit),
)
async def put_visit(
    visit_id: Id, data: JSONBody[CheckIn], request: Request[Identity, str, State]
) -> Response[Visit]:
    """Check-in; answers with the customers that are near, a probability each."""
    place, rep = position(data.position), request.user.employee.id
    check_ins: CheckIns = request.app.state.check_ins  # no dependencies: they took a tenth of the time
    sent = Arrival(visit=visit_id, rep=rep, at=data.at, position=place, customer=data.customer)
    visit, created = await check_ins.ask(sent)
    return saved(visit, created)


@get(
    "/visits/{visit_id:str}",
    operation_id="getVisit",
    guards=[employees],
    responses=reads(UnknownVisit),
    sync_to_thread=True,
)
def get_visit(visit_id: Id, database: Store) -> Visit:
    """Everything about one visit."""
    with database.reading() as session:
        return Visits(session).get(visit_id)


@get(
    "/visits", operation_id="listVisits", guards=[employees], responses=reads(BadCursor), sync_to_thread=True
)
def list_visits(
    database: Store, rep: Rep = None, limit: Limit = 50, after: After = None
) -> Page[VisitSummary]:
    """Visits, the latest first."""
    with database.reading() as session:
        return Visits(session).listing(rep, limit, after)


@post(
    "/visits/{visit_id:str}/customer",
    operation_id="chooseCustomer",
    guards=[reps],
    status_code=200,
    responses=changes(UnknownVisit, UnknownCustomer, Approved),
    sync_to_thread=True,
)
def choose_customer(
    visit_id: Id, data: JSONBody[ChooseCustomer], caller: Caller, database: Store, jobs: Work
) -> Visit:
    """The one question, answered: at whom this visit was."""
    with database.writing() as session:
        visits = Visits(session)
        must_own(caller, visits.owner(visit_id))
        return visits.choose_customer(visit_id, data.customer, by=caller.employee.id, jobs=jobs)


@delete(
    "/visits/{visit_id:str}/position",
    operation_id="forgetPosition",
    guards=[reps],
    status_code=200,
    responses=changes(UnknownVisit),
    sync_to_thread=True,
)
def forget_position(visit_id: Id, caller: Caller, database: Store) -> Visit:
    """The rep takes back where the phone was; what was decided with it stays."""
    with database.writing() as session:
        visits = Visits(session)
        must_own(caller, visits.owner(visit_id))
        return visits.take_back_place(visit_id)


@post(
    "/visits/{visit_id:str}/retry",
    operation_id="retryVisit",
    guards=[reps],
    status_code=200,
    responses=changes(UnknownVisit, NothingToRetry),
    sync_to_thread=True,
)
def retry_visit(visit_id: Id, caller: Caller, database: Store, jobs: Work) -> Visit:
    """Works once more on what failed."""
    with database.writing() as session:
        visits = Visits(session)
        must_own(caller, visits.owner(visit_id))
        return visits.retry(visit_id, jobs=jobs)


def position(sent: Fix | None) -> Position | None:
    return fix(sent.lat, sent.lon, sent.accuracy_m, sent.age_s) if sent else None
