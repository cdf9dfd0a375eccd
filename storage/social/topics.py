"""What a filed visit is about, kept beside it so that a follower's page is read along an index."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import literal, tuple_, union_all, update
from sqlmodel import Session, col, delete, select

from nlp.types import Report
from storage.columns import Moment
from storage.tables.social import TopicRow
from storage.tables.visits import VisitRow

TopicKind: TypeAlias = Literal["customer", "contact", "product", "employee"]
Topic: TypeAlias = tuple[str, str]
"""Kind and subject."""
AT_ONCE = 100
"""Topics of one statement; each is a reading of its own along the index."""


def contact_subject(customer: str, contact: str) -> str:
    """People's ids are told apart within their customer alone."""
    return f"{customer}/{contact}"


def topics_of(visit: VisitRow, report: Report) -> set[Topic]:
    found: set[Topic] = {("employee", visit.rep)}
    found |= {("product", each.product) for each in report.orders if each.product}
    if visit.customer:
        found.add(("customer", visit.customer))
        met = (each.id for each in report.contacts if each.id)
        found |= {("contact", contact_subject(visit.customer, each)) for each in met}
    return found


def keep_topics(session: Session, visit: VisitRow, report: Report, at: datetime | None = None) -> None:
    """Of a report that is filed; news (`at`, else now) when it is about something more than before."""
    session.flush()
    rows = session.exec(select(TopicRow).where(TopicRow.visit == visit.id)).all()
    known = {(row.kind, row.subject): row for row in rows}
    wanted = topics_of(visit, report)
    for topic in known.keys() - wanted:
        session.delete(known[topic])
    if wanted <= known.keys():
        return
    now = at or datetime.now(UTC)
    for kind, subject in wanted:
        row = known.get((kind, subject))
        if row is None:
            session.add(TopicRow(visit=visit.id, kind=kind, subject=subject, at=now))
        else:
            row.at = now


def same_news(session: Session, visit: VisitRow, report: Report) -> None:
    """Of a report in which a person goes by another id now; no news to anybody."""
    session.flush()
    newest = select(TopicRow.at).where(TopicRow.visit == visit.id).order_by(col(TopicRow.at).desc()).limit(1)
    at = session.exec(newest).first()
    if at is not None:
        keep_topics(session, visit, report, at=at)


def forget_topics(session: Session, visit: str) -> None:
    session.exec(delete(TopicRow).where(col(TopicRow.visit) == visit))


def move_topics(session: Session, visits: Iterable[str], of: str, to: str, people: dict[str, str]) -> None:
    """Of visits that changed their customer by a merge; `people`: new ids by old ones."""
    session.flush()
    renamed = {("customer", of): to}
    for old, new in people.items():
        renamed[("contact", contact_subject(of, old))] = contact_subject(to, new)
    ids = list(visits)
    for (kind, subject), new in renamed.items():
        for start in range(0, len(ids), 500):
            theirs = update(TopicRow).where(
                col(TopicRow.visit).in_(ids[start : start + 500]),
                col(TopicRow.kind) == kind,
                col(TopicRow.subject) == subject,
            )
            session.connection().execute(theirs.values(subject=new))


def news(
    session: Session,
    topics: Sequence[Topic],
    limit: int,
    *,
    before: tuple[datetime, str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[tuple[datetime, str]]:
    """Moments and visits about any of these, the newest first, each visit once."""
    found: set[tuple[datetime, str]] = set()
    for start in range(0, len(topics), AT_ONCE):
        parts = [_along(topic, limit, before, since, until) for topic in topics[start : start + AT_ONCE]]
        found |= {(at, visit) for at, visit in session.connection().execute(union_all(*parts))}
    return sorted(found, reverse=True)[:limit]


def _along(
    topic: Topic,
    limit: int,
    before: tuple[datetime, str] | None,
    since: datetime | None,
    until: datetime | None,
) -> Any:
    at, visit = col(TopicRow.at), col(TopicRow.visit)
    query = select(at, visit).where(TopicRow.kind == topic[0], TopicRow.subject == topic[1])
    if before is not None:
        query = query.where(tuple_(at, visit) < tuple_(literal(before[0], Moment()), literal(before[1])))
    if since is not None:
        query = query.where(at > since)
    if until is not None:
        query = query.where(at <= until)
    part = query.order_by(at.desc(), visit.desc()).limit(limit).subquery()
    return select(part.c.at, part.c.visit)
