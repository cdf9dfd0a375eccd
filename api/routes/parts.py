"""An upload that goes on where it broke off, in the form of the IETF's resumable uploads.

The phone names the memo, so the upload has an address before it begins: no request creates it. HEAD says how
many bytes are safe, PATCH sends the next ones, and the last one with `Upload-Complete: ?1` makes the memo.
`Content-Digest` is of the part, `Repr-Digest` of the whole recording (RFC 9530).
"""

import asyncio
import logging
from typing import Annotated, Any

from litestar import Request, Response, delete, head, patch
from litestar.di import NamedDependency, Provide
from litestar.params import HeaderParameter, QueryParameter

from api.answers import changes, reads, saved
from api.auth import reps
from api.contract import PartOperation, ProgressOperation
from api.deps import Caller, Chosen, Id, Sounds, Store, Work
from api.errors import BadDigest, BrokenOff, DigestMismatch, MemoTooLarge, UnsupportedMedia
from api.routes.memos import ContentDigest, ReprDigest, Sent, file_memo, no_place
from api.uploads import Intake, Spoken, label, receive_part, spoken
from storage.database import Database
from storage.errors import (
    Approved,
    BadPlace,
    MemoDeleted,
    MemoDiffers,
    PartBeyond,
    PartDiffers,
    UnknownMemo,
    UnknownVisit,
)
from storage.records import Identity, Receipt
from storage.sound.listening import Listening
from storage.sound.uploads import Parts
from storage.visits.memos import Memos
from storage.work.jobs import Jobs

log = logging.getLogger("rounds.parts")
URL = "/visits/{visit_id:str}/memos/{memo_id:str}/upload"
UNFINISHED, COMPLETE = "?0", "?1"

Offset = Annotated[
    int,
    HeaderParameter(name="Upload-Offset", ge=0, le=2**53, description="Where this part begins, in bytes."),
]
Complete = Annotated[
    str, HeaderParameter(name="Upload-Complete", pattern=r"^\?[01]$", description="?1 with the last part.")
]
Length = Annotated[
    int | None, HeaderParameter(name="Upload-Length", ge=0, le=2**53, description="Of the whole recording.")
]
Kind = Annotated[
    str, QueryParameter(name="type", max_length=200, description="The recording's content type.")
]


@head(
    URL,
    operation_id="askUpload",
    operation_class=ProgressOperation,
    guards=[reps],
    responses=reads(UnknownVisit),
    sync_to_thread=True,
)
def ask_upload(visit_id: Id, memo_id: Id, caller: Caller, database: Store, blobs: Sounds) -> Response[None]:
    """How many bytes are safe, and whether that is all."""
    check_known(database, caller, visit_id)
    receipt = receipt_of(database, visit_id, memo_id)
    if receipt is not None:
        return progress(receipt.bytes, COMPLETE)
    return progress(Parts(blobs, visit_id, memo_id).offset(), UNFINISHED)


@patch(
    URL,
    operation_id="appendUpload",
    operation_class=PartOperation,
    dependencies={"spoken": Provide(spoken)},
    guards=[reps],
    status_code=200,
    responses=changes(
        BadDigest, BadPlace, DigestMismatch, PartDiffers, BrokenOff, UnsupportedMedia, MemoTooLarge,
        UnknownVisit, PartBeyond, MemoDiffers, MemoDeleted, Approved,
        created=Receipt,
    ),
)  # fmt: skip
async def append_upload(
    request: Request[Identity, str, Any], visit_id: Id, memo_id: Id, spoken: NamedDependency[Spoken],
    caller: Caller, database: Store, blobs: Sounds, jobs: Work, settings: Chosen,
    upload_offset: Offset, upload_complete: Complete, kind: Kind, upload_length: Length = None,
    content_digest: ContentDigest = None, repr_digest: ReprDigest = None,
) -> Response[Any]:  # fmt: skip
    """Takes the next part; the last one answers with the memo's receipt, again if it was lost on its way."""
    told = label(kind, (content_digest,), (repr_digest,))
    of_part, of_whole = told.sums
    elsewhere = await asyncio.to_thread(no_place, database, caller, visit_id)
    unwanted = told.refusal or elsewhere
    if not unwanted and (receipt := await asyncio.to_thread(receipt_of, database, visit_id, memo_id)):
        return saved(known(receipt, of_whole), False)
    parts, refusal = Parts(blobs, visit_id, memo_id), unwanted or spoken.refusal
    intake = Intake(
        parts=parts, offset=upload_offset, limit=settings.audio.memo_limit, promised=of_part, refusal=refusal
    )
    reached = await receive_part(request, intake)
    if upload_complete == UNFINISHED:
        return progress(await asyncio.to_thread(go_on, database, jobs, parts, visit_id), UNFINISHED)
    whole = of_whole.hex() if of_whole else None
    stored = await asyncio.to_thread(parts.complete, reached, whole, upload_length)
    memo = Sent(visit=visit_id, id=memo_id, kind=told.kind, spoken=spoken, stored=stored)
    return saved(*await asyncio.to_thread(file_memo, database, jobs, parts, memo))


@delete(URL, operation_id="cancelUpload", guards=[reps], responses=changes(UnknownVisit), sync_to_thread=True)
def cancel_upload(visit_id: Id, memo_id: Id, caller: Caller, database: Store, blobs: Sounds) -> None:
    """Throws the parts away; a memo that is complete stays."""
    check_known(database, caller, visit_id)
    Parts(blobs, visit_id, memo_id).discard()
    with database.writing() as session:
        Listening(session).forget(memo_id)


def go_on(database: Database, jobs: Jobs, parts: Parts, visit_id: str) -> int:
    """How many bytes are safe; has them listened to when they are enough for something new."""
    offset = parts.offset()
    try:
        with database.reading() as session:
            due = Listening(session).due(parts.memo_id)
        if offset >= due:
            jobs.listen_ahead(visit_id, parts.memo_id)
    except Exception:  # the part is safe, and all of it is heard at the end
        log.exception("nobody was asked to listen ahead to %s", parts.memo_id)
    return offset


def check_known(database: Database, caller: Identity, visit_id: str) -> None:
    if refusal := no_place(database, caller, visit_id):
        raise refusal


def receipt_of(database: Database, visit_id: str, memo_id: str) -> Receipt | None:
    """Of a memo that is here already."""
    try:
        with database.reading() as session:
            memo = Memos(session).get(visit_id, memo_id)
    except UnknownMemo:
        return None
    return Receipt(memo=memo.id, sha256=memo.sha256, bytes=memo.bytes, received_at=memo.received_at)


def known(receipt: Receipt, of_whole: bytes | None) -> Receipt:
    if of_whole is not None and of_whole.hex() != receipt.sha256:
        raise MemoDiffers
    return receipt


def progress(offset: int, complete: str) -> Response[None]:
    headers = {"Upload-Offset": str(offset), "Upload-Complete": complete}
    return Response(None, status_code=204, headers=headers)
