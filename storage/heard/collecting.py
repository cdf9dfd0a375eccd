"""What a filed report adds to the company's common knowledge: topics for followers, voices by subject."""

from sqlmodel import Session, col, select

from nlp.types import Report
from storage.heard.voices import forget_voices, keep_voices
from storage.social.topics import forget_topics, keep_topics
from storage.tables.heard import UncollectedRow
from storage.tables.visits import ReportRow, VisitRow


def collect(session: Session, visit: VisitRow, report: Report) -> None:
    keep_topics(session, visit, report)
    keep_voices(session, visit, report)


def forget_collected(session: Session, visit: str) -> None:
    forget_topics(session, visit)
    forget_voices(session, visit)


def collect_old(session: Session, limit: int) -> bool:
    """Some reports from before anything was collected; their news are as old as they are. False when there
    are none left."""
    waiting = select(UncollectedRow).order_by(col(UncollectedRow.visit)).limit(limit)
    rows = session.exec(waiting.with_for_update(skip_locked=True)).all()
    for row in rows:
        visit, report = session.get(VisitRow, row.visit), session.get(ReportRow, row.visit)
        if visit is not None and report is not None:
            keep_topics(session, visit, report.filed, at=visit.updated_at)
            keep_voices(session, visit, report.filed)
        session.delete(row)
    return bool(rows)
