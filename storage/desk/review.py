"""What a person has to look at: by what is at stake, by how much is in doubt, or the latest first."""

from typing import Any, Literal, TypeAlias

from sqlalchemy import literal, text, tuple_
from sqlmodel import Session, col, select

from storage.errors import BadCursor
from storage.paging import opened, page, size
from storage.records import Page, VisitSummary
from storage.tables.visits import VisitRow
from storage.visits.summaries import newest, summaries

ReviewOrder: TypeAlias = Literal["weight", "doubt", "newest"]
LOOK_AT = ("needs_review", "failed")
WAITS = text("state IN ('needs_review', 'failed')")
"""In the very words of the indexes, so that the planner knows them."""
DIGITS = 9


def review(
    session: Session, order: ReviewOrder = "newest", limit: int = 50, after: str | None = None
) -> Page[VisitSummary]:
    """Raises BadCursor."""
    if order == "newest":
        waits = (col(VisitRow.state) == state for state in LOOK_AT)
        return newest(session, VisitRow.updated_at, limit, after, *waits)
    first, second = ("weight", "doubt") if order == "weight" else ("doubt", "weight")
    keys: list[Any] = [getattr(VisitRow, first), getattr(VisitRow, second), col(VisitRow.id)]
    query = select(VisitRow).where(WAITS).order_by(*(key.desc() for key in keys)).limit(size(limit) + 1)
    if after is not None:
        query = query.where(tuple_(*keys) < tuple_(*map(literal, reached(after))))
    rows = session.exec(query).all()
    shown = {each.id: each for each in summaries(session, rows[: size(limit)])}
    return page(
        rows,
        limit,
        lambda row: (str(getattr(row, first)), str(getattr(row, second)), row.id),
        lambda row: shown[row.id],
    )


def reached(after: str) -> tuple[int, int, str]:
    first, second, ident = opened(after, 3)
    if not all(number.isascii() and number.isdigit() and len(number) <= DIGITS for number in (first, second)):
        raise BadCursor
    return int(first), int(second), ident


def sure(session: Session, limit: int = 50, after: str | None = None) -> Page[VisitSummary]:
    """Reports that filed themselves without a doubt and that nobody approved yet."""
    return newest(session, VisitRow.updated_at, limit, after, col(VisitRow.state) == "filed")
