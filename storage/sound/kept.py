"""What arrived and became no memo, for whoever looks after it all: whose it is, why, and a way back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from sqlmodel import Session, col, select

from storage.errors import BlobMissing
from storage.records import Record
from storage.sound.blobs import APART, PARTS, Blobs, Stored
from storage.sound.uploads import Kept, Uploads
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import MemoRow, VisitRow
from storage.visits.summaries import names

Why: TypeAlias = Literal["no_visit", "broken_off", "too_large", "differs", "damaged"]
HEAD = 12
"""Bytes that tell what kind of sound it is."""
GONE = "Nothing is kept under this name; it may have been completed, or thrown away."


class Left(Record, frozen=True, kw_only=True):
    """Bytes that are kept; those of one upload that broke off are one, by the sum of their first part."""

    visit: str
    memo: str
    sha256: str
    bytes: int
    received_at: datetime
    refused: bool
    why: Why
    """`no_visit`: its check-in never came; `differs`: the memo of this name holds another recording;
    `damaged`: other bytes arrived than were sent; else the upload may still go on behind them."""
    at: datetime | None
    """Of the visit; null when it is not known."""
    rep_name: str | None
    customer_name: str | None


def kept_uploads(session: Session, blobs: Blobs, limit: int) -> tuple[Left, ...]:
    """The newest first. `limit`: bytes of a memo that is taken."""
    found = together(sorted(Uploads(blobs).kept(), key=lambda each: (each.visit, each.memo, each.offset)))
    visits = {row.id: row for row in _rows(session, sorted({each.visit for each in found}))}
    reps = names(session, EmployeeRow, {row.rep for row in visits.values()})
    places = names(session, CustomerRow, {row.customer for row in visits.values() if row.customer})
    left = []
    for each in found:
        visit = visits.get(each.visit)
        place = None
        if visit is not None:
            place = places[visit.customer] if visit.customer else visit.new_customer
        one = Left(
            visit=each.visit, memo=each.memo, sha256=each.sha256, bytes=each.bytes,
            received_at=each.received_at, refused=each.refused,
            why=_why(session, each, visit is not None, limit), at=visit.at if visit else None,
            rep_name=reps[visit.rep] if visit else None, customer_name=place,
        )  # fmt: skip
        left.append(one)
    return tuple(sorted(left, key=lambda each: each.received_at, reverse=True))


def together(kept: Sequence[Kept]) -> list[Kept]:
    """The parts of an upload as one; what was refused stays apart."""
    parts: dict[tuple[str, str], list[Kept]] = {}
    for each in kept:
        if not each.refused:
            parts.setdefault((each.visit, each.memo), []).append(each)
    whole = [
        Kept(
            visit=first.visit, memo=first.memo, offset=first.offset, sha256=first.sha256, refused=False,
            bytes=max(each.offset + each.bytes for each in (first, *others)),
            received_at=max(each.received_at for each in (first, *others)),
        )
        for first, *others in parts.values()
    ]  # fmt: skip
    return [*whole, *(each for each in kept if each.refused)]


def _rows(session: Session, ids: Sequence[str]) -> list[VisitRow]:
    rows: list[VisitRow] = []
    for start in range(0, len(ids), 500):
        rows += session.exec(select(VisitRow).where(col(VisitRow.id).in_(ids[start : start + 500])))
    return rows


def _why(session: Session, kept: Kept, known: bool, limit: int) -> Why:
    if not known:
        return "no_visit"
    if not kept.refused:
        return "too_large" if kept.bytes >= limit else "broken_off"
    memo = session.get(MemoRow, kept.memo)
    return "differs" if memo is not None and memo.sha256 != kept.sha256 else "damaged"


def rescue(blobs: Blobs, visit_id: str, memo_id: str, sha256: str) -> tuple[str, Stored, str]:
    """A copy that may become a memo: its name, the same however often this is asked, where it lies, and what
    kind of sound it is. Raises BlobMissing."""
    pieces, apart = _pieces(blobs, visit_id, memo_id, sha256)
    uploads = Uploads(blobs)
    chunks = uploads.read(visit_id, memo_id, sha256) if apart else [uploads.of(visit_id, memo_id).read()]
    name, head = f"{memo_id[:80]}.{sha256[:16]}", b""
    with blobs.begin(name) as upload:
        for chunk in chunks:
            head = head or chunk[:HEAD]
            upload.write(chunk)
        if not pieces or not upload.size:
            raise BlobMissing(GONE)
        return name, upload.finish(), sound_kind(head)


def throw_away(blobs: Blobs, visit_id: str, memo_id: str, sha256: str) -> None:
    """Of an upload that broke off all parts. Raises BlobMissing."""
    pieces, _ = _pieces(blobs, visit_id, memo_id, sha256)
    if not pieces:
        raise BlobMissing(GONE)
    for key in pieces:
        blobs.delete(key)


def _pieces(blobs: Blobs, visit_id: str, memo_id: str, sha256: str) -> tuple[list[str], bool]:
    """Keys of what belongs together, and whether it was refused."""
    apart, parts = (
        [entry.key for entry in blobs.entries(f"{area}{visit_id}/{memo_id}/")] for area in (APART, PARTS)
    )
    if refused := [key for key in apart if key.endswith(f".{sha256}")]:
        return refused, True
    return (parts if any(key.endswith(f".{sha256}") for key in parts) else []), False


def sound_kind(head: bytes) -> str:
    """The media type by the first bytes; decoding looks for itself."""
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "audio/webm"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"RIFF"):
        return "audio/wav"
    return "audio/mpeg" if head.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3")) else "audio/*"
