"""A typed note goes the same way as a recording, without the listening."""

from litestar import Response, delete, put
from litestar.params import JSONBody

from api.answers import changes, saved
from api.auth import must_own, reps
from api.deps import Caller, Id, Store, Work
from api.schemas import Note
from storage.errors import Approved, MemoDeleted, MemoDiffers, UnknownMemo, UnknownVisit
from storage.records import Receipt
from storage.visits.memos import Memos
from storage.visits.visits import Visits


@put(
    "/visits/{visit_id:str}/notes/{note_id:str}",
    operation_id="putNote",
    guards=[reps],
    responses=changes(UnknownVisit, MemoDiffers, MemoDeleted, Approved, created=Receipt),
    sync_to_thread=True,
)
def put_note(
    visit_id: Id, note_id: Id, data: JSONBody[Note], caller: Caller, database: Store, jobs: Work
) -> Response[Receipt]:
    """Takes a typed note; the receipt's sum is that of its UTF-8 text."""
    with database.writing() as session:
        must_own(caller, Visits(session).owner(visit_id))
        return saved(*Memos(session).note(visit_id, note_id, text=data.text, at=data.at, jobs=jobs))


@delete(
    "/visits/{visit_id:str}/notes/{note_id:str}",
    operation_id="deleteNote",
    guards=[reps],
    responses=changes(UnknownVisit, UnknownMemo, Approved),
    sync_to_thread=True,
)
def delete_note(visit_id: Id, note_id: Id, caller: Caller, database: Store, jobs: Work) -> None:
    """Takes a note back, until the report is approved."""
    with database.writing() as session:
        must_own(caller, Visits(session).owner(visit_id))
        Memos(session).delete(visit_id, note_id, jobs=jobs)
