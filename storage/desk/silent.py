"""Customers of whom nobody heard for long, the longest first; those never seen come last."""

from datetime import datetime

from sqlalchemy import literal, tuple_
from sqlmodel import Session, col, select

from storage.columns import Moment
from storage.errors import BadCursor
from storage.paging import opened, page, size
from storage.records import Page, Record
from storage.tables.customers import CustomerRow
from storage.tables.desk import SeenRow
from storage.tables.people import EmployeeRow
from storage.visits.summaries import names


class Silent(Record, frozen=True, kw_only=True):
    """`at` is the last visit, call or mail, null for never; `rep_name` whose that was."""

    id: str
    name: str
    region: str
    at: datetime | None
    rep: str
    rep_name: str


def silent(
    session: Session,
    since: datetime,
    rep: str | None = None,
    region: str | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Page[Silent]:
    """Not seen since that moment; of one rep or one town, or all. Raises BadCursor."""
    query = select(SeenRow)
    if rep is not None:
        query = query.where(SeenRow.rep == rep)
    if region is not None:
        query = query.where(SeenRow.region == region)
    at, ident = reached(after)
    rows: list[SeenRow] = []
    if at is not None or ident is None:
        dated = query.where(col(SeenRow.at) < literal(since, Moment()))
        if at is not None:
            key = tuple_(col(SeenRow.at), col(SeenRow.customer))
            dated = dated.where(key > tuple_(literal(at, Moment()), literal(ident)))
        dated = dated.order_by(col(SeenRow.at), col(SeenRow.customer))
        rows += session.exec(dated.limit(size(limit) + 1))
    never = query.where(col(SeenRow.at).is_(None)).order_by(col(SeenRow.customer))
    if at is None and ident is not None:
        never = never.where(SeenRow.customer > ident)
    rows += session.exec(never.limit(size(limit) + 1 - len(rows)))
    return shown(session, rows, limit)


def reached(after: str | None) -> tuple[datetime | None, str | None]:
    if after is None:
        return None, None
    at, ident = opened(after, 2)
    try:
        moment = datetime.fromisoformat(at) if at else None
    except ValueError as error:
        raise BadCursor from error
    if moment is not None and moment.tzinfo is None:
        raise BadCursor
    return moment, ident


def shown(session: Session, rows: list[SeenRow], limit: int) -> Page[Silent]:
    places = names(session, CustomerRow, {row.customer for row in rows})
    people = names(session, EmployeeRow, {row.rep for row in rows if row.rep})
    return page(
        rows,
        limit,
        lambda row: (row.at.isoformat() if row.at else "", row.customer),
        lambda row: Silent(
            id=row.customer,
            name=places[row.customer],
            region=row.region,
            at=row.at,
            rep=row.rep,
            rep_name=people.get(row.rep, ""),
        ),
    )
