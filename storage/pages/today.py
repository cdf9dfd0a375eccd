"""A rep's day: where they were, where they agreed to be, what they promised, and who around there waits.

The phone's own place is not asked for: customers are those around the rep's last visits, and the phone itself
puts the nearest on top.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from storage.crm.companies import Companies
from storage.crm.promises import Promises
from storage.finding.places import nearest
from storage.pages.agenda import meetings
from storage.records import Promise, Record, VisitSummary
from storage.tables.customers import CustomerRow
from storage.tables.visits import PromiseRow, VisitRow
from storage.visits.summaries import summaries

AHEAD = timedelta(days=7)
"""Promises and meetings of the coming days are told too, for a phone that has no signal tomorrow."""
LATEST = 20
"""Visits of the rep whose places say where the rep works."""
PLACES = 3
AROUND = 100
"""Customers looked at around each place."""
LONG_AGO = timedelta(days=60)
"""Nobody was there for so long: worth a call when one is near."""

Pin: TypeAlias = tuple[float, float]
NOWHERE = (None, None)


class Stop(Record, frozen=True, kw_only=True):
    """A visit of the day; at the customer's own place when that is known, else where the phone was."""

    visit: VisitSummary
    lat: float | None
    lon: float | None


class Agreed(Record, frozen=True, kw_only=True):
    """A meeting that was agreed on at `visit`; `at` is a day, or a day and time, local to the company."""

    visit: str
    customer: str | None
    customer_name: str | None
    at: str
    lat: float | None
    lon: float | None


class Waiting(Record, frozen=True, kw_only=True):
    """A customer of whom something is open, or whom nobody saw for long (`last_at` null: never)."""

    customer: str
    name: str
    address: str | None
    lat: float
    lon: float
    last_at: datetime | None
    promises: int


class Today(Record, frozen=True, kw_only=True):
    """A rep's day in the company's zone, and what is due or agreed within the week after it."""

    day: str
    visits: tuple[Stop, ...]
    meetings: tuple[Agreed, ...]
    promises: tuple[Promise, ...]
    waiting: tuple[Waiting, ...]


def today(session: Session, rep: str, now: datetime) -> Today:
    """`now` is a moment; the day is the company's."""
    zone = ZoneInfo(Companies(session).get().timezone)
    day = now.astimezone(zone).date()
    rows = _visits_of(session, rep, day, zone)
    until = (day + AHEAD).isoformat()
    promises = Promises(session).open(holder=rep)
    seen = {row.customer for row in rows if row.customer}
    return Today(
        day=day.isoformat(),
        visits=_stops(session, rows),
        meetings=_agreed(session, rep, now, day.isoformat(), until),
        promises=tuple(each for each in promises if each.due and each.due[:10] <= until),
        waiting=_waiting(session, _places(session, rep), seen, now),
    )


def _visits_of(session: Session, rep: str, day: date, zone: ZoneInfo) -> Sequence[VisitRow]:
    begin = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    query = select(VisitRow).where(VisitRow.rep == rep, VisitRow.at >= begin, VisitRow.at < end)
    return session.exec(
        query.where(VisitRow.kind == "visit").order_by(col(VisitRow.at), col(VisitRow.id))
    ).all()


def _stops(session: Session, rows: Sequence[VisitRow]) -> tuple[Stop, ...]:
    pins = _pins(session, {row.customer for row in rows if row.customer})
    places = [pins.get(row.customer or "") or _place(row) or NOWHERE for row in rows]
    shown = zip(summaries(session, rows), places, strict=True)
    return tuple(Stop(visit=visit, lat=lat, lon=lon) for visit, (lat, lon) in shown)


def _agreed(session: Session, rep: str, now: datetime, day: str, until: str) -> tuple[Agreed, ...]:
    """By day, those with a time before those without."""
    ahead = [each for each in meetings(session, rep, now) if day <= each.at[:10] <= until]
    query = select(VisitRow.id, VisitRow.customer).where(col(VisitRow.id).in_([each.visit for each in ahead]))
    whose = dict(session.exec(query).all())
    pins = _pins(session, {customer for customer in whose.values() if customer})
    found = []
    for each in ahead:
        customer = whose[each.visit]
        lat, lon = pins.get(customer or "", NOWHERE)
        name = each.customer_name or None
        found.append(
            Agreed(visit=each.visit, customer=customer, customer_name=name, at=each.at, lat=lat, lon=lon)
        )
    return tuple(sorted(found, key=lambda each: (each.at[:10], each.at[10:] or "~", each.visit)))


def _pins(session: Session, customers: Iterable[str]) -> dict[str, Pin]:
    query = select(CustomerRow.id, CustomerRow.lat, CustomerRow.lon).where(col(CustomerRow.id).in_(customers))
    return {
        ident: (lat, lon) for ident, lat, lon in session.exec(query) if lat is not None and lon is not None
    }


def _place(row: VisitRow) -> Pin | None:
    return (row.lat, row.lon) if row.lat is not None and row.lon is not None else None


def _places(session: Session, rep: str) -> list[Pin]:
    """Where the rep was last, the newest first; no two in the same kilometre."""
    newest = (col(VisitRow.at).desc(), col(VisitRow.id).desc())
    rows = session.exec(select(VisitRow).where(VisitRow.rep == rep).order_by(*newest).limit(LATEST)).all()
    pins = _pins(session, {row.customer for row in rows if row.customer})
    known = (pins.get(row.customer or "") or _place(row) for row in rows)
    apart = {(round(pin[0], 2), round(pin[1], 2)): pin for pin in known if pin}
    return list(apart.values())[:PLACES]


def _waiting(session: Session, places: list[Pin], seen: set[str], now: datetime) -> tuple[Waiting, ...]:
    """Customers around these places of whom something is open, or whom nobody saw for long."""
    around = {near.id for lat, lon in places for near in nearest(session, lat, lon, AROUND)} - seen
    last = (
        select(VisitRow.at)
        .where(VisitRow.customer == CustomerRow.id, VisitRow.kind == "visit")
        .order_by(col(VisitRow.at).desc())
        .limit(1)
        .correlate(CustomerRow)
        .scalar_subquery()
    )
    rows = session.exec(select(CustomerRow, last).where(col(CustomerRow.id).in_(around))).all()
    still_open = (
        select(PromiseRow.customer, func.count())
        .where(col(PromiseRow.done_at).is_(None), col(PromiseRow.customer).in_(around))
        .where(PromiseRow.kind == "promise")
        .group_by(col(PromiseRow.customer))
    )
    promises = dict(session.exec(still_open).all())
    return tuple(
        Waiting(
            customer=row.id,
            name=row.name,
            address=row.address,
            lat=row.lat,
            lon=row.lon,
            last_at=last_at,
            promises=promises.get(row.id, 0),
        )
        for row, last_at in rows
        if row.lat is not None
        and row.lon is not None
        and (row.id in promises or last_at is None or last_at < now - LONG_AGO)
    )
