"""Customers that look alike, found when one of them is written: compared are only those that share a key.

Writing marks a customer; comparing is done after, some at a time, so that neither a large import nor the list
of duplicates waits for all of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import literal, union_all
from sqlmodel import Session, col, delete, func, or_, select

from storage.crm.customers import customers
from storage.crm.likeness import MOST_ALIKE, compared, keys
from storage.desk.counting import parted
from storage.events import PENDING
from storage.records import Customer
from storage.rows import insert_all
from storage.tables.customers import CustomerRow
from storage.tables.duplicates import AlikeDueRow, AlikeKeyRow, AlikeRow, ApartRow

ASKED_AT_ONCE = 100
"""Keys of one statement."""
COUNTED = 100_000


def mark(session: Session) -> None:
    """Those that this transaction changed are to be compared; those that are gone are like nobody."""
    changed = sorted(subject for kind, subject in session.info.get(PENDING, {}) if kind == "customer")
    if not changed:
        return
    session.flush()
    for some in parted(changed):
        alive = select(CustomerRow.id).where(
            col(CustomerRow.id).in_(some), col(CustomerRow.deleted_at).is_(None)
        )
        living = set(session.exec(alive))
        forget(session, sorted(set(some) - living))
        insert_all(session, AlikeDueRow, [{"customer": ident} for ident in sorted(living)])


def forget(session: Session, ids: Sequence[str]) -> None:
    if not ids:
        return
    session.exec(delete(AlikeKeyRow).where(col(AlikeKeyRow.customer).in_(ids)))
    session.exec(delete(AlikeRow).where(or_(col(AlikeRow.one).in_(ids), col(AlikeRow.other).in_(ids))))
    session.exec(delete(AlikeDueRow).where(col(AlikeDueRow.customer).in_(ids)))


def waiting(session: Session) -> int:
    """How many are still to be compared, counted up to COUNTED."""
    some = select(AlikeDueRow.customer).limit(COUNTED).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def look(session: Session, most: int) -> int:
    """Compare so many of those that wait; how many there were."""
    ids = session.exec(select(AlikeDueRow.customer).limit(most).with_for_update(skip_locked=True)).all()
    forget(session, ids)
    fresh = living(session, ids)
    shared = {each.id: keys(each) for each in fresh.values()}
    rows = [{"key": key, "customer": ident} for ident, found in shared.items() for key in sorted(found)]
    insert_all(session, AlikeKeyRow, rows)
    groups = sharing(session, sorted({key for found in shared.values() for key in found}))
    pairs = {
        (min(one, other), max(one, other))
        for one, found in shared.items()
        for key in found
        for other in groups[key]
        if other != one
    }
    known = fresh | living(session, sorted({each for pair in pairs for each in pair} - set(fresh)))
    keep(session, sorted(pairs - told_apart(session, sorted(fresh))), known)
    return len(ids)


def living(session: Session, ids: Sequence[str]) -> dict[str, Customer]:
    found: dict[str, Customer] = {}
    for some in parted(ids):
        alive = (col(CustomerRow.id).in_(some), col(CustomerRow.deleted_at).is_(None))
        rows = session.exec(select(CustomerRow).where(*alive)).all()
        found |= {each.id: each for each in customers(session, rows)}
    return found


def sharing(session: Session, asked: Sequence[str]) -> dict[str, list[str]]:
    """Who has each of these keys; nobody when so many have it that it tells nothing."""
    found: dict[str, list[str]] = defaultdict(list)
    row: Any = AlikeKeyRow
    for some in parted(asked, ASKED_AT_ONCE):
        each = [
            select(literal(key), select(row.customer).where(row.key == key).limit(MOST_ALIKE + 1).subquery())
            for key in some
        ]
        for key, customer in session.connection().execute(union_all(*each)):
            found[key].append(customer)
    return defaultdict(list, {key: ids for key, ids in found.items() if len(ids) <= MOST_ALIKE})


def told_apart(session: Session, ids: Sequence[str]) -> set[tuple[str, str]]:
    query = select(ApartRow.one, ApartRow.other)
    return set(session.exec(query.where(or_(col(ApartRow.one).in_(ids), col(ApartRow.other).in_(ids)))).all())


def keep(session: Session, pairs: Iterable[tuple[str, str]], known: dict[str, Customer]) -> None:
    found = [
        pair
        for one, other in pairs
        if one in known and other in known and (pair := compared(known[one], known[other])) is not None
    ]
    rows = [
        {"one": each.one.id, "other": each.other.id, "why": each.why, "reasons": len(each.why),
         "likeness": each.likeness}
        for each in found
    ]  # fmt: skip
    insert_all(session, AlikeRow, rows, over=True)
