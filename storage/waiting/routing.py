"""With whom a task lies at first. The first of these that names somebody who works here:

somebody with a skill that it asks for; whoever gave the promise; whose area it is; who is there most often;
who heard it. Among several with the skill the next reasons decide.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from sqlmodel import Session, col, select

from storage.events import Events
from storage.finding.naming import fold
from storage.finding.places import nearest
from storage.records import Because
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import PromiseRow, VisitRow
from storage.tables.waiting import AbilityRow

LATEST = 20
"""Visits that say who is at a customer's most often."""
NEIGHBOURS = 12
NEARBY_M = (2_000.0, 10_000.0)
"""How far a customer's neighbours are looked for who was never visited."""
DESK = "employee"
"""Of this role is who takes calls; what they promise the field may keep."""

Matching = dict[str, str]
"""The word that fits, by employee."""


def route(session: Session, row: PromiseRow) -> None:
    """Lay it with somebody."""
    row.taken_at = None
    row.holder, row.because = next(_reasons(session, row), (None, None))


def release(session: Session, employee: str) -> None:
    """Somebody left: what lies with them goes to others."""
    theirs = select(PromiseRow).where(PromiseRow.holder == employee, col(PromiseRow.done_at).is_(None))
    for row in session.exec(theirs).all():
        route(session, row)
        Events(session).append("task", row.id)


def _reasons(session: Session, row: PromiseRow) -> Iterator[tuple[str, Because]]:
    found = session.exec(select(EmployeeRow.id, EmployeeRow.role).where(col(EmployeeRow.active)))
    staff: dict[str, str] = dict(found.all())
    customer = session.get(CustomerRow, row.customer) if row.customer else None
    if row.owner == "us":
        able = [each for each in session.exec(select(AbilityRow)).all() if each.employee in staff]
        skilled = _skilled(able, row)
        areas = _areas(able, customer.address if customer else None)
        if skilled:
            best = _best(skilled, areas, _usual(session, row, customer), row.rep)
            yield best, Because(reason="skill", word=skilled[best])
        if row.kind == "promise" and staff.get(row.rep, DESK) != DESK:
            yield row.rep, Because(reason="said", word=None)
        if areas:
            best = _best(areas, {}, _usual(session, row, customer), row.rep)
            yield best, Because(reason="area", word=areas[best])
    if row.owner == "us" or row.rep not in staff:
        for employee, _ in _usual(session, row, customer).most_common():
            if employee in staff:
                yield employee, Because(reason="visits", word=None)
    if row.rep in staff:
        yield row.rep, Because(reason="heard", word=None)


def _skilled(able: list[AbilityRow], row: PromiseRow) -> Matching:
    said = f" {row.kind} {fold(row.action)}"
    return _matching({each.employee: each.skills for each in able}, said)


def _areas(able: list[AbilityRow], address: str | None) -> Matching:
    return _matching({each.employee: each.areas for each in able}, f" {fold(address or '')}")


def _matching(words: Mapping[str, tuple[str, ...]], text: str) -> Matching:
    """Each word counts where it begins a word of the text: 'price' in 'prices', '981' in '98107'."""
    found: Matching = {}
    for employee, theirs in words.items():
        for word in theirs:
            if word in ("promise", "complaint", "follow_up"):
                fits = text.startswith(f" {word} ")
            else:
                fits = bool(fold(word)) and f" {fold(word)}" in text
            if fits:
                found.setdefault(employee, word)
    return found


def _best(able: Matching, areas: Matching, usual: Counter[str], heard: str) -> str:
    return min(able, key=lambda each: (each not in areas, -usual[each], each != heard, each))


def _usual(session: Session, row: PromiseRow, customer: CustomerRow | None) -> Counter[str]:
    """How often each rep was there lately; where nobody was, at its neighbours."""
    if customer is None:
        return Counter()
    here = select(VisitRow.rep).where(VisitRow.customer == customer.id, VisitRow.kind == "visit")
    reps = session.exec(here.order_by(col(VisitRow.at).desc(), col(VisitRow.id).desc()).limit(LATEST)).all()
    if reps or customer.lat is None or customer.lon is None:
        return Counter(reps)
    around = [near.id for near in nearest(session, customer.lat, customer.lon, NEIGHBOURS, NEARBY_M)]
    last = (
        select(VisitRow.rep)
        .where(VisitRow.customer == CustomerRow.id, VisitRow.kind == "visit")
        .order_by(col(VisitRow.at).desc())
        .limit(1)
        .correlate(CustomerRow)
        .scalar_subquery()
    )
    found = session.exec(select(last).where(col(CustomerRow.id).in_(around)))
    return Counter(rep for rep in found.all() if rep is not None)
