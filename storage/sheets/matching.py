"""Which lines of a list are customers that are here already: by number, telephone, or name and place."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress

import msgspec
from rapidfuzz import fuzz
from sqlmodel import Session, col, select

from storage.crm.customers import customers, standing
from storage.crm.world import Person, Place
from storage.errors import UnknownCustomer
from storage.finding.naming import fold
from storage.finding.places import distance_m
from storage.records import Customer
from storage.tables.customers import CustomerRow

LEGAL = frozenset(
    ("ltd", "limited", "llc", "inc", "incorporated", "corp", "corporation", "co", "company", "plc", "gmbh",
     "ag", "kg", "ug", "ohg", "bv", "nv", "sa", "sl", "srl", "spa", "sas", "sarl", "pty", "oy", "ab", "as",
     "aps", "the")
)  # fmt: skip
"""Words of a name that do not tell companies apart."""
SAME_STREET = 75.0
"""Likeness of two addresses, of 100, with which one name is one place."""
SAME_NAME = 60.0
"""Likeness of two names, of 100, with which one telephone number is one customer."""
SAME_SPOT_M = 300.0


class Match(msgspec.Struct, frozen=True, kw_only=True):
    place: Place
    why: str
    """`id`, `phone` or `name`."""


class Known:
    """Everybody who is here, ready to be compared."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_id: dict[str, Place] = {}
        self.by_phone: dict[str, list[Place]] = defaultdict(list)
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        self.by_id[place.id] = place
        self.by_name[core(place.name)].append(place)
        if place.phone:
            self.by_phone[place.phone].append(place)

    def match(self, place: Place) -> Match | None:
        if place.id in self.by_id:
            return Match(place=self.by_id[place.id], why="id")
        for known in self.by_phone.get(place.phone or "", ()):
            if fuzz.token_set_ratio(core(known.name), core(place.name)) >= SAME_NAME:
                return Match(place=known, why="phone")
        for known in self.by_name.get(core(place.name), ()):
            if same_spot(known, place):
                return Match(place=known, why="name")
        return None


def everybody(session: Session) -> Known:
    rows = session.exec(select(CustomerRow).where(col(CustomerRow.deleted_at).is_(None))).all()
    known = Known(place_from(customer) for customer in customers(session, rows))
    merged = select(CustomerRow.id).where(col(CustomerRow.merged_into).is_not(None))
    for gone in session.exec(merged).all():  # a list from elsewhere still names them
        with suppress(UnknownCustomer):
            known.by_id[gone] = known.by_id[standing(session, gone).id]
    return known


def place_from(customer: Customer) -> Place:
    return Place(
        id=customer.id,
        name=customer.name,
        aliases=customer.aliases,
        address=customer.address,
        lat=customer.lat,
        lon=customer.lon,
        phone=customer.phone,
        contacts=tuple(
            Person(id=each.id, name=each.name, role=each.role, phone=each.phone, email=each.email)
            for each in customer.contacts
        ),
    )


def core(name: str) -> str:
    """A name without what every other company is called too."""
    words = fold(name).split()
    return " ".join(word for word in words if word not in LEGAL) or " ".join(words)


def same_spot(one: Place, other: Place) -> bool:
    """Not two branches of one name; a place that is not told could be any."""
    if None not in (one.lat, one.lon, other.lat, other.lon):
        return distance_m(one.lat, one.lon, other.lat, other.lon) <= SAME_SPOT_M  # type: ignore[arg-type]
    if one.address and other.address:
        return fuzz.token_set_ratio(fold(one.address), fold(other.address)) >= SAME_STREET
    return True
