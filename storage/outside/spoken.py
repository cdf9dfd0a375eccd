"""Rows of what was said, for the exports: colleagues' comments, and customers' voices with their subjects."""

from typing import Any

from sqlmodel import Session, col, select

from storage.tables.customers import CustomerRow
from storage.tables.heard import SubjectRow, VoiceRow
from storage.tables.people import EmployeeRow
from storage.tables.social import CommentRow
from storage.visits.summaries import names

COMMENTS = ("id", "visit", "by", "by_name", "at", "text")
VOICES = (
    "id", "subject_id", "subject", "kind", "text", "visit", "at", "rep", "rep_name", "customer",
    "customer_name",
)  # fmt: skip

Row = dict[str, Any]


def comment_rows(session: Session, after: str | None, limit: int) -> tuple[list[Row], str | None]:
    query = select(CommentRow).where(col(CommentRow.id) > (after or "")).order_by(col(CommentRow.id))
    rows = session.exec(query.limit(limit)).all()
    people = names(session, EmployeeRow, {row.by for row in rows})
    found = [
        {**{name: getattr(row, name, None) for name in COMMENTS}, "by_name": people[row.by]}
        for row in rows
        if row.deleted_at is None
    ]
    return found, rows[-1].id if len(rows) == limit else None


def voice_rows(session: Session, after: str | None, limit: int) -> tuple[list[Row], str | None]:
    query = select(VoiceRow, SubjectRow.name).join(
        SubjectRow, col(SubjectRow.id) == col(VoiceRow.subject), isouter=True
    )
    query = query.where(col(VoiceRow.id) > (after or "")).order_by(col(VoiceRow.id))
    rows = session.exec(query.limit(limit)).all()
    people = names(session, EmployeeRow, {row.rep for row, _ in rows})
    places = names(session, CustomerRow, {row.customer for row, _ in rows if row.customer})
    found = [
        {
            **{name: getattr(row, name, None) for name in VOICES},
            "subject_id": row.subject,
            "subject": subject,
            "rep_name": people[row.rep],
            "customer_name": places.get(row.customer or ""),
        }
        for row, subject in rows
    ]
    return found, rows[-1][0].id if len(rows) == limit else None
