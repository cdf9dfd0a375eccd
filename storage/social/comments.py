"""What colleagues say to each other about a visit: comments that reach people by name, and thanks."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import literal, tuple_
from sqlmodel import Session, col, delete, select

from storage.columns import Moment
from storage.errors import CommentDeleted, CommentDiffers, UnknownComment, UnknownVisit
from storage.events import Events
from storage.finding.naming import fold
from storage.paging import opened_moment, page, size
from storage.records import Page, Record
from storage.rows import insert_new
from storage.tables.people import EmployeeRow
from storage.tables.social import CommentRow, MentionRow, ThankRow
from storage.tables.visits import VisitRow
from storage.visits.summaries import names

AT = re.compile(r"(?<!\w)@(?=\w)")


class Mentioned(Record, frozen=True, kw_only=True):
    employee: str
    name: str


class Comment(Record, frozen=True, kw_only=True):
    id: str
    visit: str
    by: str
    by_name: str
    at: datetime
    text: str
    mentions: tuple[Mentioned, ...]


class Thank(Record, frozen=True, kw_only=True):
    visit: str
    by: str
    by_name: str
    at: datetime


class Talk(Record, frozen=True, kw_only=True):
    """What was said about a visit: the newest comments first."""

    comments: Page[Comment]
    thanks: tuple[Thank, ...]


class Comments:
    def __init__(self, session: Session) -> None:
        self.session = session

    def talk(self, visit: str, limit: int = 50, after: str | None = None) -> Talk:
        """Raises UnknownVisit, BadCursor."""
        self._rep(visit)
        rows = self.session.exec(
            select(ThankRow).where(ThankRow.visit == visit).order_by(col(ThankRow.at), col(ThankRow.by))
        ).all()
        return Talk(comments=self._page(visit, limit, after), thanks=thank_records(self.session, rows))

    def put(self, visit: str, ident: str, text: str, *, by: str) -> tuple[Comment, bool]:
        """The comment, and whether new; everybody whose name stands behind an @ is told. Raises UnknownVisit,
        CommentDiffers, CommentDeleted."""
        now, to = datetime.now(UTC), self._rep(visit)
        row = CommentRow(id=ident, visit=visit, by=by, to=to, at=now, text=text, words=fold(text))
        created = insert_new(self.session, row)
        stored = self.session.get_one(CommentRow, ident, populate_existing=True)
        if stored.deleted_at is not None:
            raise CommentDeleted
        if (stored.visit, stored.by, stored.text) != (visit, by, text):
            raise CommentDiffers
        if created:
            events = Events(self.session)
            told = mentioned(self.session, text)
            self.session.add_all(MentionRow(comment=ident, employee=each, at=now) for each in told)
            events.append("talk", visit)
            for each in {*told, to} - {by}:
                events.append("told", each)
        return comment_records(self.session, [stored])[0], created

    def author(self, visit: str, ident: str) -> str:
        """For those who guard it; raises UnknownComment."""
        return self._row(visit, ident).by

    def delete(self, visit: str, ident: str) -> None:
        """Its words and whom it reached are forgotten. Raises UnknownComment."""
        row = self._row(visit, ident)
        if row.deleted_at is None:
            row.deleted_at, row.text, row.words = datetime.now(UTC), "", ""
            reached = self.session.exec(select(MentionRow.employee).where(MentionRow.comment == ident)).all()
            for each in {*reached, row.to} - {row.by}:
                Events(self.session).append("told", each)
            self.session.exec(delete(MentionRow).where(col(MentionRow.comment) == ident))
            Events(self.session).append("talk", visit)

    def thank(self, visit: str, *, by: str) -> Thank:
        to = self._rep(visit)
        if insert_new(self.session, ThankRow(visit=visit, by=by, to=to, at=datetime.now(UTC))):
            Events(self.session).append("talk", visit)
            Events(self.session).append("told", to)
        return thank_records(self.session, [self.session.get_one(ThankRow, (visit, by))])[0]

    def take_back_thank(self, visit: str, *, by: str) -> None:
        self._rep(visit)
        row = self.session.get(ThankRow, (visit, by))
        if row is not None:
            self.session.delete(row)
            Events(self.session).append("talk", visit)
            Events(self.session).append("told", row.to)

    def _rep(self, visit: str) -> str:
        rep = self.session.exec(select(VisitRow.rep).where(VisitRow.id == visit)).first()
        if rep is None:
            raise UnknownVisit
        return rep

    def _row(self, visit: str, ident: str) -> CommentRow:
        row = self.session.get(CommentRow, ident)
        if row is None or row.visit != visit:
            raise UnknownComment
        return row

    def _page(self, visit: str, limit: int, after: str | None) -> Page[Comment]:
        at, ident = col(CommentRow.at), col(CommentRow.id)
        query = select(CommentRow).where(CommentRow.visit == visit, col(CommentRow.deleted_at).is_(None))
        if after is not None:
            moment, last = opened_moment(after)
            query = query.where(tuple_(at, ident) < tuple_(literal(moment, Moment()), literal(last)))
        rows = self.session.exec(query.order_by(at.desc(), ident.desc()).limit(size(limit) + 1)).all()
        shown = {each.id: each for each in comment_records(self.session, rows)}
        return page(rows, limit, lambda row: (row.at.isoformat(), row.id), lambda row: shown[row.id])


def comment_records(session: Session, rows: Sequence[CommentRow]) -> list[Comment]:
    ids = [row.id for row in rows]
    query = select(MentionRow).where(col(MentionRow.comment).in_(ids))
    pairs = session.exec(query.order_by(col(MentionRow.comment), col(MentionRow.employee))).all()
    people = names(session, EmployeeRow, {row.by for row in rows} | {pair.employee for pair in pairs})
    reached: dict[str, list[Mentioned]] = {}
    for pair in pairs:
        told = Mentioned(employee=pair.employee, name=people[pair.employee])
        reached.setdefault(pair.comment, []).append(told)
    return [
        Comment(
            id=row.id,
            visit=row.visit,
            by=row.by,
            by_name=people[row.by],
            at=row.at,
            text=row.text,
            mentions=tuple(reached.get(row.id, ())),
        )
        for row in rows
    ]


def thank_records(session: Session, rows: Sequence[ThankRow]) -> tuple[Thank, ...]:
    people = names(session, EmployeeRow, {row.by for row in rows})
    return tuple(Thank(visit=row.visit, by=row.by, by_name=people[row.by], at=row.at) for row in rows)


def mentioned(session: Session, text: str) -> set[str]:
    """Those of whom the whole name stands behind an @, or the first name where only one bears it; people who
    share a whole name are all told."""
    starts = [at.end() for at in AT.finditer(text)]
    if not starts:
        return set()
    rows = session.exec(select(EmployeeRow.id, EmployeeRow.name).where(col(EmployeeRow.active))).all()
    whole, first = _by_name(rows)
    found: set[str] = set()
    for start in starts:
        words = fold(text[start : start + 200]).split()
        longest = next((" ".join(words[:n]) for n in range(6, 0, -1) if " ".join(words[:n]) in whole), None)
        if longest is not None:
            found |= whole[longest]
        elif words and len(first.get(words[0], ())) == 1:
            found |= first[words[0]]
    return found


def _by_name(rows: Sequence[tuple[str, str]]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    whole: dict[str, set[str]] = {}
    first: dict[str, set[str]] = {}
    for ident, name in rows:
        folded = fold(name)
        if folded:
            whole.setdefault(folded, set()).add(ident)
            first.setdefault(folded.split()[0], set()).add(ident)
    return whole, first
