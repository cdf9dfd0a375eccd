"""People across customers: joined, moved, and exactly as before when that is taken back."""

import msgspec
import pytest

from nlp.types import Contact
from speech.types import note
from storage import errors
from storage.crm.aliases import Aliases
from storage.crm.customers import Customers
from storage.crm.merging import Merging
from storage.crm.persons import Persons
from storage.database import Database
from storage.finding.lookup import Lookup
from storage.pages.person import PersonPage, elsewhere, person_page
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .test_visits import AT, LINKING, REPORT


@pytest.fixture
def world(database: Database, rep: str, jobs: Listed) -> None:
    with database.writing() as session:
        for ident, name in (("c1", "Bella Vista"), ("c2", "Golden Crust"), ("c3", "The Otter")):
            Customers(session).put(ident, name, (), None, None, None, None)
        Customers(session).put_contact("c1", "p1", "Marco Rinaldi", "chef", "+16175550143", "marco@b.example")
        Customers(session).put_contact("c1", "p2", "M. Rinaldi", None, None, "m@bella.example")
        Customers(session).put_contact("c2", "p1", "Gina Oro", "owner", None, None)
        Aliases(session).give("contact", "p1", "c1", "Marko Rinalty", by="r1")
        met(session, "v1", "c1", "p1", jobs)
        met(session, "v2", "c1", "p2", jobs)


def met(session, visit: str, customer: str, contact: str, jobs: Listed) -> None:  # type: ignore[no-untyped-def]
    Visits(session).check_in(visit, rep="r1", at=AT, position=None, customer=customer, jobs=jobs)
    Memos(session).note(visit, f"n-{visit}", text="said", at=AT, jobs=jobs)
    revision = Memos(session).transcribed(f"n-{visit}", note("said")) or 0
    person = Contact(id=contact, name="Marco", role=None, phone=None, email=None)
    report = msgspec.structs.replace(REPORT, customer=customer, contacts=(person,))
    assert Reports(session).file(visit, revision, report, msgspec.structs.replace(LINKING, customer=customer))


def page(database: Database, customer: str, contact: str) -> PersonPage:
    with database.reading() as session:
        return person_page(session, customer, contact)


def people(database: Database, customer: str) -> dict[str, tuple[str | None, ...]]:
    with database.reading() as session:
        found = Customers(session).get(customer).contacts
        return {each.id: (each.name, each.role, each.phone, each.email) for each in found}


def found(database: Database, asked: str) -> list[str]:
    with database.reading() as session:
        return [hit.customer.id for hit in Lookup(session).by_name(asked).items]


def move(database: Database, to: str = "c2") -> str:
    with database.writing() as session:
        return Persons(session).move("c1", "p1", to, "head chef", "617 555 0143", None, by="r1").id


def test_somebody_changes_employer_and_keeps_the_history(database: Database, world: None) -> None:
    before = people(database, "c1"), people(database, "c2")
    change = move(database)
    assert "p1" not in people(database, "c1")
    (new,) = set(people(database, "c2")) - {"p1"}
    assert people(database, "c2")[new] == ("Marco Rinaldi", "head chef", "+16175550143", None)
    assert "c2" in found(database, "Marco Rinaldi")
    assert found(database, "Marko Rinalty")[0] == "c2"
    told = page(database, "c2", new)
    assert [(at.customer_name, at.role, at.until is None) for at in told.places] == [
        ("Golden Crust", "head chef", True),
        ("Bella Vista", "chef", False),
    ]
    assert [each.id for each in told.moments] == ["v1"]
    assert page(database, "c1", "p1") == told
    with database.reading() as session:
        (left,) = elsewhere(session, "c1")
        (here,) = elsewhere(session, "c2")
    assert (left.name, left.here, left.places[0].customer) == ("Marco Rinaldi", False, "c2")
    assert (here.contact, here.here, here.places[0].customer_name) == (new, True, "Bella Vista")
    with database.writing() as session:
        Persons(session).undo(change)
    assert (people(database, "c1"), people(database, "c2")) == before
    assert found(database, "Marko Rinalty")[0] == "c1"
    with pytest.raises(errors.MergeDiffers), database.writing() as session:
        Persons(session).undo(change)


def test_two_contacts_of_one_customer_become_one(database: Database, world: None) -> None:
    before = people(database, "c1")
    with database.writing() as session:
        change = Persons(session).join(("c1", "p2"), ("c1", "p1"), by="r1")
    assert people(database, "c1") == {"p2": ("M. Rinaldi", "chef", "+16175550143", "m@bella.example")}
    assert {each.id for each in page(database, "c1", "p2").moments} == {"v1", "v2"}
    with database.writing() as session:
        Persons(session).undo(change.id)
    assert people(database, "c1") == before
    assert [each.id for each in page(database, "c1", "p2").moments] == ["v2"]


def test_one_person_at_two_customers(database: Database, world: None) -> None:
    with database.writing() as session:
        change = Persons(session).join(("c1", "p1"), ("c2", "p1"), by="r1")
    assert {at.customer for at in page(database, "c1", "p1").places} == {"c1", "c2"}
    with pytest.raises(errors.SameRecord), database.writing() as session:
        Persons(session).join(("c2", "p1"), ("c1", "p1"), by="r1")
    later = move(database, "c3")
    with pytest.raises(errors.MergeDiffers), database.writing() as session:
        Persons(session).undo(change.id)
    for each in (later, change.id):
        with database.writing() as session:
            Persons(session).undo(each)
    assert [at.customer for at in page(database, "c1", "p1").places] == ["c1"]


def test_a_merge_of_customers_takes_the_places_along(database: Database, world: None) -> None:
    move(database, "c3")
    before = page(database, "c3", "p1")
    with database.writing() as session:
        merged = Merging(session).merge("c2", "c3", by="m1")
    told = page(database, "c3", "p1")  # the number is another person's there
    assert [at.name for at in told.places] == ["Gina Oro"]
    with database.reading() as session:
        (here,) = elsewhere(session, "c2")
    assert (here.name, here.places[0].customer) == ("Marco Rinaldi", "c1")
    with database.writing() as session:
        Merging(session).undo(merged.id)
    assert page(database, "c3", "p1") == before


def test_who_is_deleted_leaves_nothing(database: Database, world: None) -> None:
    change = move(database, "c3")
    with database.writing() as session:
        Customers(session).delete_contact("c3", "p1")
    with pytest.raises(errors.UnknownContact):
        page(database, "c1", "p1")
    with pytest.raises(errors.UnknownMerge), database.writing() as session:
        Persons(session).undo(change)


@pytest.mark.parametrize(
    ("one", "other", "error"),
    [
        (("c1", "p1"), ("c1", "p1"), errors.SameRecord),
        (("c1", "p9"), ("c1", "p1"), errors.UnknownContact),
        (("c9", "p1"), ("c1", "p1"), errors.UnknownCustomer),
    ],
)
def test_what_cannot_be_joined(
    database: Database, world: None, one: tuple[str, str], other: tuple[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error), database.writing() as session:
        Persons(session).join(one, other, by="r1")


def test_nobody_moves_to_where_they_are(database: Database, world: None) -> None:
    with pytest.raises(errors.SameRecord):
        move(database, "c1")
    with pytest.raises(errors.UnknownCustomer):
        move(database, "c9")
