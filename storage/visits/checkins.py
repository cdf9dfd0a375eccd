"""Check-ins, many phones' at once: a commit costs more than the rows in it.

Candidates are ranked before the write begins, so that the right to write is held for two inserts; whatever is
not simply new goes the long way, alone.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from nlp.types import Link
from storage.crm.customers import standing
from storage.database import Database
from storage.errors import StorageError, UnknownEmployee, VisitDiffers
from storage.events import Events
from storage.finding.places import locate, position_of, rank_each
from storage.records import Position, Visit
from storage.rows import locked_visit
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import VisitRow
from storage.visits.reports import Reports
from storage.visits.states import settle
from storage.visits.summaries import names
from storage.visits.view import visit_record
from storage.work.queue import Queue

INSERTS = {
    dialect: insert(VisitRow.__table__).on_conflict_do_nothing().returning(VisitRow.__table__.c.id)  # type: ignore[attr-defined]
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """A check-in as a phone sends it."""

    visit: str
    rep: str
    at: datetime
    position: Position | None
    customer: str | None


def check_in(session: Session, sent: Arrival, jobs: Queue) -> tuple[Visit, bool]:
    """The visit, and whether new. A repeat may bring the position or the customer that were not known."""
    if session.get(EmployeeRow, sent.rep) is None:
        raise UnknownEmployee
    if sent.customer is not None:
        sent = msgspec.structs.replace(sent, customer=standing(session, sent.customer).id)
    (new,) = _insert(session, [sent], _ranked(session, [sent]))
    return (new, True) if new else (_again(session, sent, jobs), False)


def check_in_together(
    database: Database, sent: Sequence[Arrival], jobs: Queue
) -> list[tuple[Visit, bool] | Exception]:
    """Those that are new in one commit, the others one after the other; each with its own answer or error."""
    with database.reading() as session:
        candidates = _ranked(session, sent)
    try:
        with database.writing() as session:
            new = _insert(session, sent, candidates)
    except IntegrityError:  # one of them names something that was deleted a moment ago
        new = [None] * len(sent)
    return [
        (visit, True) if visit else _alone(database, each, jobs)
        for visit, each in zip(new, sent, strict=True)
    ]


def _alone(database: Database, sent: Arrival, jobs: Queue) -> tuple[Visit, bool] | Exception:
    try:
        with database.writing() as session:
            return check_in(session, sent, jobs)
    except StorageError as error:
        return error


def _ranked(session: Session, sent: Sequence[Arrival]) -> list[tuple[Link, ...]]:
    links = iter(rank_each(session, [each.position for each in sent if each.position]))
    return [next(links) if each.position else () for each in sent]


def _insert(
    session: Session, sent: Sequence[Arrival], candidates: Sequence[tuple[Link, ...]]
) -> list[Visit | None]:
    """The visits that are new; null for one that is known, comes twice, or names what is not there."""
    now = datetime.now(UTC)
    reps = names(session, EmployeeRow, {each.rep for each in sent})
    places = _living(session, {each.customer for each in sent if each.customer is not None})
    made: dict[str, Visit] = {}
    fitting: list[Visit | None] = []
    for each, links in zip(sent, candidates, strict=True):
        known = each.rep in reps and (each.customer is None or each.customer in places)
        visit = None
        if known and each.visit not in made:
            visit = made[each.visit] = _open(each, links, now, reps[each.rep], places.get(each.customer))
        fitting.append(visit)
    if not made:
        return fitting
    insert = INSERTS[session.get_bind().dialect.name]
    taken = set(session.connection().execute(insert, [_row(visit) for visit in made.values()]).scalars())
    events = Events(session)
    for ident in taken:
        events.append("visit", ident)
    return [visit if visit and visit.id in taken else None for visit in fitting]


def _living(session: Session, ids: set[str]) -> dict[str | None, str]:
    """Names of those customers that were not deleted."""
    if not ids:
        return {}
    rows = select(CustomerRow.id, CustomerRow.name).where(
        col(CustomerRow.id).in_(ids), col(CustomerRow.deleted_at).is_(None)
    )
    return dict(session.exec(rows).all())


def _open(
    sent: Arrival, candidates: tuple[Link, ...], now: datetime, rep: str, customer: str | None
) -> Visit:
    """A visit that is made this moment, about which nothing has to be read."""
    return Visit(
        id=sent.visit,
        kind="visit",
        state="open",
        at=sent.at,
        updated_at=now,
        rep=sent.rep,
        rep_name=rep,
        customer=sent.customer,
        customer_name=customer,
        customer_chosen=sent.customer is not None,
        position=sent.position,
        candidates=candidates,
        memos=(),
        transcript=None,
        report=None,
        corrections=(),
        approval=None,
        problem=None,
    )


def _row(visit: Visit) -> dict[str, Any]:
    """Every column that a new visit fills; the others are null."""
    where = visit.position
    return {
        "id": visit.id,
        "kind": visit.kind,
        "rep": visit.rep,
        "at": visit.at,
        "updated_at": visit.updated_at,
        "state": visit.state,
        "revision": 0,
        "filed_revision": 0,
        "sent_customer": visit.customer,
        "customer": visit.customer,
        "customer_chosen": visit.customer_chosen,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "accuracy_m": where.accuracy_m if where else None,
        "age_s": where.age_s if where else None,
        "place_from": "checkin" if where else None,
        "candidates": visit.candidates,
        "doubts": (),
    }


def _again(session: Session, sent: Arrival, jobs: Queue) -> Visit:
    """A check-in whose id is known: the same visit, perhaps with something added."""
    row = locked_visit(session, sent.visit)
    _same(row, sent)
    news = False
    if sent.position is not None and row.place_from != "checkin":
        locate(session, row, sent.position, "checkin")
        news = True
        if row.filed_revision < row.revision:
            jobs.enqueue(session, row.id, None, 0.0)
    if sent.customer is not None and row.sent_customer is None:
        row.sent_customer = sent.customer
        news = Reports(session).choose(row, sent.customer, by=row.rep, jobs=jobs) or news
    if news:
        settle(session, row)
    return visit_record(session, row)


def _same(row: VisitRow, sent: Arrival) -> None:
    """What is sent again must not say otherwise; what it leaves out says nothing."""
    if (row.rep, row.at) != (sent.rep, sent.at):
        raise VisitDiffers
    if sent.position is not None and row.place_from == "checkin" and sent.position != position_of(row):
        raise VisitDiffers("A visit with this id is stored with another position.")
    if sent.customer is not None and row.sent_customer not in (None, sent.customer):
        raise VisitDiffers("A visit with this id is stored with another customer.")
