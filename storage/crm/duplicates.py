"""Customers that may be one: a number, a mail or a name in common, or names that sound alike in one place.

Compared are only those that share a key, so the work grows with the customers and not with their pairs.
Splink was not taken: it needs an SQL engine of its own for what a few keys and a likeness decide.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import combinations

from sqlmodel import Session, col, select

from speech.phonetics import similarity
from storage.crm.customers import customers, live_row
from storage.errors import SameRecord
from storage.finding.naming import fold, sounds
from storage.records import Customer, Record
from storage.sheets.matching import core, place_from, same_spot
from storage.tables.customers import CustomerRow
from storage.tables.duplicates import ApartRow

SHOWN = 100
MOST_ALIKE = 30
"""Customers with one key in common that are compared; a key that more have tells nothing."""
SAME_NUMBER = 0.5
"""Likeness of two names, 0..1, with which one number or mail is one customer."""
SAME_NAME = 0.86
"""The same without a number in common."""


class Pair(Record, frozen=True, kw_only=True):
    """Two customers that may be one, and why: `phone`, `email`, `name`, `sound`, `place`."""

    one: Customer
    other: Customer
    why: tuple[str, ...]
    likeness: float


class Duplicates:
    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self) -> tuple[Pair, ...]:
        """The likeliest first; those that somebody told apart are left out."""
        rows = self.session.exec(select(CustomerRow).where(col(CustomerRow.deleted_at).is_(None))).all()
        apart = {(row.one, row.other) for row in self.session.exec(select(ApartRow))}
        found = [
            pair
            for one, other in candidates(customers(self.session, rows))
            if (one.id, other.id) not in apart and (pair := compared(one, other)) is not None
        ]
        return tuple(sorted(found, key=lambda pair: (-len(pair.why), -pair.likeness, pair.one.id)))[:SHOWN]

    def tell_apart(self, one: str, other: str, *, by: str) -> None:
        """They look alike and are two. Raises SameRecord, UnknownCustomer."""
        if one == other:
            raise SameRecord
        first, second = sorted((live_row(self.session, one).id, live_row(self.session, other).id))
        self.session.merge(ApartRow(one=first, other=second, by=by, at=datetime.now(UTC)))


def candidates(everybody: Iterable[Customer]) -> Iterator[tuple[Customer, Customer]]:
    """Each pair once, in the order of their ids."""
    alike: dict[str, list[Customer]] = defaultdict(list)
    for each in everybody:
        for key in keys(each):
            alike[key].append(each)
    seen: set[tuple[str, str]] = set()
    for group in alike.values():
        if len(group) > MOST_ALIKE:
            continue
        for one, other in combinations(sorted(group, key=lambda each: each.id), 2):
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield one, other


def keys(each: Customer) -> set[str]:
    """What two records of one customer have in common, more often than not."""
    numbers = {each.phone, *(person.phone for person in each.contacts)} - {None}
    mails = {person.email.casefold() for person in each.contacts if person.email}
    name = core(each.name)
    words = sorted(name.split(), key=len, reverse=True)
    heard = sounds(words[0])[:1] if words else ()
    spot = () if each.lat is None or each.lon is None else (f"{each.lat:.2f},{each.lon:.2f}",)
    found = {f"phone {number}" for number in numbers} | {f"mail {mail}" for mail in mails}
    found |= {f"name {name}", f"sounds {' '.join(sorted(sounds(name)))}"}
    return found | {f"near {place} {sound}" for place in spot for sound in heard}


def compared(one: Customer, other: Customer) -> Pair | None:
    """None when they are two."""
    name, its = core(one.name), core(other.name)
    likeness = similarity(name, its)
    why = [
        reason
        for reason, shared in (
            ("phone", numbers_of(one) & numbers_of(other)),
            ("email", mails_of(one) & mails_of(other)),
        )
        if shared
    ]
    if why and likeness < SAME_NUMBER:
        return None
    alike = name == its or likeness >= SAME_NAME or set(sounds(name)) == set(sounds(its))
    if not why and not (alike and same_spot(place_from(one), place_from(other))):
        return None
    if alike:
        why.append("name" if fold(name) == fold(its) or likeness >= SAME_NAME else "sound")
    if None not in (one.lat, other.lat) and same_spot(place_from(one), place_from(other)):
        why.append("place")
    return Pair(one=one, other=other, why=tuple(why), likeness=round(likeness, 3))


def numbers_of(each: Customer) -> set[str]:
    return {number for number in (each.phone, *(person.phone for person in each.contacts)) if number}


def mails_of(each: Customer) -> set[str]:
    return {person.email.casefold() for person in each.contacts if person.email}
