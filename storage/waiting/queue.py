"""The one queue of all that customers wait for, and of what customers promised us, whatever the channel.

What is overdue or due today goes first, the longest overdue on top; then complaints; then the rest in the
order in which it was received. Each of these three is read along an index of its own.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, literal, or_, tuple_
from sqlmodel import Session, col, select, update

from nlp.types import Evidence, Owner
from storage.columns import Moment
from storage.crm.companies import Companies
from storage.crm.promises import Promises
from storage.errors import BadCursor, TaskDone, TaskTaken, UnknownEmployee, UnknownPromise
from storage.events import Events
from storage.paging import opened, page, size
from storage.records import Ahead, Because, MomentKind, Page, Record, TaskKind
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import PromiseRow, VisitRow
from storage.tables.waiting import LetterRow
from storage.visits.summaries import names
from storage.waiting.letters import LetterState
from storage.waiting.routing import route

Whose: TypeAlias = Literal["mine", "all"]
Turn: TypeAlias = Literal["due", "complaint", "turn"]
TURNS: tuple[Turn, ...] = ("due", "complaint", "turn")
"""In their order; a page goes on from one into the next."""
LANES: dict[Turn, int] = {"complaint": 1, "turn": 2}
Key: TypeAlias = tuple[str, str, str, str]


class Task(Record, frozen=True, kw_only=True):
    """Something that a customer waits for (`owner` us), or that they promised us."""

    id: str
    kind: TaskKind
    visit: str
    channel: MomentKind
    customer: str | None
    customer_name: str | None
    action: str
    owner: Owner
    due: str | None
    received_at: datetime
    heard_by: str
    heard_by_name: str
    holder: str | None
    holder_name: str | None
    because: Because | None
    """Why it lies with them; null of what is older than the queue."""
    taken_at: datetime | None
    """When they said yes to it; null while it only lies with them."""
    ahead: Ahead | None
    """Why it goes before its turn; null when it does not."""
    letter: LetterState | None
    """What became of the customer's acknowledgement; null when there is none."""
    done_at: datetime | None
    evidence: tuple[Evidence, ...]


class Queue:
    def __init__(self, session: Session) -> None:
        self.session = session

    def page(
        self, me: str, whose: Whose = "mine", owner: Owner = "us", limit: int = 50, after: str | None = None
    ) -> Page[Task]:
        """`mine`: what lies with `me`. Raises BadCursor."""
        tomorrow = (Companies(self.session).now().date() + timedelta(days=1)).isoformat()
        begin, key = _opened(after) if after is not None else (0, None)
        rows: list[tuple[Turn, PromiseRow]] = []
        for turn in TURNS[begin:]:
            query = _waiting(turn, owner, me if whose == "mine" else None, tomorrow)
            if key is not None:
                query, key = query.where(_behind(turn, key)), None
            missing = size(limit) + 1 - len(rows)
            if missing:
                rows += [(turn, row) for row in self.session.exec(query.limit(missing))]
        shown = {each.id: each for each in self._records([row for _, row in rows[: size(limit)]])}
        return page(rows, limit, lambda each: _key(*each), lambda each: shown[each[1].id])

    def get(self, task_id: str) -> Task:
        row = self.session.get(PromiseRow, task_id)
        if row is None:
            raise UnknownPromise
        return self._records([row])[0]

    def take(self, task_id: str, *, by: str) -> Task:
        """'I do it.' Raises TaskTaken when somebody else said so before, TaskDone."""
        row = self._open(task_id)
        if row.taken_at is not None and row.holder != by:
            raise TaskTaken
        if row.holder != by:
            row.because = Because(reason="taken", word=None)
        row.holder, row.taken_at = by, row.taken_at or datetime.now(UTC)
        return self._changed(row)

    def hand(self, task_id: str, to: str, *, by: str) -> Task:
        """To somebody else, or over from somebody to oneself. Raises UnknownEmployee, TaskDone."""
        row = self._open(task_id)
        person = self.session.get(EmployeeRow, to)
        if person is None or not person.active:
            raise UnknownEmployee
        row.holder = to
        row.because = Because(reason="taken", word=None) if to == by else Because(reason="handed", word=by)
        row.taken_at = datetime.now(UTC) if to == by else None
        return self._changed(row)

    def put_back(self, task_id: str) -> Task:
        """Not me after all: it lies where it would have lain by itself."""
        row = self._open(task_id)
        route(self.session, row)
        return self._changed(row)

    def done(self, task_id: str, *, by: str) -> Task:
        Promises(self.session).done(task_id, by=by)
        return self.get(task_id)

    def undo(self, task_id: str) -> Task:
        Promises(self.session).undo(task_id)
        return self.get(task_id)

    def _open(self, task_id: str) -> PromiseRow:
        row = self.session.get(PromiseRow, task_id, with_for_update=True)
        if row is None:
            raise UnknownPromise
        if row.done_at is not None:
            raise TaskDone
        return row

    def _changed(self, row: PromiseRow) -> Task:
        Events(self.session).append("task", row.id)
        return self._records([row])[0]

    def _records(self, rows: Sequence[PromiseRow]) -> tuple[Task, ...]:
        now = Companies(self.session).now().replace(tzinfo=None).isoformat()
        heard = select(VisitRow.id, VisitRow.kind, VisitRow.new_customer)
        found = self.session.exec(heard.where(col(VisitRow.id).in_({row.visit for row in rows})))
        visits: dict[str, Any] = {ident: (kind, prospect) for ident, kind, prospect in found}
        places = names(self.session, CustomerRow, {row.customer for row in rows if row.customer})
        involved = {row.rep for row in rows} | {row.holder for row in rows if row.holder}
        handers = {row.because.word for row in rows if row.because and row.because.reason == "handed"}
        people = names(self.session, EmployeeRow, involved | {each for each in handers if each})
        sent = select(LetterRow.task, LetterRow.state)
        letters = dict(self.session.exec(sent.where(col(LetterRow.task).in_([row.id for row in rows]))).all())
        return tuple(
            Task(
                id=row.id,
                kind=row.kind,  # type: ignore[arg-type]
                visit=row.visit,
                channel=visits[row.visit][0],
                customer=row.customer,
                customer_name=places[row.customer] if row.customer else visits[row.visit][1],
                action=row.action,
                owner=row.owner,  # type: ignore[arg-type]
                due=row.due,
                received_at=row.said_at,
                heard_by=row.rep,
                heard_by_name=people[row.rep],
                holder=row.holder,
                holder_name=people.get(row.holder or ""),
                because=_named(row.because, people),
                taken_at=row.taken_at,
                ahead=ahead(row, now),
                letter=letters.get(row.id),  # type: ignore[arg-type]
                done_at=row.done_at,
                evidence=tuple(row.evidence),
            )
            for row in rows
        )


