"""What happened since somebody looked: visits about what they follow, what was said to them, and thanks; by
customer, bounded, without noise.

A person's own doings are no news to them.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from storage.records import Record, VisitSummary
from storage.social.comments import Comment, Thank, comment_records, thank_records
from storage.social.follows import Follows, of_ids
from storage.social.topics import news
from storage.tables.social import CommentRow, LookRow, MentionRow, ThankRow

MOST = 50
"""Of each sort; what is older stands in the feed."""
AT_FIRST = timedelta(days=7)
"""How far back somebody sees who never looked."""


class Addressed(Record, frozen=True, kw_only=True):
    """A comment that reaches somebody: by name, or because the visit is theirs."""

    comment: Comment
    mentioned: bool


class Group(Record, frozen=True, kw_only=True):
    """Everything about one customer; a null customer gathers visits of which nobody knows where they were."""

    customer: str | None
    customer_name: str | None
    visits: tuple[VisitSummary, ...]
    """Followed, and new since."""
    comments: tuple[Addressed, ...]
    thanks: tuple[Thank, ...]
    about: tuple[VisitSummary, ...]
    """The visits that the comments and thanks are about."""


class Digest(Record, frozen=True, kw_only=True):
    """`until` marks it as seen; `more` when something was left out; `count` is of what is shown."""

    since: datetime
    until: datetime
    groups: tuple[Group, ...]
    count: int
    more: bool


class Digests:
    def __init__(self, session: Session, employee: str) -> None:
        self.session, self.employee = session, employee

    def get(self, now: datetime) -> Digest:
        look = self.session.get(LookRow, self.employee)
        since = look.until if look else now - AT_FIRST
        followed = news(
            self.session, Follows(self.session, self.employee).topics(), MOST + 1, since=since, until=now
        )
        visits = [each for each in of_ids(self.session, _ids(followed)) if each.rep != self.employee]
        comments, thanks = self._comments(since, now), self._thanks(since, now)
        more = any(len(each) > MOST for each in (followed, comments, thanks))
        comments, thanks = comments[:MOST], thanks[:MOST]
        place = {visit: number for number, (_, visit) in enumerate(followed)}
        visits = sorted(visits, key=lambda each: place[each.id])[:MOST]
        count = len(visits) + len(comments) + len(thanks)
        groups = self._groups(visits, comments, thanks)
        return Digest(since=since, until=now, groups=groups, count=count, more=more)

    def seen(self, until: datetime) -> None:
        """What happened up to then is no news any more; an older mark changes nothing."""
        until = min(until, datetime.now(UTC))
        row = self.session.get(LookRow, self.employee) or LookRow(employee=self.employee, until=until)
        row.until = max(row.until, until)
        self.session.add(row)

    def _comments(self, since: datetime, until: datetime) -> list[Addressed]:
        """By name first, each once, the newest first."""
        at = col(MentionRow.at)
        mine = select(MentionRow.comment).where(MentionRow.employee == self.employee, at > since, at <= until)
        named = set(self.session.exec(mine.order_by(at.desc()).limit(MOST + 1)))
        at = col(CommentRow.at)
        to_me = select(CommentRow).where(CommentRow.to == self.employee, at > since, at <= until)
        rows = {row.id: row for row in self.session.exec(to_me.order_by(at.desc()).limit(MOST + 1))}
        left = select(CommentRow).where(col(CommentRow.id).in_(named - rows.keys()))
        rows |= {row.id: row for row in self.session.exec(left)}
        shown = [row for row in rows.values() if row.by != self.employee and row.deleted_at is None]
        shown.sort(key=lambda row: (row.at, row.id), reverse=True)
        return [
            Addressed(comment=comment, mentioned=comment.id in named)
            for comment in comment_records(self.session, shown)
        ]

    def _thanks(self, since: datetime, until: datetime) -> list[Thank]:
        at = col(ThankRow.at)
        query = select(ThankRow).where(ThankRow.to == self.employee, at > since, at <= until)
        rows = self.session.exec(query.order_by(at.desc()).limit(MOST + 1)).all()
        return [each for each in thank_records(self.session, rows) if each.by != self.employee]

    def _groups(
        self, visits: list[VisitSummary], comments: list[Addressed], thanks: list[Thank]
    ) -> tuple[Group, ...]:
        """Those in which somebody was spoken to first, then by what is newest."""
        talked = [*(each.comment.visit for each in comments), *(each.visit for each in thanks)]
        about = {each.id: each for each in of_ids(self.session, list(dict.fromkeys(talked)))}
        where = {each.id: each for each in visits} | about
        order = list(dict.fromkeys(where[each].customer for each in (*talked, *(v.id for v in visits))))
        return tuple(
            Group(
                customer=customer,
                customer_name=_name(each for each in where.values() if each.customer == customer),
                visits=tuple(each for each in visits if each.customer == customer),
                comments=tuple(each for each in comments if where[each.comment.visit].customer == customer),
                thanks=tuple(each for each in thanks if where[each.visit].customer == customer),
                about=tuple(each for each in about.values() if each.customer == customer),
            )
            for customer in order
        )


def _ids(followed: list[tuple[datetime, str]]) -> list[str]:
    return [visit for _, visit in followed]


def _name(visits: Iterable[VisitSummary]) -> str | None:
    return next((each.customer_name for each in visits if each.customer), None)
