"""A customer is found by how its people are called, written to and rung up, and by where it is."""

from datetime import UTC, datetime

import msgspec
import pytest

from storage.crm.aliases import Aliases
from storage.crm.customers import Customers
from storage.crm.world import import_world
from storage.database import Database
from storage.finding.lookup import Lookup
from storage.visits.visits import Visits
from storage.work.queue import Listed

WORLD = {
    "company": "Harvest Lane Foods",
    "timezone": "America/New_York",
    "currency": "USD",
    "region": "US",
    "reps": [{"id": "r1", "name": "Dana Whitfield"}],
    "customers": [
        {
            "id": "c1",
            "name": "Schwarzenbach Catering",
            "aliases": ["Gooseberry Kitchen"],
            "address": "12 Harbor Street, 02110 Boston",
            "phone": "+16175550142",
            "contacts": [
                {"id": "p1", "name": "Robert Haverford", "email": "r.haverford@schwarzenbach.example"},
                {"id": "p2", "name": "Guillermo Ortega", "phone": "+442079460123"},
            ],
        },
        {"id": "c2", "name": "Robert's Garage", "address": "9 Mill Lane, 02139 Cambridge"},
        {"id": "c3", "name": "Haverhill Dental", "phone": "+4930901820"},
    ],
}


@pytest.fixture
def world(database: Database) -> None:
    with database.writing() as session:
        import_world(session, msgspec.json.encode(WORLD))


@pytest.mark.parametrize(
    "typed",
    [
        "shwartzenback katering",
        "Schwarznebach",
        "goosebery kichen",
        "bob haverford",
        "bob haverfrod",
        "memo ortega",
        "R.Haverford@Schwarzenbach.example",
        "haverford@schwarz",
        "harbor street boston",
        "harbour stret",
    ],
)
def test_by_nickname_mail_street_or_a_slip_in_each_word(database: Database, world: None, typed: str) -> None:
    with database.reading() as session:
        hits = Lookup(session).by_name(typed).items
    assert hits[0].customer.id == "c1"


@pytest.mark.parametrize(
    ("dialled", "found"),
    [
        ("+44 (0)20 7946-0123", "c1"),
        ("011 44 20 7946 0123", "c1"),
        ("0044 2079460123", "c1"),
        ("tel:+1-617-555-0142", "c1"),
        ("1 (617) 555.0142", "c1"),
        ("555 0142", "c1"),
        ("٠١٤٢", "c1"),
        ("0049 30 90182-0", "c3"),
    ],
)
def test_by_a_number_in_any_form(database: Database, world: None, dialled: str, found: str) -> None:
    with database.reading() as session:
        assert [hit.customer.id for hit in Lookup(session).by_phone(dialled).items] == [found]


def test_by_what_it_was_heard_as(database: Database, world: None) -> None:
    with database.writing() as session:
        Visits(session).check_in(
            "v1", rep="r1", at=datetime(2026, 3, 10, tzinfo=UTC), position=None, customer="c1", jobs=Listed()
        )
        assert Aliases(session).learn("customer", "c1", "c1", "Black Creek", visit="v1", by="r1")
    with database.reading() as session:
        assert Lookup(session).by_name("black creek").items[0].customer.id == "c1"


def test_a_very_long_question_is_answered(database: Database, world: None) -> None:
    with database.reading() as session:
        assert Lookup(session).by_name("haverford " * 500).items[0].customer.id == "c1"


def test_what_was_taken_away_finds_nobody(database: Database, world: None) -> None:
    with database.writing() as session:
        Customers(session).put_contact("c1", "p1", "Robert Haverford", None, None, "bob@else.example")
        Customers(session).put("c1", "Schwarzenbach Catering", (), None, None, None, None)
    with database.reading() as session:
        assert Lookup(session).by_name("bob@else.example").items[0].customer.id == "c1"
        assert Lookup(session).by_name("harbor street").items == ()
