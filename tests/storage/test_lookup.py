"""Customers are found by whatever a person has in hand, and known before a visit is listened to."""

from datetime import UTC, datetime

import msgspec
import pytest

from storage import errors
from storage.crm.catalogue import Catalogue
from storage.crm.companies import Companies
from storage.crm.customers import Customers
from storage.crm.people import People
from storage.crm.world import import_world
from storage.database import Database
from storage.finding.lookup import Lookup
from storage.finding.places import cell, distance_m, fix, nearest, rank
from storage.sheets.imports import import_sheet
from storage.visits.context import context_for
from storage.visits.visits import Visits
from storage.work.queue import Listed

AT = datetime(2026, 3, 10, 18, 5, tzinfo=UTC)
WORLD = {
    "company": "Harvest Lane Foods",
    "timezone": "America/New_York",
    "currency": "USD",
    "region": "US",
    "reps": [{"id": "r1", "name": "Dana Whitfield"}],
    "customers": [
        {
            "id": "c1",
            "name": "Bella Vista Trattoria",
            "aliases": ["Bella Vista"],
            "address": "12 Harbor Street, Boston",
            "lat": 42.3601,
            "lon": -71.0530,
            "phone": "(617) 555-0142",
            "contacts": [
                {
                    "id": "p1",
                    "name": "Marco Rinaldi",
                    "role": "head chef",
                    "phone": "+16175550143",
                    "email": None,
                }
            ],
        },
        {"id": "c2", "name": "Château Söhne", "lat": 42.3611, "lon": -71.0530, "phone": "+442079460123"},
        {"id": "c3", "name": "The Brass Otter", "aliases": ["the Otter"], "lat": 42.40, "lon": -71.10},
        {"id": "c4", "name": "寿司処 あおば", "lat": None, "lon": None},
    ],
    "products": [{"id": "s1", "name": "San Marzano tomatoes", "unit": "case", "price": 32.5}],
    "competitors": [{"name": "Sysco", "aliases": []}],
}


@pytest.fixture
def world(database: Database) -> None:
    with database.writing() as session:
        import_world(session, msgspec.json.encode(WORLD))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("be", "c1"),
        ("BELLA", "c1"),
        ("vist", "c1"),
        ("ratto", "c1"),
        ("bela vista", "c1"),
        ("trat bella", "c1"),
        ("Rinaldy", "c1"),
        ("marco", "c1"),
        ("chateau", "c2"),
        ("shato", "c2"),
        ("otter", "c3"),
        ("the brass odder", "c3"),
        ("寿司", "c4"),
        ("0142", "c1"),
        ("555-01", "c1"),
        ("020 7946", "c2"),
        ("617 555 0143", "c1"),
    ],
)
def test_half_a_name_a_wrong_one_or_some_digits(
    database: Database, world: None, typed: str, found: str
) -> None:
    with database.reading() as session:
        hits = Lookup(session).by_name(typed).items
    assert hits
    assert hits[0].customer.id == found


@pytest.mark.parametrize("typed", ["xyzzy", "", "  ", "%", '"', "a" * 500, "99", "999999"])
def test_what_is_not_there_is_not_found(database: Database, world: None, typed: str) -> None:
    with database.reading() as session:
        assert Lookup(session).by_name(typed).items == ()
        assert Lookup(session).by_phone(typed).items == ()


def test_near_comes_by_distance(database: Database, world: None) -> None:
    with database.reading() as session:
        hits = Lookup(session).near(42.3600, -71.0530, 3).items
    assert [hit.customer.id for hit in hits] == ["c1", "c2", "c3"]
    assert hits[0].distance_m == pytest.approx(11.1, abs=0.2)


def test_everything_comes_by_name_in_pages(database: Database, world: None) -> None:
    with database.reading() as session:
        first = Lookup(session).everything(3)
        rest = Lookup(session).everything(3, first.after)
    assert [hit.customer.id for hit in (*first.items, *rest.items)] == ["c1", "c2", "c3", "c4"]
    assert rest.after is None


def test_a_changed_customer_is_found_as_it_is_now(database: Database, world: None) -> None:
    with database.writing() as session:
        Customers(session).put("c1", "Casa Verde", (), None, None, None, None)
        Customers(session).delete_contact("c1", "p1")
        Customers(session).delete("c3")
    with database.reading() as session:
        lookup = Lookup(session)
        assert [hit.customer.id for hit in lookup.by_name("casa").items] == ["c1"]
        for gone in ("bella", "marco", "otter", "0142"):
            assert lookup.by_name(gone).items == ()
        assert [near.id for near in nearest(session, 42.3601, -71.0530, 9)] == ["c2"]
        with pytest.raises(errors.UnknownCustomer):
            Customers(session).get("c3")
    with database.writing() as session:
        assert Customers(session).put("c3", "The Otter", (), None, None, None, None)[1]


