"""From one machine to many: an embedded installation's rows and recordings into another database and store.

Every row is inserted unless it is there, so a move that broke off is simply started again. In the end both
sides are counted and summed up. The engine's own tables stay behind: workers of the new database see which
visits wait for work and ask for it anew.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Table, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.database import Database
from storage.errors import BlobMissing, MoveDiffers
from storage.sound.blobs import APART, PARTS, Blobs, store
from storage.sound.verification import recordings
from storage.tables.metadata import METADATA

AT_ONCE = 1_000
LEFT_BEHIND = ("worker_lease",)
"""Workers of the old installation are none of the new one."""
SUMS = 1 << 256

Progress = Callable[[str, int], None]


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    rows: dict[str, int]
    """Rows of each table, the same on both sides."""
    sums: dict[str, str]
    """What they add up to, in hexadecimal; the same on both sides."""
    recordings: int
    """Recordings that lie in the new store, each summed up."""


def move(
    source: Database, target: Database, source_blobs: Blobs, target_blobs: Blobs | None, progress: Progress
) -> Moved:
    """Copy everything; nothing may work on the source meanwhile. `target_blobs` is null when the recordings
    stay where they are. Raises MoveDiffers."""
    target.migrate()
    tables = [table for table in METADATA.sorted_tables if table.name not in LEFT_BEHIND]
    copied = 0
    if target_blobs is not None:
        copied = move_recordings(source, source_blobs, target_blobs, progress)
    for table in tables:
        move_rows(source, target, table, progress)
    if not target.embedded:
        with target.writing() as session:
            continue_numbers(session, tables)
    rows, sums = {}, {}
    for table in tables:
        here, there = summed(source, table), summed(target, table)
        if here != there:
            raise MoveDiffers(f"The table {table.name} is not the same on both sides.")
        rows[table.name], sums[table.name] = here[0], f"{here[1]:064x}"
    return Moved(rows=rows, sums=sums, recordings=copied)


def move_rows(source: Database, target: Database, table: Table, progress: Progress) -> None:
    count = 0
    for batch in batches(source, table):
        with target.writing() as session:
            insert = sqlite.insert if target.embedded else postgresql.insert
            session.connection().execute(insert(table).on_conflict_do_nothing(), batch)
        count += len(batch)
        progress(table.name, count)


def batches(database: Database, table: Table) -> Iterator[list[dict[str, Any]]]:
    """All rows as values; one snapshot, read bit by bit."""
    with database.reading() as session:
        rows = session.connection().execution_options(yield_per=AT_ONCE).execute(select(table))
        for part in rows.mappings().partitions():
            yield [dict(row) for row in part]


def move_recordings(source: Database, here: Blobs, there: Blobs, progress: Progress) -> int:
    """Copy what is not there yet in full; each copy is summed up on its way."""
    count = 0
    for memo, blob in recordings(source):
        try:
            known = there.size(blob.key) == blob.bytes
        except BlobMissing:
            known = False
        if not known and store(there, memo, here.chunks(blob.key, 0, blob.bytes)) != blob:
            raise MoveDiffers(f"The recording of memo {memo} is not what was received; run `rounds verify`.")
        count += 1
        progress("recordings", count)
    for area in (PARTS, APART):  # a phone may go on with what it began here
        for entry in here.entries(area):
            store(there, entry.key.rsplit(".", 1)[0], here.chunks(entry.key, 0, entry.bytes))
    return count


def continue_numbers(session: Session, tables: list[Table]) -> None:
    """Let PostgreSQL count on from the highest number that was copied."""
    for table in tables:
        key = table.autoincrement_column
        if key is not None:
            highest = session.connection().execute(select(func.max(key))).scalar_one()
            sequence = func.pg_get_serial_sequence(table.name, key.name)
            session.connection().execute(
                select(func.setval(sequence, max(highest or 1, 1), text("true" if highest else "false")))
            )


def summed(database: Database, table: Table) -> tuple[int, int]:
    """How many rows, and a sum over them that does not depend on their order."""
    count, total = 0, 0
    for batch in batches(database, table):
        for row in batch:
            written = msgspec.json.encode(row, order="sorted", enc_hook=str)
            total = (total + int.from_bytes(hashlib.sha256(written).digest())) % SUMS
        count += len(batch)
    return count, total
