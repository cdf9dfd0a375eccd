"""A voice memo's way in, and out again to be heard."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, put
from litestar.di import NamedDependency, Provide
from litestar.params import HeaderParameter
from litestar.response import Stream

from api.answers import changes, reads, saved
from api.auth import employees, must_own, reps
from api.contract import MemoOperation, RecordingOperation
from api.deps import Caller, Chosen, Id, Sounds, Store, Work
from api.errors import (
    BadDigest,
    BadRange,
    BrokenOff,
    DigestMismatch,
    MemoTooLarge,
    NotAllowed,
    UnsupportedMedia,
)
from api.ranges import Span, span
from api.uploads import Intake, Spoken, label, receive, spoken
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
from storage.records import Identity, Receipt
from storage.sound.blobs import Blobs, Stored
from storage.sound.uploads import KEPT, Parts
from storage.visits.memos import Memos
from storage.visits.visits import Visits
from storage.work.jobs import Jobs

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
    told = label(request.headers.get("content-type", ""), (content_digest, repr_digest))
    elsewhere = await asyncio.to_thread(no_place, database, caller, visit_id)
    refusal = told.refusal or elsewhere or spoken.refusal
    parts = Parts(blobs, visit_id, memo_id)
    intake = Intake(parts=parts, limit=settings.audio.memo_limit, promised=told.sums[0], refusal=refusal)
    stored = await receive(request, intake)
    memo = Sent(visit=visit_id, id=memo_id, kind=told.kind, spoken=spoken, stored=stored)
    return saved(*await asyncio.to_thread(file_memo, database, jobs, parts, memo))


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A recording whose bytes are safe, and what was told of it."""

    visit: str
    id: str
    kind: str
    spoken: Spoken
    stored: Stored


def file_memo(database: Database, jobs: Jobs, parts: Parts, memo: Sent) -> tuple[Receipt, bool]:
    """The row and the work on it, in one transaction. A recording that is refused for what is here already is
    kept apart; one that was deleted stays deleted."""
    try:
        with database.writing() as session:
            answer = Memos(session).receive(
                memo.visit,
                memo.id,
                at=memo.spoken.at,
                content_type=memo.kind,
                blob=memo.stored,
                position=memo.spoken.position,
                jobs=jobs,
            )
    except MemoDeleted:
        parts.blobs.delete(memo.stored.key)
        parts.discard()
        raise
    except (Approved, MemoDiffers) as error:
        with database.reading() as session:
            claimed = Memos(session).claimed(memo.id, memo.stored.key)
        if not claimed:
            parts.set_apart(memo.stored)
            error.add_note(f"What was sent is kept apart for {KEPT.days} days.")
        raise
    parts.discard()
    return answer


def no_place(database: Database, caller: Identity, visit_id: str) -> UnknownVisit | NotAllowed | None:
    """Why it is no memo of this visit, looked up before a long body is read; it may come before its visit."""
    with database.reading() as session:
        try:
            must_own(caller, Visits(session).owner(visit_id))
        except (UnknownVisit, NotAllowed) as error:
            return error
    return None


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
