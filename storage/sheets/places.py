"""Rows of a sheet as customers with their people; what does not fit is left out and told by its line."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias
from uuid import NAMESPACE_URL, uuid5

import msgspec

from storage.crm.world import Person, Place
from storage.finding.naming import e164_or_as_written, fold
from storage.sheets.reading import Sheet

TroubleKind: TypeAlias = Literal["no_name", "bad_position", "bad_price", "odd_phone"]


REMEMBERED = 50_000
"""Numbers and names that lists say again and again, and an import reads three times."""
number_of = lru_cache(REMEMBERED)(e164_or_as_written)
folded = lru_cache(REMEMBERED)(fold)


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Something about one line, the header being line 1."""

    line: int
    code: TroubleKind
    message: str


MESSAGES: dict[TroubleKind, str] = {
    "no_name": "The line has no name; it is left out.",
    "bad_position": "The position cannot be read; it is left out.",
    "bad_price": "The price cannot be read; it is left out.",
    "odd_phone": "This is no telephone number; it is kept as it is written.",
}


def trouble(line: int, code: TroubleKind) -> Trouble:
    return Trouble(line=line, code=code, message=MESSAGES[code])


def places_of(
    sheet: Sheet, columns: Mapping[str, int], region: str
) -> tuple[dict[str, Place], tuple[Trouble, ...]]:
    """By id; lines of the same customer bring one person each."""
    places: dict[str, Place] = {}
    troubles: list[Trouble] = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        cells = {field: row[at] for field, at in columns.items()}
        if not cells["name"]:
            troubles.append(trouble(line, "no_name"))
            continue
        place, odd = place_of(cells, region)
        troubles += [trouble(line, code) for code in odd]
        places[place.id] = joined(places.get(place.id), place)
    return places, tuple(troubles)


def place_of(cells: Mapping[str, str], region: str) -> tuple[Place, list[TroubleKind]]:
    odd: list[TroubleKind] = []
    where = address(cells)
    ident = cells.get("id") or str(
        uuid5(NAMESPACE_URL, f"rounds/customer/{folded(cells['name'])}/{folded(where)}")
    )
    lat, lon = coordinate(cells.get("lat"), 90), coordinate(cells.get("lon"), 180)
    if (cells.get("lat") or cells.get("lon")) and (lat is None or lon is None):
        odd.append("bad_position")
        lat = lon = None
    aliases = tuple(part.strip() for part in cells.get("aliases", "").split(";") if part.strip())
    person = person_of(cells, ident, region)
    phone = number_of(cells.get("phone"), region)
    if any(each and not each.startswith("+") for each in (phone, person and person.phone)):
        odd.append("odd_phone")
    return (
        Place(
            id=ident[:100],
            name=cells["name"][:200],
            aliases=aliases,
            address=where or None,
            lat=lat,
            lon=lon,
            phone=phone,
            contacts=(person,) if person else (),
        ),
        odd,
    )


def person_of(cells: Mapping[str, str], customer: str, region: str) -> Person | None:
    name = cells.get("contact") or " ".join(filter(None, (cells.get("first_name"), cells.get("last_name"))))
    if not name:
        return None
    return Person(
        id=cells.get("contact_id") or str(uuid5(NAMESPACE_URL, f"{customer}/{folded(name)}")),
        name=name[:200],
        role=cells.get("role") or None,
        phone=number_of(cells.get("contact_phone"), region),
        email=cells.get("email") or None,
    )


def address(cells: Mapping[str, str]) -> str:
    """One line, from one column or its parts."""
    if cells.get("address"):
        return cells["address"][:400]
    town = " ".join(filter(None, (cells.get("postcode"), cells.get("city"))))
    parts: Sequence[str | None] = (cells.get("street"), town, cells.get("state"), cells.get("country"))
    return ", ".join(" ".join(part.split()) for part in parts if part)[:400]


def coordinate(cell: str | None, most: float) -> float | None:
    """Degrees, with a point or a comma."""
    try:
        value = float((cell or "").replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) <= most else None


def joined(known: Place | None, place: Place) -> Place:
    """Two lines about one customer: the first word stands, what it left open is filled, people are added."""
    if known is None:
        return place
    people = {person.id: person for person in (*place.contacts, *known.contacts)}
    return filled(known, msgspec.structs.replace(place, contacts=tuple(people.values())))


def called(name: str, people: Sequence[Person]) -> Person | None:
    return next((each for each in people if folded(each.name) == folded(name)), None)


def filled(known: Place, more: Place) -> Place:
    """`known` with what it did not have; nothing is written over."""
    here = {person.id: person for person in known.contacts}
    for person in more.contacts:
        same = here.get(person.id) or called(person.name, known.contacts)
        if same is None:
            here[person.id] = person
        else:
            here[same.id] = Person(
                id=same.id,
                name=same.name,
                role=same.role or person.role,
                phone=same.phone or person.phone,
                email=same.email or person.email,
            )
    placed = known.lat is not None
    return Place(
        id=known.id,
        name=known.name,
        aliases=known.aliases or more.aliases,
        address=known.address or more.address,
        lat=known.lat if placed else more.lat,
        lon=known.lon if placed else more.lon,
        phone=known.phone or more.phone,
        contacts=tuple(here.values()),
    )
