"""Customers that may be one: those that were found to be alike, and those that somebody told apart."""

from datetime import UTC, datetime

from sqlmodel import Session, col, delete, select

from storage.crm.alike import living, look, waiting
from storage.crm.customers import live_row
from storage.crm.likeness import Pair
from storage.errors import SameRecord
from storage.records import Record
from storage.tables.duplicates import AlikeRow, ApartRow

SHOWN = 100


class Alikes(Record, frozen=True, kw_only=True):
    """The likeliest first; `left` customers are still to be compared."""

    pairs: tuple[Pair, ...]
    left: int


class Duplicates:
    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self) -> Alikes:
        best = (col(AlikeRow.reasons).desc(), col(AlikeRow.likeness).desc(), col(AlikeRow.one).desc())
        rows = self.session.exec(select(AlikeRow).order_by(*best).limit(SHOWN)).all()
        known = living(self.session, sorted({each for row in rows for each in (row.one, row.other)}))
        pairs = tuple(
            Pair(one=known[row.one], other=known[row.other], why=tuple(row.why), likeness=row.likeness)
            for row in rows
            if row.one in known and row.other in known
        )
        return Alikes(pairs=pairs, left=waiting(self.session))

    def waiting(self) -> int:
        return waiting(self.session)

    def look(self, most: int) -> int:
        """Compare so many of those that were written since; how many there were."""
        return look(self.session, most)

    def tell_apart(self, one: str, other: str, *, by: str) -> None:
        """They look alike and are two. Raises SameRecord, UnknownCustomer."""
        if one == other:
            raise SameRecord
        first, second = sorted((live_row(self.session, one).id, live_row(self.session, other).id))
        self.session.merge(ApartRow(one=first, other=second, by=by, at=datetime.now(UTC)))
        self.session.exec(delete(AlikeRow).where(col(AlikeRow.one) == first, col(AlikeRow.other) == second))
