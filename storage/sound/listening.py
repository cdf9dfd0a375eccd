"""What was heard of a recording while it still arrives: only ever a saving, for all can be heard later."""

from datetime import UTC, datetime

from sqlmodel import Session, col, delete, exists, or_, select, update

from speech.types import Passage
from storage.rows import insert_new
from storage.sound.uploads import KEPT
from storage.tables.visits import ListeningRow, MemoRow

NEVER = 2**62
"""Of bytes: more than any recording has."""


class Listening:
    def __init__(self, session: Session) -> None:
        self.session = session

    def due(self, memo_id: str) -> int:
        """How many bytes must have arrived before it is worth listening."""
        found = self.session.exec(select(ListeningRow.due).where(ListeningRow.memo == memo_id))
        return found.first() or 0

    def passages(self, memo_id: str) -> tuple[Passage, ...]:
        row = self.session.get(ListeningRow, memo_id)
        return row.passages if row else ()

    def begin(self, memo_id: str) -> tuple[Passage, ...] | None:
        """What is known so far, for the one who listens now; null when another does, when one died over it,
        and when the whole recording is here."""
        if self.session.get(MemoRow, memo_id) is not None:
            return None
        insert_new(self.session, ListeningRow(memo=memo_id, passages=(), touched_at=datetime.now(UTC)))
        free = update(ListeningRow).where(col(ListeningRow.memo) == memo_id, ~col(ListeningRow.busy))
        taken = self.session.exec(free.values(busy=True, touched_at=datetime.now(UTC)))
        return self.passages(memo_id) if taken.rowcount else None

    def keep(self, memo_id: str, passage: Passage) -> None:
        row = self.session.get(ListeningRow, memo_id, with_for_update=True)
        if row is not None:  # else the memo was heard or taken back meanwhile
            row.passages = (*row.passages, passage)
            row.touched_at = datetime.now(UTC)

    def end(self, memo_id: str, due: int) -> None:
        """Nobody listens any more, until so many bytes are there."""
        row = self.session.get(ListeningRow, memo_id, with_for_update=True)
        if row is not None:
            row.busy, row.due = False, due

    def forget(self, memo_id: str) -> None:
        self.session.exec(delete(ListeningRow).where(col(ListeningRow.memo) == memo_id))

    def prune(self) -> None:
        """Throw away what belongs to an abandoned upload, or to a memo that needs it no longer."""
        heard = exists().where(col(MemoRow.id) == col(ListeningRow.memo), col(MemoRow.state) != "received")
        old = col(ListeningRow.touched_at) < datetime.now(UTC) - KEPT
        self.session.exec(delete(ListeningRow).where(or_(old, heard)))
