"""A company's records from a `world.json`, with its ids kept; lists are `storage.sheets`' business.

Importing the same file again changes nothing; a changed one changes what it names and deletes nothing.
"""

from pathlib import Path
from typing import Any

import msgspec
from sqlmodel import Session, col, select

from storage.crm.catalogue import Catalogue
from storage.crm.companies import Companies
from storage.crm.customers import customers, index
from storage.crm.people import People
from storage.errors import BadWorld
from storage.events import Events
from storage.finding.naming import e164_or_as_written, fold
from storage.finding.places import cell, fix
from storage.records import Company
from storage.rows import insert_all
from storage.tables.customers import ContactRow, CustomerRow
from storage.tables.people import EmployeeRow

WRITTEN_AT_ONCE = 500


class Rep(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    role: str | None = None
    phone: str | None = None
    email: str | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    address: str | None = None
    lat: float | None = None
    lon: float | None = None
    phone: str | None = None
    contacts: tuple[Person, ...] = ()


class Ware(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    price: float | None = None


class Rival(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    aliases: tuple[str, ...] = ()


class World(msgspec.Struct, frozen=True, kw_only=True):
    """The form of `world.json`."""

    company: str
    timezone: str
    currency: str
    region: str
    reps: tuple[Rep, ...] = ()
    customers: tuple[Place, ...] = ()
    products: tuple[Ware, ...] = ()
    competitors: tuple[Rival, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """How many of each the file named."""

    reps: int
    customers: int
    contacts: int
    products: int
    competitors: int


def import_world(session: Session, source: bytes | Path) -> Imported:
    try:
        world = msgspec.json.decode(_read(source), type=World)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadWorld(f"This is not a world.json: {error}") from error
    company = Company(
        name=world.company, timezone=world.timezone, currency=world.currency, region=world.region
    )
    Companies(session).put(company)
    people, catalogue = People(session), Catalogue(session)
    for rep in world.reps:
        known = session.get(EmployeeRow, rep.id)
        people.put(rep.id, rep.name, known.role if known else "rep", known.active if known else True)  # type: ignore[arg-type]
    for ware in world.products:
        catalogue.put_product(ware.id, ware.name, ware.aliases, ware.unit, ware.price)
    for rival in world.competitors:
        catalogue.put_competitor(rival.name, rival.aliases)
    import_customers(session, world.customers, world.region)
    return Imported(
        reps=len(world.reps),
        customers=len(world.customers),
        contacts=sum(len(place.contacts) for place in world.customers),
        products=len(world.products),
        competitors=len(world.competitors),
    )


def import_customers(session: Session, places: tuple[Place, ...], region: str) -> None:
    """Rows and what finds them, some hundred at a time."""
    for start in range(0, len(places), WRITTEN_AT_ONCE):
        some = places[start : start + WRITTEN_AT_ONCE]
        insert_all(session, CustomerRow, [_customer(place, region) for place in some], over=True)
        people = [_contact(place, number, region) for place in some for number in range(len(place.contacts))]
        insert_all(session, ContactRow, people, over=True)
        rows = session.exec(select(CustomerRow).where(col(CustomerRow.id).in_([each.id for each in some])))
        index(session, *customers(session, rows.all()))
        for place in some:
            Events(session).append("customer", place.id)


def _customer(place: Place, region: str) -> dict[str, Any]:
    if place.lat is not None and place.lon is not None:
        fix(place.lat, place.lon, 0.0, 0.0)
    return {
        "id": place.id,
        "name": place.name,
        "sort_name": fold(place.name),
        "aliases": place.aliases,
        "address": place.address,
        "lat": place.lat,
        "lon": place.lon if place.lat is not None else None,
        "cell": cell(place.lat, place.lon),
        "phone": e164_or_as_written(place.phone, region),
        "deleted_at": None,
    }


def _contact(place: Place, number: int, region: str) -> dict[str, Any]:
    one = place.contacts[number]
    return {
        "customer": place.id,
        "id": one.id,
        "place": number + 1,
        "name": one.name,
        "role": one.role,
        "phone": e164_or_as_written(one.phone, region),
        "email": one.email,
    }


def _read(source: bytes | Path) -> bytes:
    return source.read_bytes() if isinstance(source, Path) else source
