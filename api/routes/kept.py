"""What arrived and became no memo: parts of uploads that broke off, and recordings that were refused."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from litestar import get
from litestar.params import PathParameter
from litestar.response import Stream

from api.answers import reads
from api.auth import admins
from api.contract import RecordingOperation
from api.deps import Id, Sounds
from storage.errors import BlobMissing
from storage.uploads import Kept, Uploads

Sha256 = Annotated[str, PathParameter(pattern="^[0-9a-f]{64}$")]


@get("/kept", operation_id="listKept", guards=[admins], responses=reads(), sync_to_thread=True)
def list_kept(blobs: Sounds) -> tuple[Kept, ...]:
    """The newest first. Each is thrown away thirty days after it came."""
    return tuple(sorted(Uploads(blobs).kept(), key=lambda kept: kept.received_at, reverse=True))


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


async def one_by_one(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while chunk := await asyncio.to_thread(next, chunks, b""):
        yield chunk
