"""A ringing phone: telephone systems announce calls here, signed; screens show who it is."""

from asyncio import to_thread
from typing import Annotated, Any

from litestar import Request, Response, delete, get, post, put
from litestar.params import HeaderParameter, JSONBody

from api.answers import changes, opens, reads
from api.auth import admins, employees
from api.contract import CallOperation
from api.deps import Caller, Chosen, Id, Store
from api.invitations import public_url
from api.schemas import AddLine, PutTakers
from storage.errors import BadCall, BadSignature, StoreFull, UnknownCall, UnknownEmployee, UnknownLine
from storage.outside.phone import Line, NewLine, Phones, Ring

LARGEST = 64_000
"""Bytes of one announcement."""
MessageId = Annotated[str, HeaderParameter(name="webhook-id", min_length=1, max_length=200)]
Stamp = Annotated[str, HeaderParameter(name="webhook-timestamp", max_length=20)]
Signature = Annotated[str, HeaderParameter(name="webhook-signature", max_length=2_000)]


@get("/phone/lines", operation_id="listLines", guards=[admins], responses=reads(), sync_to_thread=True)
def list_lines(database: Store) -> tuple[Line, ...]:
    """Telephone systems that may announce calls."""
    with database.reading() as session:
        return Phones(session).lines()


@post(
    "/phone/lines",
    operation_id="addLine",
    guards=[admins],
    responses=changes(UnknownEmployee),
    sync_to_thread=True,
)
def add_line(data: JSONBody[AddLine], database: Store, settings: Chosen) -> NewLine:
    """Makes the secret that a telephone system signs with; it is told once."""
    with database.writing() as session:
        line, secret = Phones(session).add(data.name, data.takers)
    return NewLine(line=line, secret=secret, url=f"{public_url(settings)}/api/phone/lines/{line.id}/calls")


@put(
    "/phone/lines/{line_id:str}/takers",
    operation_id="putTakers",
    guards=[admins],
    responses=changes(UnknownLine, UnknownEmployee),
    sync_to_thread=True,
)
def put_takers(line_id: Id, data: JSONBody[PutTakers], database: Store) -> Line:
    """On whose screens its calls pop up; none is everybody."""
    with database.writing() as session:
        return Phones(session).choose(line_id, data.takers)


@delete(
    "/phone/lines/{line_id:str}",
    operation_id="removeLine",
    guards=[admins],
    responses=changes(UnknownLine),
    sync_to_thread=True,
)
def remove_line(line_id: Id, database: Store) -> None:
    """From now on nobody rings with this secret."""
    with database.writing() as session:
        Phones(session).remove(line_id)


@post(
    "/phone/lines/{line_id:str}/calls",
    operation_id="announceCall",
    operation_class=CallOperation,
    status_code=204,
    request_max_body_size=LARGEST,
    responses={**opens(UnknownLine, BadSignature, BadCall, StoreFull), 413: changes()[413]},
)
async def announce_call(
    line_id: Id,
    request: Request[Any, Any, Any],
    database: Store,
    message: MessageId,
    stamp: Stamp,
    signature: Signature,
) -> Response[None]:
    """A call comes in: `phone`, or `From` and the like, as JSON or as a form, signed by Standard Webhooks."""
    body = await request.body()

    def ring() -> None:
        with database.writing() as session:
            Phones(session).ring(line_id, message, stamp, signature, body)

    await to_thread(ring)
    return Response(None, status_code=204)


@get(
    "/phone/calls/{call_id:str}",
    operation_id="getCall",
    guards=[employees],
    responses=reads(UnknownCall),
    sync_to_thread=True,
)
def get_call(call_id: Id, caller: Caller, database: Store) -> Ring:
    """Who is calling, as far as the number tells."""
    with database.reading() as session:
        return Phones(session).call(call_id, by=caller.employee.id)
