"""Past visits that nobody has approved, to be read anew with what corrections have taught since."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import literal, tuple_
from sqlmodel import col, select

from nlp.types import Report
from storage.columns import Moment
from storage.database import Database
from storage.records import Record
from storage.tables.visits import ReportRow, VisitRow

AT_ONCE = 100


class Past(Record, frozen=True, kw_only=True):
    """A visit, and the report that stands."""

    visit: str
    at: datetime
    revision: int
    filed: Report


def past_visits(database: Database) -> Iterator[Past]:
    """The oldest first; what is still being worked out is left alone."""
    last: tuple[datetime, str] | None = None
    while True:
        query = select(VisitRow, ReportRow).where(
            ReportRow.visit == VisitRow.id, col(VisitRow.state).in_(("filed", "needs_review"))
        )
        if last is not None:
            key = tuple_(col(VisitRow.at), col(VisitRow.id))
            query = query.where(key > tuple_(literal(last[0], Moment()), literal(last[1])))
        with database.reading() as session:
            rows = session.exec(query.order_by(col(VisitRow.at), col(VisitRow.id)).limit(AT_ONCE)).all()
            found = [
                Past(visit=visit.id, at=visit.at, revision=visit.revision, filed=report.filed)
                for visit, report in rows
            ]
        yield from found
        if len(found) < AT_ONCE:
            return
        last = found[-1].at, found[-1].visit
