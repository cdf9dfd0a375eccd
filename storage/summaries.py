"""Lists of visits: the feed, a rep's day, a customer's timeline, what a manager has to look at."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import Session, and_, col, or_, select

from storage.paging import opened_moment, page, size
from storage.records import Page, VisitSummary
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import VisitRow


def newest(
    session: Session, column: Any, limit: int, after: str | None, *conditions: ColumnElement[bool] | bool
) -> Page[VisitSummary]:
    """Visits in falling order of a moment."""
    query = select(VisitRow).where(*conditions)
    if after is not None:
        moment, ident = opened_moment(after)
        query = query.where(or_(col(column) < moment, and_(col(column) == moment, col(VisitRow.id) < ident)))
    query = query.order_by(col(column).desc(), col(VisitRow.id).desc()).limit(size(limit) + 1)
    rows = session.exec(query).all()
    shown = {each.id: each for each in summaries(session, rows[: size(limit)])}
    moments: InstrumentedAttribute[Any] = column
    return page(
        rows, limit, lambda row: (getattr(row, moments.key).isoformat(), row.id), lambda row: shown[row.id]
    )


def summaries(session: Session, rows: Sequence[VisitRow]) -> list[VisitSummary]:
    reps = names(session, EmployeeRow, {row.rep for row in rows})
    places = names(session, CustomerRow, {row.customer for row in rows if row.customer})
    return [
        VisitSummary(
            id=row.id,
            state=row.state,  # type: ignore[arg-type]
            at=row.at,
            updated_at=row.updated_at,
            rep=row.rep,
            rep_name=reps[row.rep],
            customer=row.customer,
            customer_name=places[row.customer] if row.customer else row.new_customer,
            outcome=row.outcome,
            summary=row.summary,
            doubts=tuple(row.doubts),
            problem=row.problem,
        )
        for row in rows
    ]


def names(session: Session, table: type[EmployeeRow] | type[CustomerRow], ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = session.exec(select(table.id, table.name).where(col(table.id).in_(ids)))
    return dict(rows.all())
