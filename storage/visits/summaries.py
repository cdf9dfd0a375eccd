"""Lists of visits: the feed, a rep's day, a customer's timeline, what a manager has to look at."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, literal, true, tuple_
from sqlmodel import Session, col, select

from storage.columns import Moment
from storage.paging import opened_moment, page, size
from storage.records import Page, VisitSummary
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.social import CommentRow, ThankRow
from storage.tables.visits import VisitRow


def newest(
    session: Session, column: Any, limit: int, after: str | None, *alternatives: ColumnElement[bool]
) -> Page[VisitSummary]:
    """Visits in falling order of a moment. Each alternative is read along its own index, then merged:
    one query for all of them would sort everything it finds."""
    key = tuple_(col(column), col(VisitRow.id))
    query = select(VisitRow).order_by(col(column).desc(), col(VisitRow.id).desc()).limit(size(limit) + 1)
    if after is not None:
        moment, ident = opened_moment(after)
        query = query.where(key < tuple_(literal(moment, Moment()), literal(ident)))
    found = [row for condition in alternatives or (true(),) for row in session.exec(query.where(condition))]
    rows = sorted(found, key=lambda row: (getattr(row, column.key), row.id), reverse=True)[: size(limit) + 1]
    shown = {each.id: each for each in summaries(session, rows[: size(limit)])}
    return page(
        rows, limit, lambda row: (getattr(row, column.key).isoformat(), row.id), lambda row: shown[row.id]
    )


def summaries(session: Session, rows: Sequence[VisitRow]) -> list[VisitSummary]:
    reps = names(session, EmployeeRow, {row.rep for row in rows})
    places = names(session, CustomerRow, {row.customer for row in rows if row.customer})
    ids = [row.id for row in rows]
    comments = many(session, CommentRow.visit, ids, col(CommentRow.deleted_at).is_(None))
    thanks = many(session, ThankRow.visit, ids)
    return [
        VisitSummary(
            id=row.id,
            kind=row.kind,  # type: ignore[arg-type]
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
            stakes=tuple(row.stakes),
            problem=row.problem,
            comments=comments.get(row.id, 0),
            thanks=thanks.get(row.id, 0),
        )
        for row in rows
    ]


def names(session: Session, table: type[EmployeeRow] | type[CustomerRow], ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = session.exec(select(table.id, table.name).where(col(table.id).in_(ids)))
    return dict(rows.all())


def many(session: Session, visit: Any, ids: list[str], *where: ColumnElement[bool]) -> dict[str, int]:
    """How many rows of a table each visit has; none are left out."""
    if not ids:
        return {}
    counted = select(visit, func.count()).where(col(visit).in_(ids), *where).group_by(visit)
    return dict(session.exec(counted).all())
