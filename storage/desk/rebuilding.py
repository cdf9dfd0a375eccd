"""All counts of the desk from the beginning: when an installation first gets them, and after a bulk load."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, Text, bindparam, cast, type_coerce
from sqlmodel import Session, col, delete, select, update

from storage.desk.counting import count_visits, look_who_was_seen, said
from storage.tables.customers import CustomerRow
from storage.tables.desk import TallyRow
from storage.tables.visits import ReportRow, VisitRow

AT_ONCE = 5_000


def count_all(session: Session) -> None:
    """Names each column that it reads: a migration calls it, before later ones have added others."""
    session.exec(delete(TallyRow))
    visits: Table = VisitRow.__table__  # type: ignore[attr-defined]
    session.connection().execute(update(visits).where(visits.c.counted.is_not(None)).values(counted=None))
    for some in pages(session, VisitRow):
        feedback(session, visits, some)
        count_visits(session, some)
    for some in pages(session, CustomerRow):
        look_who_was_seen(session, some)


def feedback(session: Session, visits: Table, ids: Sequence[str]) -> None:
    """How many complaints and compliments each report has."""
    text: Any = type_coerce(cast(col(ReportRow.filed), Text), Text)
    rows = session.connection().execute(
        select(ReportRow.visit, text).where(
            col(ReportRow.visit).in_(ids), text.contains('"kind":"compl', autoescape=True)
        )
    )
    found = [(visit, *said(filed)) for visit, filed in rows]
    if found:
        session.connection().execute(
            update(visits)
            .where(visits.c.id == bindparam("of"))
            .values(complaints=bindparam("bad"), compliments=bindparam("good")),
            [{"of": visit, "bad": bad, "good": good} for visit, bad, good in found],
        )


def pages(session: Session, of: Any) -> Iterator[Sequence[str]]:
    last = ""
    while True:
        found = session.exec(select(of.id).where(of.id > last).order_by(of.id).limit(AT_ONCE)).all()
        if not found:
            return
        yield found
        last = found[-1]
