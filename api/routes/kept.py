"""What arrived and became no memo: parts of uploads that broke off, and recordings that were refused."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from litestar import delete, get, post
from litestar.params import PathParameter
from litestar.response import Stream

from api.answers import changes, reads
from api.auth import admins
from api.contract import RecordingOperation
from api.deps import Chosen, Id, Sounds, Store, Work
from storage.errors import Approved, BlobMissing, MemoDeleted, UnknownVisit
from storage.records import Receipt
from storage.sound.kept import Left, kept_uploads, rescue, throw_away
from storage.sound.uploads import Uploads
from storage.visits.memos import Memos
from storage.visits.visits import Visits

Sha256 = Annotated[str, PathParameter(pattern="^[0-9a-f]{64}$")]


@get("/kept", operation_id="listKept", guards=[admins], responses=reads(), sync_to_thread=True)
def list_kept(database: Store, blobs: Sounds, settings: Chosen) -> tuple[Left, ...]:
    """The newest first. Each is thrown away thirty days after it came."""
    with database.reading() as session:
        return kept_uploads(session, blobs, settings.audio.memo_limit)


@get(
    "/kept/{visit_id:str}/{memo_id:str}/{sha256:str}",
    operation_id="getKept",
    operation_class=RecordingOperation,
    guards=[admins],
    responses=reads(BlobMissing),
    sync_to_thread=True,
)
def get_kept(visit_id: Id, memo_id: Id, sha256: Sha256, blobs: Sounds) -> Stream:
    """Its bytes, of which nobody knows whether they are sound."""
    return Stream(
        one_by_one(Uploads(blobs).read(visit_id, memo_id, sha256)),
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{sha256}"', "Cache-Control": "no-store"},
    )


@post(
    "/kept/{visit_id:str}/{memo_id:str}/{sha256:str}/file",
    operation_id="fileKept",
    guards=[admins],
    status_code=200,
    responses=changes(BlobMissing, UnknownVisit, Approved, MemoDeleted),
    sync_to_thread=True,
)
def file_kept(
    visit_id: Id, memo_id: Id, sha256: Sha256, database: Store, blobs: Sounds, jobs: Work
) -> Receipt:
    """Takes it as one more memo of its visit, as far as it goes; asked again it is the same memo."""
    with database.reading() as session:
        at = Visits(session).get(visit_id).at
    name, stored, kind = rescue(blobs, visit_id, memo_id, sha256)
    try:
        with database.writing() as session:
            receipt, _ = Memos(session).receive(
                visit_id, name, at=at, content_type=kind, blob=stored, position=None, jobs=jobs
            )
    except (Approved, MemoDeleted):
        blobs.delete(stored.key)
        raise
    throw_away(blobs, visit_id, memo_id, sha256)
    return receipt


@delete(
    "/kept/{visit_id:str}/{memo_id:str}/{sha256:str}",
    operation_id="deleteKept",
    guards=[admins],
    responses=changes(BlobMissing),
    sync_to_thread=True,
)
def delete_kept(visit_id: Id, memo_id: Id, sha256: Sha256, blobs: Sounds) -> None:
    """For good; of an upload that broke off all parts."""
    throw_away(blobs, visit_id, memo_id, sha256)


async def one_by_one(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while chunk := await asyncio.to_thread(next, chunks, b""):
        yield chunk