def lift(session: Session, since: str | None) -> str:
    """Take what became due out of the line of those that wait their turn; from `since` on (a day), or all.
    Answers with the day from which to look the next time. Pages are right without it, and shorter with it."""
    today = Companies(session).now().date()
    tomorrow = (today + timedelta(days=1)).isoformat()
    late = [col(PromiseRow.done_at).is_(None), col(PromiseRow.due) < tomorrow, col(PromiseRow.lane) != 0]
    late += [col(PromiseRow.due) >= since] if since else []
    if since != tomorrow:
        lifted = session.exec(update(PromiseRow).where(*late).values(lane=0))
        if lifted.rowcount:
            Events(session).append("task", today.isoformat())
    return tomorrow


def ahead(row: PromiseRow, now: str) -> Ahead | None:
    """`now` is local; a day is over at its end, an hour at once."""
    if row.done_at is not None:
        return None
    if row.due is not None and row.due < (now[:16] if "T" in row.due else now[:10]):
        return "overdue"
    if row.due is not None and row.due[:10] == now[:10]:
        return "today"
    return "complaint" if row.kind == "complaint" and row.owner == "us" else None


def _waiting(turn: Turn, owner: Owner, holder: str | None, tomorrow: str) -> Any:
    query = select(PromiseRow).where(col(PromiseRow.done_at).is_(None), PromiseRow.owner == owner)
    if holder is not None:
        query = query.where(PromiseRow.holder == holder)
    due, order = col(PromiseRow.due), (col(PromiseRow.said_at), col(PromiseRow.id))
    if turn == "due":
        return query.where(due < tomorrow).order_by(due, *order)
    later = or_(due.is_(None), due >= tomorrow)
    return query.where(PromiseRow.lane == LANES[turn], later).order_by(*order)


def _key(turn: Turn, row: PromiseRow) -> Key:
    return turn, (row.due or "") if turn == "due" else "", row.said_at.isoformat(), row.id


def _opened(after: str) -> tuple[int, Key]:
    turn, due, at, ident = opened(after, 4)
    try:
        begin, moment = TURNS.index(turn), datetime.fromisoformat(at)
    except ValueError as error:
        raise BadCursor from error
    if moment.tzinfo is None:
        raise BadCursor
    return begin, (turn, due, at, ident)


def _behind(turn: Turn, key: Key) -> ColumnElement[bool]:
    said, ident = literal(datetime.fromisoformat(key[2]), Moment()), literal(key[3])
    mine = tuple_(col(PromiseRow.said_at), col(PromiseRow.id))
    if turn != "due":
        return mine > tuple_(said, ident)
    return tuple_(col(PromiseRow.due), col(PromiseRow.said_at), col(PromiseRow.id)) > tuple_(
        literal(key[1]), said, ident
    )


def _named(because: Because | None, people: dict[str, str]) -> Because | None:
    if because is None or because.reason != "handed":
        return because
    return Because(reason="handed", word=people.get(because.word or ""))
