"""What customers talk of, by subject: how many of them, since when, and each voice; people put it right."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal, TypeAlias
from uuid import uuid4

from sqlalchemy import func, literal, tuple_
from sqlmodel import Session, col, select

from nlp.types import Evidence
from storage.columns import Moment
from storage.errors import BadCursor, UnknownSubject, UnknownVoice
from storage.events import Events
from storage.heard.counting import count_in, count_out, month_of
from storage.paging import opened, opened_moment, page, size
from storage.records import Page, Record
from storage.tables.customers import CustomerRow
from storage.tables.heard import MonthRow, RegroupingRow, SubjectRow, VoiceRow
from storage.tables.people import EmployeeRow
from storage.visits.summaries import names

SubjectKind: TypeAlias = Literal["competitor", "remark"]
VoiceKind: TypeAlias = Literal["competitor", "idea", "complaint"]
MONTHS = 6


class Month(Record, frozen=True, kw_only=True):
    month: str
    """`2026-03`."""
    voices: int


class Subject(Record, frozen=True, kw_only=True):
    """`customers` are told apart, `voices` are all that was said; `months` the last ones, oldest first."""

    id: str
    kind: SubjectKind
    name: str
    named_by: str | None
    """Who called it so; null while the name is the machine's."""
    customers: int
    voices: int
    last_at: datetime | None
    months: tuple[Month, ...]


class Voice(Record, frozen=True, kw_only=True):
    id: str
    subject: str | None
    visit: str
    at: datetime
    rep: str
    rep_name: str
    customer: str | None
    customer_name: str | None
    kind: VoiceKind
    text: str
    evidence: tuple[Evidence, ...]
    placed_by: str | None
    """Who put it here; null when the machine did."""


