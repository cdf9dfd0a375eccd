"""A call, a mail or a note about a customer, by whoever had it; it is understood like a visit."""

from litestar import Response, put
from litestar.params import JSONBody

from api.answers import changes, saved
from api.auth import employees
from api.deps import Caller, Id, Store, Work
from api.schemas import LogMoment
from storage.errors import Approved, MemoDeleted, MemoDiffers, UnknownContact, UnknownCustomer, VisitDiffers
from storage.records import Visit
from storage.visits.moments import Moments


@put(
    "/customers/{customer_id:str}/moments/{moment_id:str}",
    operation_id="putMoment",
    guards=[employees],
    responses=changes(
        UnknownCustomer, UnknownContact, VisitDiffers, MemoDiffers, MemoDeleted, Approved, created=Visit
    ),
    sync_to_thread=True,
)
def put_moment(
    customer_id: Id,
    moment_id: Id,
    data: JSONBody[LogMoment],
    caller: Caller,
    database: Store,
    jobs: Work,
) -> Response[Visit]:
    """Logs it; the answer is a visit of this kind."""
    with database.writing() as session:
        return saved(
            *Moments(session).put(
                customer_id,
                moment_id,
                kind=data.kind,
                at=data.at,
                text=data.text,
                people=data.people,
                outcome=data.outcome,
                by=caller.employee.id,
                jobs=jobs,
            )
        )
