"""Voice memos and typed notes as they arrive, and what was heard in them."""

import hashlib
from datetime import UTC, datetime

from sqlmodel import Session, col, delete, select

from nlp.types import Source
from speech.types import Transcript, note
from storage.errors import Approved, MemoDeleted, MemoDiffers, UnknownMemo
from storage.finding.places import locate
from storage.finding.said import forget_said, keep_said
from storage.heard.collecting import forget_collected
from storage.records import Memo, MemoKind, Position, Problem, Receipt
from storage.rows import insert_new, locked_visit
from storage.sound.blobs import Stored
from storage.sound.listening import Listening
from storage.tables.visits import DraftRow, MemoRow, PromiseRow, ReportRow, VisitRow
from storage.visits.states import settle
from storage.visits.view import alive, memo_record
from storage.work.queue import Queue

BYTES_A_SECOND = 4_000.0
"""Of opus at the 32 kbit/s that phones record speech with: a guess at the length before decoding."""


class Memos:
    def __init__(self, session: Session) -> None:
        self.session = session

    def receive(
        self,
        visit_id: str,
        memo_id: str,
        *,
        at: datetime,
        content_type: str,
        blob: Stored,
        position: Position | None,
        jobs: Queue,
    ) -> tuple[Receipt, bool]:
        """Take a recording whose bytes are on disk already; the receipt, and whether it is new."""
        row = self._row(visit_id, memo_id, "voice", at, content_type, blob.sha256, blob.bytes)
        row.blob = blob.key
        return self._take(row, position, blob.bytes / BYTES_A_SECOND, jobs)

    def note(
        self, visit_id: str, note_id: str, *, text: str, at: datetime, jobs: Queue
    ) -> tuple[Receipt, bool]:
        """Take a typed text; it needs no hearing."""
        typed = text.encode()
        row = self._row(
            visit_id, note_id, "note", at, "text/plain", hashlib.sha256(typed).hexdigest(), len(typed)
        )
        row.state, row.transcript, row.length_s = "transcribed", note(text), 0.0
        return self._take(row, None, 0.0, jobs)

    def get(self, visit_id: str, memo_id: str) -> Memo:
        return memo_record(self._live(visit_id, memo_id))

    def sources(self, visit_id: str) -> tuple[Source, ...]:
        """Everything that was heard or typed at the visit, in its order."""
        rows = self.session.exec(alive(visit_id))
        heard = [row for row in rows if row.state == "transcribed"]
        return tuple(Source(memo=row.id, transcript=row.transcript) for row in heard if row.transcript)

    def blob(self, visit_id: str, memo_id: str) -> Stored:
        """Where the recording lies."""
        row = self._live(visit_id, memo_id)
        if row.blob is None:
            raise UnknownMemo("A typed note has no recording.")
        return Stored(key=row.blob, sha256=row.sha256, bytes=row.bytes)

    def claimed(self, memo_id: str, key: str) -> bool:
        """These bytes are a memo's, perhaps at another visit."""
        row = self.session.get(MemoRow, memo_id)
        return row is not None and row.blob == key

    def delete(self, visit_id: str, memo_id: str, *, jobs: Queue) -> str | None:
        """Forget a memo and what was filed from it; its bytes' key, to be deleted after the commit."""
        visit = locked_visit(self.session, visit_id)
        row = self.session.get(MemoRow, memo_id)
        if row is None or row.visit != visit_id:
            raise UnknownMemo
        if row.deleted_at is not None:
            return None
        if visit.approved_at is not None:
            raise Approved
        heard = row.state == "transcribed"
        row.deleted_at, row.transcript, row.problem = datetime.now(UTC), None, None
        key, row.blob = row.blob, None
        forget_said(self.session, memo_id)
        Listening(self.session).forget(memo_id)
        if not has_transcript(self.session, visit_id):
            forget_report(self.session, visit)
        elif heard:
            visit.revision += 1
            visit.failure = None
            jobs.enqueue(self.session, visit_id, None, 0.0)
        settle(self.session, visit)
        return key

    def transcribed(self, memo_id: str, transcript: Transcript) -> int | None:
        """Keep what was heard and answer with the visit's revision; null when it was deleted."""
        row, visit = self._locked(memo_id)
        if row.deleted_at is not None:
            return None
        if row.state != "transcribed":
            row.state, row.problem = "transcribed", None
            row.transcript, row.length_s = transcript, transcript.length_s
            keep_said(self.session, row)
            Listening(self.session).forget(memo_id)
            visit.revision += 1
            visit.failure = None
            settle(self.session, visit)
        return visit.revision

    def left_out(self, memo_id: str, ledger: Transcript) -> None:
        """Keep a transcript without words: what noise was taken for, to be seen and played."""
        row, _ = self._locked(memo_id)
        if row.state == "received":
            row.transcript = ledger

    def unheard(self, memo_id: str) -> bool:
        """It waits for being heard."""
        row = self.session.get(MemoRow, memo_id)
        return row is not None and row.state == "received" and row.deleted_at is None

    def fail(self, memo_id: str, problem: Problem) -> None:
        """Nothing could be heard; the bytes stay."""
        row, visit = self._locked(memo_id)
        if row.deleted_at is not None or row.state != "received":
            return
        row.state, row.problem = "failed", problem
        Listening(self.session).forget(memo_id)
        settle(self.session, visit)

    def _row(
        self, visit: str, memo: str, kind: MemoKind, at: datetime, content_type: str, sha256: str, size: int
    ) -> MemoRow:
        return MemoRow(
            id=memo,
            visit=visit,
            kind=kind,
            state="received",
            at=at,
            received_at=datetime.now(UTC),
            content_type=content_type,
            bytes=size,
            sha256=sha256,
        )

    def _take(
        self, row: MemoRow, position: Position | None, length_s: float, jobs: Queue
    ) -> tuple[Receipt, bool]:
        """Row and job in one commit, once however often the phone sends it."""
        visit = locked_visit(self.session, row.visit)
        known = self.session.get(MemoRow, row.id)
        if known is None and visit.approved_at is not None:
            raise Approved
        created = known is None and insert_new(self.session, row)
        stored = self.session.get(MemoRow, row.id)
        if stored is None:
            raise UnknownMemo
        if not created:
            if (stored.visit, stored.kind, stored.sha256) != (row.visit, row.kind, row.sha256):
                raise MemoDiffers
            if stored.deleted_at is not None:
                raise MemoDeleted
        else:
            if position is not None and visit.lat is None:
                locate(self.session, visit, position, "memo")
            if stored.state == "transcribed":
                keep_said(self.session, stored)
                visit.revision += 1
                visit.failure = None
            jobs.enqueue(self.session, row.visit, row.id, length_s)
            settle(self.session, visit)
        receipt = Receipt(
            memo=stored.id, sha256=stored.sha256, bytes=stored.bytes, received_at=stored.received_at
        )
        return receipt, created

    def _live(self, visit_id: str, memo_id: str) -> MemoRow:
        row = self.session.get(MemoRow, memo_id)
        if row is None or row.visit != visit_id or row.deleted_at is not None:
            raise UnknownMemo
        return row

    def _locked(self, memo_id: str) -> tuple[MemoRow, VisitRow]:
        row = self.session.get(MemoRow, memo_id)
        if row is None:
            raise UnknownMemo
        visit = locked_visit(self.session, row.visit)
        self.session.refresh(row)
        return row, visit


def has_transcript(session: Session, visit_id: str) -> bool:
    session.flush()
    found = select(MemoRow.id).where(
        MemoRow.visit == visit_id, MemoRow.state == "transcribed", col(MemoRow.deleted_at).is_(None)
    )
    return session.exec(found.limit(1)).first() is not None


def forget_report(session: Session, visit: VisitRow) -> None:
    """Nothing that was said is left, so nothing that was filed from it stays."""
    for table in (DraftRow, ReportRow, PromiseRow):
        session.exec(delete(table).where(col(table.visit) == visit.id))
    forget_collected(session, visit.id)
    visit.revision += 1
    visit.filed_revision = visit.revision
    visit.outcome = visit.summary = visit.new_customer = visit.failure = None
    visit.doubts = ()
    if not visit.customer_chosen:
        visit.customer = None