class Subjects:
    def __init__(self, session: Session) -> None:
        self.session = session

    def list(
        self, kind: SubjectKind | None = None, query: str = "", limit: int = 50, after: str | None = None
    ) -> Page[Subject]:
        """Those of the most customers first; `query` is a part of the name."""
        key = (col(SubjectRow.customers), col(SubjectRow.voices), col(SubjectRow.id))
        rows = select(SubjectRow).where(col(SubjectRow.voices) > 0)
        if kind is not None:
            rows = rows.where(SubjectRow.kind == kind)
        if query:
            rows = rows.where(func.lower(SubjectRow.name).contains(query.lower(), autoescape=True))
        if after is not None:
            rows = rows.where(tuple_(*key) < tuple_(*map(literal, _opened(after))))
        found = self.session.exec(rows.order_by(*(each.desc() for each in key)).limit(size(limit) + 1)).all()
        shown = {each.id: each for each in self._records(found[: size(limit)])}
        return page(
            found, limit, lambda row: (str(row.customers), str(row.voices), row.id), lambda row: shown[row.id]
        )

    def get(self, subject: str) -> Subject:
        return self._records([self._row(subject)])[0]

    def voices(self, subject: str, limit: int = 50, after: str | None = None) -> Page[Voice]:
        """The newest first. Raises UnknownSubject, BadCursor."""
        self._row(subject)
        at, ident = col(VoiceRow.at), col(VoiceRow.id)
        query = select(VoiceRow).where(VoiceRow.subject == subject)
        if after is not None:
            moment, last = opened_moment(after)
            query = query.where(tuple_(at, ident) < tuple_(literal(moment, Moment()), literal(last)))
        rows = self.session.exec(query.order_by(at.desc(), ident.desc()).limit(size(limit) + 1)).all()
        shown = {each.id: each for each in self._voices(rows)}
        return page(rows, limit, lambda row: (row.at.isoformat(), row.id), lambda row: shown[row.id])

    def rename(self, subject: str, name: str, *, by: str) -> Subject:
        row = self._row(subject, lock=True)
        if row.name != name:
            self._keep("rename", subject, None, row.name, name, by)
            row.name, row.named_by = name, by
            Events(self.session).append("heard", subject)
        return self._records([row])[0]

    def move(self, voice: str, subject: str, *, by: str) -> Voice:
        """To another subject; the machine does not move it again. Raises UnknownVoice, UnknownSubject."""
        self._row(subject)
        row = self.session.get(VoiceRow, voice, with_for_update=True)
        if row is None:
            raise UnknownVoice
        if row.subject != subject:
            self._put(row, subject, "move", by)
        return self._voices([row])[0]

    def part(self, voice: str, name: str, *, by: str) -> Subject:
        """Into a subject of its own. Raises UnknownVoice."""
        row = self.session.get(VoiceRow, voice, with_for_update=True)
        if row is None:
            raise UnknownVoice
        made = SubjectRow(id=str(uuid4()), kind="remark", name=name, named_by=by, vector=row.vector)
        self.session.add(made)
        self.session.flush()
        self._put(row, made.id, "part", by)
        return self._records([made])[0]

    def _put(self, row: VoiceRow, subject: str, kind: str, by: str) -> None:
        before = row.subject or ""
        self._keep(kind, subject, row.id, before, subject, by)
        count_out(self.session, row)
        row.subject, row.placed_by = subject, by
        count_in(self.session, row)
        for each in (before, subject):
            Events(self.session).append("heard", each)
            stale = self.session.get(SubjectRow, each)
            if stale is not None and stale.kind == "remark":
                stale.stale = True

    def _keep(self, kind: str, subject: str, voice: str | None, before: str, after: str, by: str) -> None:
        now = datetime.now(UTC)
        self.session.add(
            RegroupingRow(kind=kind, subject=subject, voice=voice, before=before, after=after, by=by, at=now)
        )

    def _row(self, subject: str, *, lock: bool = False) -> SubjectRow:
        row = self.session.get(SubjectRow, subject, with_for_update=lock)
        if row is None:
            raise UnknownSubject
        return row

    def _records(self, rows: Sequence[SubjectRow]) -> tuple[Subject, ...]:
        shown = months_until(datetime.now(UTC))
        query = select(MonthRow).where(
            col(MonthRow.subject).in_([row.id for row in rows]), col(MonthRow.month) >= shown[0]
        )
        counts = {(each.subject, each.month): each.voices for each in self.session.exec(query)}
        people = names(self.session, EmployeeRow, {row.named_by for row in rows if row.named_by})
        return tuple(
            Subject(
                id=row.id,
                kind=row.kind,  # type: ignore[arg-type]
                name=row.name,
                named_by=people[row.named_by] if row.named_by else None,
                customers=row.customers,
                voices=row.voices,
                last_at=row.last_at,
                months=tuple(Month(month=each, voices=counts.get((row.id, each), 0)) for each in shown),
            )
            for row in rows
        )

    def _voices(self, rows: Sequence[VoiceRow]) -> tuple[Voice, ...]:
        people = names(
            self.session, EmployeeRow, {who for row in rows for who in (row.rep, row.placed_by) if who}
        )
        places = names(self.session, CustomerRow, {row.customer for row in rows if row.customer})
        return tuple(
            Voice(
                id=row.id,
                subject=row.subject,
                visit=row.visit,
                at=row.at,
                rep=row.rep,
                rep_name=people[row.rep],
                customer=row.customer,
                customer_name=places[row.customer] if row.customer else None,
                kind=row.kind,  # type: ignore[arg-type]
                text=row.text,
                evidence=tuple(row.evidence),
                placed_by=people[row.placed_by] if row.placed_by else None,
            )
            for row in rows
        )


def months_until(now: datetime) -> tuple[str, ...]:
    """The last ones, this one included."""
    last = now.year * 12 + now.month - 1
    months = (divmod(number, 12) for number in range(last - MONTHS + 1, last + 1))
    return tuple(month_of(datetime(year, month + 1, 1, tzinfo=UTC)) for year, month in months)


def _opened(after: str) -> tuple[int, int, str]:
    customers, voices, ident = opened(after, 3)
    try:
        return int(customers), int(voices), ident
    except ValueError as error:
        raise BadCursor from error
