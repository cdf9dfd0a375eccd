"""What colleagues say to each other about a visit or another moment."""

from litestar import Response, delete, get, put
from litestar.params import JSONBody

from api.answers import changes, reads, saved
from api.auth import employees, must_have_said
from api.deps import After, Caller, Id, Limit, Store
from api.schemas import PutComment
from storage.errors import BadCursor, CommentDeleted, CommentDiffers, UnknownComment, UnknownVisit
from storage.social.comments import Comment, Comments, Talk, Thank


@get(
    "/visits/{visit_id:str}/talk",
    operation_id="getTalk",
    guards=[employees],
    responses=reads(UnknownVisit, BadCursor),
    sync_to_thread=True,
)
def get_talk(visit_id: Id, database: Store, limit: Limit = 50, after: After = None) -> Talk:
    """Comments, the newest first, and who says thanks."""
    with database.reading() as session:
        return Comments(session).talk(visit_id, limit, after)


@put(
    "/visits/{visit_id:str}/comments/{comment_id:str}",
    operation_id="putComment",
    guards=[employees],
    responses=changes(UnknownVisit, CommentDiffers, CommentDeleted, created=Comment),
    sync_to_thread=True,
)
def put_comment(
    visit_id: Id, comment_id: Id, data: JSONBody[PutComment], caller: Caller, database: Store
) -> Response[Comment]:
    """Says something; colleagues whose name stands behind an @ are told."""
    with database.writing() as session:
        return saved(*Comments(session).put(visit_id, comment_id, data.text, by=caller.employee.id))


@delete(
    "/visits/{visit_id:str}/comments/{comment_id:str}",
    operation_id="deleteComment",
    guards=[employees],
    responses=changes(UnknownComment),
    sync_to_thread=True,
)
def delete_comment(visit_id: Id, comment_id: Id, caller: Caller, database: Store) -> None:
    """Takes one's own words back."""
    with database.writing() as session:
        must_have_said(caller, Comments(session).author(visit_id, comment_id))
        Comments(session).delete(visit_id, comment_id)


@put(
    "/visits/{visit_id:str}/thanks",
    operation_id="thank",
    guards=[employees],
    responses=changes(UnknownVisit),
    sync_to_thread=True,
)
def thank(visit_id: Id, caller: Caller, database: Store) -> Thank:
    """The caller says thanks for it, once."""
    with database.writing() as session:
        return Comments(session).thank(visit_id, by=caller.employee.id)


@delete(
    "/visits/{visit_id:str}/thanks",
    operation_id="takeBackThank",
    guards=[employees],
    responses=changes(UnknownVisit),
    sync_to_thread=True,
)
def take_back_thank(visit_id: Id, caller: Caller, database: Store) -> None:
    """Takes the caller's thanks back."""
    with database.writing() as session:
        Comments(session).take_back_thank(visit_id, by=caller.employee.id)
