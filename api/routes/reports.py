"""A report is corrected by those who know better, and approved by a manager."""

from typing import Any

from litestar import patch, post
from litestar.params import JSONBody

from api.answers import changes
from api.auth import managers, must_own, reps, reviews
from api.contract import PatchOperation
from api.deps import Caller, Id, Store, Work
from storage.errors import Approved, BadReport, NoReport, Unfinished, UnknownCustomer, UnknownVisit
from storage.records import Visit
from storage.visits.reports import Reports
from storage.visits.visits import Visits


@patch(
    "/visits/{visit_id:str}/report",
    operation_id="correctReport",
    operation_class=PatchOperation,
    guards=[reps],
    responses=changes(UnknownVisit, UnknownCustomer, NoReport, BadReport, Approved),
    sync_to_thread=True,
)
def correct_report(
    visit_id: Id, data: JSONBody[dict[str, Any]], caller: Caller, database: Store, jobs: Work
) -> Visit:
    """A merge patch (RFC 7396); each change is kept with who, when and the value before."""
    with database.writing() as session:
        visits = Visits(session)
        must_own(caller, visits.owner(visit_id))
        if visits.approved(visit_id) and not reviews(caller):
            raise Approved
        return Reports(session).correct(visit_id, data, by=caller.employee.id, jobs=jobs)


@post(
    "/visits/{visit_id:str}/approve",
    operation_id="approveVisit",
    guards=[managers],
    status_code=200,
    responses=changes(UnknownVisit, NoReport, Unfinished),
    sync_to_thread=True,
)
def approve_visit(visit_id: Id, caller: Caller, database: Store) -> Visit:
    """A manager's yes; from then on the visit takes no more memos."""
    with database.writing() as session:
        return Reports(session).approve(visit_id, by=caller.employee.id)
