"""What a person follows, and what happened there since they looked."""

from datetime import UTC, datetime
from typing import Annotated

from litestar import delete, get, put
from litestar.params import JSONBody, PathParameter, QueryParameter

from api.answers import changes, reads
from api.auth import employees
from api.deps import Caller, Id, Store
from api.schemas import Seen
from storage.errors import TooManyFollowed, UnknownContact, UnknownCustomer, UnknownEmployee, UnknownProduct
from storage.social.digest import Digest, Digests
from storage.social.follows import Followed, Follows
from storage.social.topics import TopicKind

Kind = Annotated[TopicKind, PathParameter(description="What it is; a colleague is an employee.")]
Whose = Annotated[str | None, QueryParameter(max_length=200, description="The customer of a contact.")]


@get("/follows", operation_id="listFollowed", guards=[employees], responses=reads(), sync_to_thread=True)
def list_followed(caller: Caller, database: Store) -> tuple[Followed, ...]:
    """What the caller follows, by kind and name."""
    with database.reading() as session:
        return Follows(session, caller.employee.id).list()


@put(
    "/follows/{kind:str}/{subject_id:str}",
    operation_id="follow",
    guards=[employees],
    responses=changes(UnknownCustomer, UnknownContact, UnknownProduct, UnknownEmployee, TooManyFollowed),
    sync_to_thread=True,
)
def follow(kind: Kind, subject_id: Id, caller: Caller, database: Store, customer: Whose = None) -> Followed:
    """Brings what is filed about it into the caller's own feed and digest."""
    with database.writing() as session:
        return Follows(session, caller.employee.id).follow(kind, subject_id, customer)


@delete(
    "/follows/{kind:str}/{subject_id:str}",
    operation_id="unfollow",
    guards=[employees],
    responses=changes(),
    sync_to_thread=True,
)
def unfollow(kind: Kind, subject_id: Id, caller: Caller, database: Store, customer: Whose = None) -> None:
    """Does nothing where it was not followed."""
    with database.writing() as session:
        Follows(session, caller.employee.id).leave(kind, subject_id, customer)


@get("/digest", operation_id="getDigest", guards=[employees], responses=reads(), sync_to_thread=True)
def get_digest(caller: Caller, database: Store) -> Digest:
    """What happened since the caller looked: what they follow, what was said to them, and thanks."""
    with database.reading() as session:
        return Digests(session, caller.employee.id).get(datetime.now(UTC))


@put("/digest/seen", operation_id="putSeen", guards=[employees], responses=changes(), sync_to_thread=True)
def put_seen(data: JSONBody[Seen], caller: Caller, database: Store) -> None:
    """Marks as seen what happened up to the digest's `until`."""
    with database.writing() as session:
        Digests(session, caller.employee.id).seen(data.until)