def test_numbers_and_places_are_checked(database: Database, world: None) -> None:
    for values in ({"lat": 91.0, "lon": 0.0}, {"lat": 1.0, "lon": None}):
        with pytest.raises(errors.BadPlace), database.writing() as session:
            Customers(session).put("c9", "X", (), None, phone=None, **values)
    with pytest.raises(errors.BadPhone), database.writing() as session:
        Customers(session).put_contact("c1", "p2", "Ann", None, "call me", None)
    with database.writing() as session:
        contact, new = Customers(session).put_contact("c1", "p2", "Ann", None, "617 555 0199 ext. 7", None)
    assert (contact.phone, new) == ("+16175550199;ext=7", True)


def test_importing_again_changes_nothing(database: Database, world: None) -> None:
    with database.writing() as session:
        before = Customers(session).list().items
        People(session).put("r1", "Dana Whitfield", "manager", True)
        counts = import_world(session, msgspec.json.encode(WORLD))
    assert (counts.customers, counts.contacts, counts.reps) == (4, 1, 1)
    with database.reading() as session:
        assert Customers(session).list().items == before
        assert People(session).get("r1").role == "manager"
        assert Companies(session).get().region == "US"
        assert [each.name for each in Catalogue(session).competitors()] == ["Sysco"]
    for wrong in (b"", b"{}", b"\xff", b"[1]"):
        with pytest.raises(errors.BadWorld), database.writing() as session:
            import_world(session, wrong)


def test_a_list_of_customers_as_csv(database: Database, world: None) -> None:
    lines = (
        "name,aliases,lat,lon,phone,contact,contact_phone\nOak & Iron,Oak;Iron,42.3,-71.0,617 555 0177,Ann,\n"
    )
    lines += "Oak & Iron,,42.3,-71.0,,Bob,617 555 0178\n"
    for _ in range(2):
        with database.writing() as session:
            assert import_sheet(session, lines.encode()).customers == 1
    with database.reading() as session:
        (hit,) = Lookup(session).by_name("oak and iron").items
    assert [contact.name for contact in hit.customer.contacts] == ["Ann", "Bob"]
    with pytest.raises(errors.BadSheet), database.writing() as session:
        import_sheet(session, b"title\nx\n")


def test_place_decides_unless_it_is_vague(database: Database, world: None) -> None:
    with database.reading() as session:
        sharp = rank(session, fix(42.3601, -71.0530, 15, 2))
        vague = rank(session, fix(42.3601, -71.0530, 15, 120))
    assert [link.customer for link in sharp[:2]] == ["c1", "c2"]
    assert sharp[0].probability > 0.9
    assert vague[0].probability < sharp[0].probability
    assert sum(link.probability for link in sharp) < 1
    for wrong in ((91, 0, 10, 0), (0, 181, 10, 0), (0, 0, float("nan"), 0)):
        with pytest.raises(errors.BadPlace):
            fix(*wrong)


def test_the_map_has_no_seams(database: Database, world: None) -> None:
    spots = {
        "date-line": (-17.0, 179.9999),
        "pole": (89.9999, 10.0),
        "south": (-90.0, 0.0),
        "null": (0.0, 0.0),
    }
    with database.writing() as session:
        for name, (lat, lon) in spots.items():
            Customers(session).put(name, name, (), None, lat, lon, None)
    asked = {
        "date-line": (-17.0, -179.9999),
        "pole": (89.9999, -170.0),
        "south": (-90.0, 180.0),
        "null": (-0.0001, -0.0001),
    }
    with database.reading() as session:
        for name, (lat, lon) in asked.items():
            assert nearest(session, lat, lon, 1)[0].id == name
    assert distance_m(0, 0, 0, 180) == pytest.approx(20_015_115, abs=10)
    assert cell(None, None) is None


def test_what_is_known_before_listening(database: Database, world: None) -> None:
    with database.writing() as session:
        where = fix(42.3601, -71.0530, 15, 2)
        Visits(session).check_in("v1", rep="r1", at=AT, position=where, customer=None, jobs=Listed())
        Visits(session).check_in("v2", rep="r1", at=AT, position=None, customer="c4", jobs=Listed())
    with database.reading() as session:
        context = context_for(session, "v1", "I was at the brass oter and met Mister Rinaldi")
        blind = context_for(session, "v2", "")
        with pytest.raises(errors.UnknownVisit):
            context_for(session, "v9", "")
    assert [each.id for each in context.customers][:2] == ["c1", "c2"]
    assert {each.id for each in context.customers} == {"c1", "c2", "c3", "c4"}
    assert context.customers[0].place_probability > 0.9
    assert (context.rep, context.region, context.products[0].id) == ("Dana Whitfield", "US", "s1")
    assert (blind.customers[0].id, blind.customers[0].chosen) == ("c4", True)
    assert {each.id for each in blind.customers} == {"c1", "c2", "c3", "c4"}  # few: any may be spoken of
