"""How many customers and voices a subject has, kept as voices come and go so that a list counts nothing."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from storage.rows import insert_new
from storage.tables.heard import MonthRow, SubjectRow, VoiceRow
from storage.tables.visits import VisitRow


def count_in(session: Session, voice: VoiceRow) -> None:
    """After it was given its subject."""
    subject = locked(session, voice)
    if subject is None:
        return
    if voice.customer is not None and not _another(session, voice):
        subject.customers += 1
    subject.voices += 1
    subject.last_at = max(subject.last_at, voice.at) if subject.last_at else voice.at
    month = month_of(voice.at)
    insert_new(session, MonthRow(subject=subject.id, month=month, voices=0))
    _add(session, subject.id, month, 1)


def count_out(session: Session, voice: VoiceRow) -> None:
    """Before it leaves its subject."""
    subject = locked(session, voice)
    if subject is None:
        return
    if voice.customer is not None and not _another(session, voice):
        subject.customers -= 1
    subject.voices -= 1
    rest = select(VoiceRow.at).where(VoiceRow.subject == subject.id, VoiceRow.id != voice.id)
    subject.last_at = session.exec(rest.order_by(col(VoiceRow.at).desc()).limit(1)).first()
    _add(session, subject.id, month_of(voice.at), -1)


def month_of(at: datetime) -> str:
    return f"{at:%Y-%m}"


def locked(session: Session, voice: VoiceRow) -> SubjectRow | None:
    session.flush()
    if voice.subject is None:
        return None
    return session.get(SubjectRow, voice.subject, with_for_update=True, populate_existing=True)


def rehouse(session: Session, visits: Iterable[str]) -> None:
    """Voices of visits that changed their customer by a merge, and their subjects counted anew."""
    session.flush()
    ids, touched = list(visits), set[str]()
    for start in range(0, len(ids), 500):
        query = select(VoiceRow, VisitRow.customer).join(VisitRow, col(VisitRow.id) == col(VoiceRow.visit))
        for voice, customer in session.exec(query.where(col(VisitRow.id).in_(ids[start : start + 500]))):
            voice.customer = customer
            touched |= {voice.subject} if voice.subject else set()
    session.flush()
    for ident in sorted(touched):
        subject = session.get_one(SubjectRow, ident, with_for_update=True, populate_existing=True)
        apart = select(func.count(col(VoiceRow.customer).distinct())).where(VoiceRow.subject == ident)
        subject.customers = session.exec(apart).one()


def _another(session: Session, voice: VoiceRow) -> bool:
    """The same customer said something else about it."""
    others = select(VoiceRow.id).where(
        VoiceRow.subject == voice.subject, VoiceRow.customer == voice.customer, VoiceRow.id != voice.id
    )
    return session.exec(others.limit(1)).first() is not None


def _add(session: Session, subject: str, month: str, voices: int) -> None:
    row = update(MonthRow).where(col(MonthRow.subject) == subject, col(MonthRow.month) == month)
    session.connection().execute(row.values(voices=col(MonthRow.voices) + voices))
