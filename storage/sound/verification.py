"""Every recording read again and summed up against its receipt; and what lies there that nobody knows."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec
from sqlmodel import Session, col, select

from storage.database import Database
from storage.errors import BlobMissing
from storage.sound.blobs import APART, PARTS, Blobs, Stored
from storage.tables.visits import MemoRow

AT_ONCE = 500
ON_ITS_WAY = timedelta(hours=1)
"""A younger file without a row may belong to an upload that has not ended."""


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What was found; all is well when the three lists are empty."""

    recordings: int
    bytes: int
    missing: tuple[str, ...]
    """Memos whose recording is not in the store."""
    damaged: tuple[str, ...]
    """Memos whose recording is not what was received."""
    orphans: tuple[str, ...]
    """Files that belong to no memo: refused uploads, and leftovers of a crash. They may be deleted."""

    @property
    def well(self) -> bool:
        return not (self.missing or self.damaged or self.orphans)


def verify(
    database: Database,
    blobs: Blobs,
    progress: Callable[[int], None] | None = None,
    on_its_way: timedelta = ON_ITS_WAY,
) -> Verified:
    """Reads everything; `progress` is told how many recordings were read."""
    missing, damaged, count, size = [], [], 0, 0
    for memo, blob in recordings(database):
        try:
            if not intact(blobs, blob):
                damaged.append(memo)
        except BlobMissing:
            missing.append(memo)
        count, size = count + 1, size + blob.bytes
        if progress is not None:
            progress(count)
    return Verified(
        recordings=count,
        bytes=size,
        missing=tuple(missing),
        damaged=tuple(damaged),
        orphans=tuple(orphans(database, blobs, on_its_way)),
    )


def recordings(database: Database) -> Iterator[tuple[str, Stored]]:
    """Every memo with a recording, some hundred at a time."""
    last = ""
    while True:
        with database.reading() as session:
            query = select(MemoRow.id, MemoRow.blob, MemoRow.sha256, MemoRow.bytes).where(
                col(MemoRow.blob).is_not(None), col(MemoRow.id) > last
            )
            rows = session.exec(query.order_by(col(MemoRow.id)).limit(AT_ONCE)).all()
        for memo, key, sha256, size in rows:
            yield memo, Stored(key=key or "", sha256=sha256, bytes=size)
        if len(rows) < AT_ONCE:
            return
        last = rows[-1][0]


def intact(blobs: Blobs, blob: Stored) -> bool:
    """Whether the bytes are those of the receipt; raises BlobMissing."""
    if blobs.size(blob.key) != blob.bytes:
        return False
    total = hashlib.sha256()
    for chunk in blobs.chunks(blob.key, 0, blob.bytes):
        total.update(chunk)
    return total.hexdigest() == blob.sha256


def orphans(database: Database, blobs: Blobs, on_its_way: timedelta) -> Iterator[str]:
    """Files that no memo claims."""
    before = datetime.now(UTC) - on_its_way
    settled = (
        entry.key
        for entry in blobs.entries("")
        if entry.written_at < before and not entry.key.startswith((PARTS, APART))
    )
    batch: list[str] = []
    for key in settled:
        batch.append(key)
        if len(batch) == AT_ONCE:
            with database.reading() as session:
                yield from _unclaimed(session, batch)
            batch = []
    with database.reading() as session:
        yield from _unclaimed(session, batch)


def _unclaimed(session: Session, keys: list[str]) -> list[str]:
    """A key begins with its memo's id, so the memos are found by their primary key."""
    memos = [key.rsplit("/", 1)[-1].rsplit(".", 1)[0] for key in keys]
    known = set(session.exec(select(MemoRow.blob).where(col(MemoRow.id).in_(memos))))
    return [key for key in keys if key not in known]
