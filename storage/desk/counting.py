"""The desk's counts, kept in the transaction that changed a visit, before it commits.

Whoever changes something about a visit or a customer says so with an event; those are looked at once more,
and the difference to what stands in the counts is added. A check-in counts once something was said there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, func, or_, select, update

from storage.crm.companies import Companies
from storage.desk.regions import region_of
from storage.events import PENDING
from storage.tables.counted import Counted
from storage.tables.customers import CustomerRow
from storage.tables.desk import COUNTS, SeenRow, TallyRow
from storage.tables.visits import PromiseRow, VisitRow

AT_ONCE = 500
Key = tuple[str, str, str]


def count(session: Session) -> None:
    """Bring the counts in line with what this transaction changed."""
    pending = session.info.get(PENDING, {})
    named: dict[str, set[str]] = {"visit": set(), "task": set(), "customer": set()}
    for kind, subject in pending:
        named.get(kind, set()).add(subject)
    if not any(named.values()):
        return
    session.flush()
    tasks = select(PromiseRow.visit).where(col(PromiseRow.id).in_(named["task"]))
    visits = sorted(named["visit"] | set(session.exec(tasks) if named["task"] else ()))
    customers = named["customer"]
    for some in parted(visits):
        customers |= count_visits(session, some)
    for some in parted(sorted(customers)):
        look_who_was_seen(session, some)


def parted(ids: Sequence[str], at_once: int = AT_ONCE) -> Iterable[Sequence[str]]:
    return (ids[start : start + at_once] for start in range(0, len(ids), at_once))


def count_visits(session: Session, ids: Sequence[str]) -> set[str]:
    """Adds what is new and takes back what is not so any more; the customers about whom that is."""
    row: Any = VisitRow
    asked = (row.id, row.rep, row.at, row.kind, row.customer, row.state, row.complaints, row.compliments)
    some = select(*asked, row.counted).where(  # type: ignore[call-overload]
        row.id.in_(ids), or_(row.state != "open", row.counted.is_not(None))
    )
    rows = session.connection().execute(some.order_by(row.id).with_for_update()).all()
    if not rows:
        return set()
    promises = promised(session, [each.id for each in rows])
    regions = regions_of(session, {each.customer for each in rows if each.customer})
    zone = ZoneInfo(Companies(session).get().timezone)
    changed: list[tuple[str, Counted | None, Counted]] = []
    for each in rows:
        now = counted(each, promises[each.id], regions.get(each.customer, ""), zone)
        if now != each.counted:
            changed.append((each.id, each.counted, now))
    keep(session, changed)
    return {who for _, old, new in changed for each in (old, new) if each and (who := each.customer)}


def counted(row: Any, promises: dict[tuple[str, str, bool], int], region: str, zone: ZoneInfo) -> Counted:
    """What this visit adds to its day; `promises` are numbers by kind, owner and whether done."""
    said = row.state != "open"
    ours = {done: promises.get(("promise", "us", done), 0) for done in (True, False)}
    return Counted(
        day=row.at.astimezone(zone).date().isoformat(),
        rep=row.rep,
        region=region,
        customer=row.customer,
        visits=int(said and row.kind == "visit"),
        promised=ours[True] + ours[False],
        kept=ours[True],
        complaints=row.complaints,
        closed=min(row.complaints, promises.get(("complaint", "us", True), 0)),
        compliments=row.compliments,
    )


def promised(session: Session, visits: Sequence[str]) -> dict[str, dict[tuple[str, str, bool], int]]:
    row: Any = PromiseRow
    what = (row.visit, row.kind, row.owner, row.done_at.is_not(None))
    query = select(*what, func.count())  # type: ignore[call-overload]
    query = query.where(row.visit.in_(visits)).group_by(*what)
    found: dict[str, dict[tuple[str, str, bool], int]] = defaultdict(dict)
    for visit, kind, owner, is_done, number in session.connection().execute(query):
        found[visit][kind, owner, bool(is_done)] = number
    return found


def regions_of(session: Session, customers: Iterable[str]) -> dict[str, str]:
    query = select(CustomerRow.id, CustomerRow.address).where(col(CustomerRow.id).in_(list(customers)))
    return {ident: region_of(address) for ident, address in session.exec(query)}


def keep(session: Session, changed: Sequence[tuple[str, Counted | None, Counted]]) -> None:
    if not changed:
        return
    sums: dict[Key, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for _, old, new in changed:
        for each, sign in ((old, -1), (new, 1)):
            for key in keys_of(each):
                for place, name in enumerate(COUNTS):
                    sums[key][place] += sign * getattr(each, name)
    add(session, {key: numbers for key, numbers in sorted(sums.items()) if any(numbers)})
    table: Table = VisitRow.__table__  # type: ignore[attr-defined]
    session.connection().execute(
        update(table).where(table.c.id == bindparam("of")).values(counted=bindparam("now")),
        [{"of": ident, "now": new} for ident, _, new in changed],
    )


def keys_of(each: Counted | None) -> tuple[Key, ...]:
    return (("rep", each.day, each.rep), ("region", each.day, each.region)) if each else ()


def add(session: Session, sums: dict[Key, list[int]]) -> None:
    """In one order everywhere, so that two who count at once do not wait for each other in a ring."""
    if not sums:
        return
    table: Table = TallyRow.__table__  # type: ignore[attr-defined]
    statement = inserting(session)(table)
    more = {name: table.c[name] + statement.excluded[name] for name in COUNTS}
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=["kind", "day", "who"], set_=more),
        [
            {
                "kind": kind,
                "day": day,
                "who": who,
                "week": week_of(day),
                **dict(zip(COUNTS, numbers, strict=True)),
            }
            for (kind, day, who), numbers in sums.items()
        ],
    )


def week_of(day: str) -> str:
    monday = date.fromisoformat(day)
    return (monday - timedelta(days=monday.weekday())).isoformat()


def look_who_was_seen(session: Session, customers: Sequence[str]) -> None:
    """When each of them was last visited, called or written to, and by whom; those deleted are forgotten."""
    last: Any = (
        select(VisitRow.id)
        .where(VisitRow.customer == CustomerRow.id, VisitRow.state != "open")
        .order_by(col(VisitRow.at).desc(), col(VisitRow.id).desc())
        .limit(1)
        .correlate(CustomerRow)
        .scalar_subquery()
    )
    query = (
        select(CustomerRow.id, CustomerRow.address, VisitRow.at, VisitRow.rep)
        .join(VisitRow, col(VisitRow.id) == last, isouter=True)
        .where(col(CustomerRow.id).in_(customers), col(CustomerRow.deleted_at).is_(None))
    )
    rows = session.connection().execute(query).all()
    note_seen(session, [(ident, at, rep or "", region_of(address)) for ident, address, at, rep in rows])
    gone = set(customers) - {row[0] for row in rows}
    if gone:
        session.exec(delete(SeenRow).where(col(SeenRow.customer).in_(sorted(gone))))


def note_seen(session: Session, seen: Sequence[tuple[str, datetime | None, str, str]]) -> None:
    if not seen:
        return
    table: Table = SeenRow.__table__  # type: ignore[attr-defined]
    statement = inserting(session)(table)
    names = ("customer", "at", "rep", "region")
    over = {name: statement.excluded[name] for name in names[1:]}
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=["customer"], set_=over),
        [dict(zip(names, row, strict=True)) for row in sorted(seen)],
    )


def inserting(session: Session) -> Any:
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert


def said(report_text: bytes | str) -> tuple[int, int]:
    """Complaints and compliments in a filed report, as it is stored."""
    kinds = [each.kind for each in msgspec.json.decode(report_text, type=Filed).feedback]
    return kinds.count("complaint"), kinds.count("compliment")


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    kind: str


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    feedback: tuple[Kind, ...] = ()
