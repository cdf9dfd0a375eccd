"""An upload that goes on where it broke off, in the form of the IETF's resumable uploads.

The phone names the memo, so the upload has an address before it begins: no request creates it. HEAD says how
many bytes are safe, PATCH sends the next ones, and the last one with `Upload-Complete: ?1` makes the memo.
`Content-Digest` is of the part, `Repr-Digest` of the whole recording (RFC 9530).
"""

import asyncio
from typing import Annotated, Any

from litestar import Request, Response, delete, head, patch
from litestar.di import NamedDependency, Provide
from litestar.params import HeaderParameter, QueryParameter

from api.answers import changes, reads, saved
from api.auth import reps
from api.contract import PartOperation, ProgressOperation
from api.deps import Caller, Chosen, Id, Sounds, Store, Work
from api.errors import BadDigest, BrokenOff, DigestMismatch, MemoTooLarge, UnsupportedMedia
from api.routes.memos import ContentDigest, ReprDigest, check_taken, file_memo
from api.uploads import Spoken, promised_sum, receive_part, sound_type, spoken
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
from storage.memos import Memos
from storage.records import Identity, Receipt
from storage.uploads import Uploads

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
    check_taken(database, caller, visit_id)
    receipt = receipt_of(database, visit_id, memo_id)
    if receipt is not None:
        return progress(receipt.bytes, COMPLETE)
    return progress(Uploads(blobs).offset(memo_id), UNFINISHED)


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
    kind, of_part, of_whole = sound_type(kind), promised_sum(content_digest), promised_sum(repr_digest)
    await asyncio.to_thread(check_taken, database, caller, visit_id)
    if receipt := await asyncio.to_thread(receipt_of, database, visit_id, memo_id):
        return saved(known(receipt, of_whole), False)
    uploads, limit = Uploads(blobs), settings.audio.memo_limit_mb * 1_000_000
    await receive_part(request, uploads, memo_id, upload_offset, limit, of_part)
    if upload_complete == UNFINISHED:
        return progress(await asyncio.to_thread(uploads.offset, memo_id), UNFINISHED)
    whole = of_whole.hex() if of_whole else None
    stored = await asyncio.to_thread(uploads.complete, memo_id, whole, upload_length)
    return saved(*await asyncio.to_thread(file_memo, database, jobs, visit_id, memo_id, kind, spoken, stored))


@delete(URL, operation_id="cancelUpload", guards=[reps], responses=changes(UnknownVisit), sync_to_thread=True)
def cancel_upload(visit_id: Id, memo_id: Id, caller: Caller, database: Store, blobs: Sounds) -> None:
    """Throws the parts away; a memo that is complete stays."""
    check_taken(database, caller, visit_id)
    Uploads(blobs).discard(memo_id)


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
