"""A voice memo's way in, and out again to be heard."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from litestar import Request, Response, delete, get, put
from litestar.di import NamedDependency, Provide
from litestar.params import HeaderParameter
from litestar.response import Stream

from api.answers import changes, reads, saved
from api.auth import employees, must_own, reps
from api.contract import MemoOperation, RecordingOperation
from api.deps import Caller, Chosen, Id, Sounds, Store, Work
from api.errors import BadDigest, BadRange, BrokenOff, DigestMismatch, MemoTooLarge, UnsupportedMedia
from api.ranges import Span, span
from api.uploads import Spoken, promised_sum, receive, sound_type, spoken
from storage.blobs import Blobs, Stored
from storage.database import Database
from storage.errors import (
    Approved,
    BadPlace,
    BlobMissing,
    MemoDeleted,
    MemoDiffers,
    UnknownMemo,
    UnknownVisit,
)
from storage.jobs import Jobs
from storage.memos import Memos
from storage.records import Identity, Receipt
from storage.visits import Visits

ContentDigest = Annotated[
    str | None, HeaderParameter(name="Content-Digest", description="RFC 9530, sha-256.")
]
ReprDigest = Annotated[str | None, HeaderParameter(name="Repr-Digest", description="RFC 9530, sha-256.")]
ByteRange = Annotated[str | None, HeaderParameter(name="Range", description="One range of bytes.")]
IfRange = Annotated[str | None, HeaderParameter(name="If-Range")]


@put(
    "/visits/{visit_id:str}/memos/{memo_id:str}",
    operation_id="putMemo",
    operation_class=MemoOperation,
    dependencies={"spoken": Provide(spoken)},
    guards=[reps],
    responses=changes(
        BadDigest, BadPlace, DigestMismatch, BrokenOff, UnsupportedMedia, MemoTooLarge,
        UnknownVisit, MemoDiffers, MemoDeleted, Approved,
        created=Receipt,
    ),
)  # fmt: skip
async def put_memo(
    request: Request[Identity, str, Any], visit_id: Id, memo_id: Id, spoken: NamedDependency[Spoken],
    caller: Caller, database: Store, blobs: Sounds, jobs: Work, settings: Chosen,
    content_digest: ContentDigest = None, repr_digest: ReprDigest = None,
) -> Response[Receipt]:  # fmt: skip
    """Takes a recording as raw bytes; the receipt says that they are safe here."""
    kind = sound_type(request.headers.get("content-type", ""))
    promised = promised_sum(content_digest, repr_digest)
    await asyncio.to_thread(check_taken, database, caller, visit_id)
    stored = await receive(request, blobs, memo_id, settings.audio.memo_limit_mb * 1_000_000, promised)
    return saved(*await asyncio.to_thread(file_memo, database, jobs, visit_id, memo_id, kind, spoken, stored))


def file_memo(
    database: Database, jobs: Jobs, visit_id: str, memo_id: str, kind: str, spoken: Spoken, stored: Stored
) -> tuple[Receipt, bool]:
    """The row and the work on it, in one transaction, for bytes that are safe already."""
    with database.writing() as session:
        return Memos(session).receive(
            visit_id,
            memo_id,
            at=spoken.at,
            content_type=kind,
            blob=stored,
            position=spoken.position,
            jobs=jobs,
        )


def check_taken(database: Database, caller: Identity, visit_id: str) -> None:
    """Before a long body is read: raises UnknownVisit, NotAllowed."""
    with database.reading() as session:
        must_own(caller, Visits(session).owner(visit_id))


@delete(
    "/visits/{visit_id:str}/memos/{memo_id:str}",
    operation_id="deleteMemo",
    guards=[reps],
    responses=changes(UnknownVisit, UnknownMemo, Approved),
    sync_to_thread=True,
)
def delete_memo(
    visit_id: Id, memo_id: Id, caller: Caller, database: Store, blobs: Sounds, jobs: Work
) -> None:
    """Takes a recording back, its bytes too; until the report is approved."""
    with database.writing() as session:
        must_own(caller, Visits(session).owner(visit_id))
        key = Memos(session).delete(visit_id, memo_id, jobs=jobs)
    if key:
        blobs.delete(key)


@get(
    "/visits/{visit_id:str}/memos/{memo_id:str}/audio",
    operation_id="getRecording",
    operation_class=RecordingOperation,
    guards=[employees],
    responses=reads(UnknownVisit, UnknownMemo, BlobMissing, BadRange),
    sync_to_thread=True,
)
def get_recording(
    visit_id: Id, memo_id: Id, database: Store, blobs: Sounds,
    byte_range: ByteRange = None, if_range: IfRange = None,
) -> Stream:  # fmt: skip
    """The recording as it was received, whole or a part."""
    with database.reading() as session:
        memo, blob = Memos(session).get(visit_id, memo_id), Memos(session).blob(visit_id, memo_id)
    tag = f'"{blob.sha256}"'
    part = span(byte_range if if_range in (None, tag) else None, blobs.size(blob.key))
    return Stream(
        sound(blobs, blob.key, part),
        status_code=206 if part.partial else 200,
        media_type=memo.content_type,
        headers={
            "Accept-Ranges": "bytes",
            "Cache-Control": "private, no-cache",
            "Content-Length": str(part.end - part.start),
            "ETag": tag,
            **({"Content-Range": f"bytes {part.start}-{part.end - 1}/{part.total}"} if part.partial else {}),
        },
    )


async def sound(blobs: Blobs, key: str, part: Span) -> AsyncIterator[bytes]:
    chunks = iter(blobs.chunks(key, part.start, part.end))
    while chunk := await asyncio.to_thread(next, chunks, b""):
        yield chunk
