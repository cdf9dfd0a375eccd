"""What corrections leave behind: names as they were misheard, clauses with what they are."""

import pytest

from nlp.types import (
    Competitor,
    Contact,
    Decided,
    Evidence,
    Feedback,
    Fields,
    Linking,
    Order,
    Report,
)  # fmt: skip
from storage.crm.aliases import Aliases
from storage.crm.catalogue import Catalogue
from storage.crm.customers import Customers
from storage.database import Database
from storage.errors import UnknownAlias
from storage.learning.examples import Examples
from storage.visits.context import context_for, said
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .test_visits import AT

TEXT = "Saw Meers at Hillside Clinic. She takes four blue glovs. Grim Supply were there. The lids leak."


def at(words: str) -> tuple[Evidence, ...]:
    start = TEXT.index(words)
    return (Evidence(memo="n1", start=start, end=start + len(words), start_s=None, end_s=None),)


SURE = Decided(confidence=0.9, evidence=())
MEERS = Contact(
    id=None, name="Meers", role=None, phone=None, email=None, confidence=0.7, evidence=at("Meers")
)
GLOVES = Order(
    product=None, name="blue glovs", quantity=4, unit=None, unit_price=None, confidence=0.7,
    evidence=at("four blue glovs"),
)  # fmt: skip
LIDS = Feedback(kind="idea", text="The lids leak", confidence=0.6, evidence=at("The lids leak"))
REPORT = Report(
    customer="c1", new_customer=None, outcome="order", summary="", contacts=(MEERS,), orders=(GLOVES,),
    amounts=(), commitments=(), next_meeting=None,
    competitors=(Competitor(name="Grim Supply", evidence=at("Grim Supply")),), feedback=(LIDS,), personal=(),
    fields=Fields(customer=SURE, outcome=SURE, next_meeting=SURE), doubts=(),
)  # fmt: skip
LINKING = Linking(customer="c1", new_customer=None, decided=SURE, candidates=(), contacts=())


@pytest.fixture
def filed(database: Database, rep: str, jobs: Listed) -> str:
    """Visit v1 with a report that misheard every name."""
    with database.writing() as session:
        for ident, name in (("c1", "Harcourt House"), ("c2", "Elm Lodge")):
            Customers(session).put(ident, name, (), None, None, None, None)
        Customers(session).put_contact("c1", "p1", "Mia Doyle", "nurse", None, None)
        Customers(session).put_contact("c1", "p2", "Greta Meersmann", None, None, None)
        Catalogue(session).put_product("s1", "Nitrile gloves blue", (), "box", 5.0)
        Catalogue(session).put_competitor("Grimm Supplies", ())
        Visits(session).check_in("v1", rep=rep, at=AT, position=None, customer=None, jobs=jobs)
        Memos(session).note("v1", "n1", text=TEXT, at=AT, jobs=jobs)
        revision = Visits(session).revision("v1")
        assert Reports(session).file("v1", revision, REPORT, LINKING)
    return "v1"


def correct(database: Database, jobs: Listed, **patch: object) -> None:
    with database.writing() as session:
        Reports(session).correct("v1", patch, by="m1", jobs=jobs)


def heard(database: Database) -> set[tuple[str, str, str]]:
    with database.reading() as session:
        return {(each.kind, each.record, each.heard) for each in Aliases(session).list().items}


def test_a_corrected_name_becomes_what_the_record_is_heard_as(
    database: Database, jobs: Listed, filed: str
) -> None:
    correct(
        database,
        jobs,
        contacts=[{"id": "p1", "name": "Mia Doyle", "role": None, "phone": None, "email": None}],
        orders=[{"product": "s1", "name": "Gloves", "quantity": 4, "unit": None, "unit_price": None}],
        competitors=[{"name": "Grimm Supplies"}],
    )  # fmt: skip
    assert heard(database) == {
        ("contact", "p1", "Meers"),
        ("product", "s1", "blue glovs"),
        ("competitor", "Grimm Supplies", "Grim Supply"),
    }
    with database.reading() as session:
        context = context_for(session, "v1", "Harcourt House")
    (customer,) = [each for each in context.customers if each.id == "c1"]
    assert {each.id: each.heard for each in customer.contacts} == {"p1": ("Meers",), "p2": ()}
    assert [each.heard for each in (*context.products, *context.competitors)] == [
        ("blue glovs",),
        ("Grim Supply",),
    ]


def test_a_name_that_is_taken_is_not_learned(database: Database, rep: str, filed: str) -> None:
    taken = (
        ("contact", "p1", "c1", "Greta"),
        ("customer", "c1", "c1", "Elm Lodge"),
        ("product", "s1", None, "nitrile gloves, blue"),
        ("competitor", "Grimm Supplies", None, "40"),
        ("contact", "p1", "c1", "a whole sentence is nobody's name"),
    )
    with database.writing() as session:
        learned = [Aliases(session).learn(*each, visit="v1", by=rep) for each in taken]  # type: ignore[arg-type]
    assert learned == [False] * len(taken)
    assert heard(database) == set()


def test_a_customer_is_found_by_what_it_was_heard_as_until_that_is_taken_back(
    database: Database, jobs: Listed, filed: str
) -> None:
    with database.writing() as session:
        Aliases(session).learn("customer", "c1", "c1", "Archet Mouse", visit="v1", by="m1")
    with database.reading() as session:
        assert said(session, "I was at archet mouse", 5) == ["c1"]
        (alias,) = Aliases(session).list().items
    with database.writing() as session:
        Aliases(session).delete(alias.id)
    with database.reading() as session:
        assert said(session, "I was at archet mouse", 5) == []
    with database.writing() as session, pytest.raises(UnknownAlias):
        Aliases(session).delete(alias.id)


def test_a_chosen_customer_is_what_was_taken_for_a_new_one(
    database: Database, jobs: Listed, filed: str
) -> None:
    with database.writing() as session:
        Reports(session).correct("v1", {"new_customer": "Archet Mouse"}, by="m1", jobs=jobs)
        Reports(session).correct("v1", {"customer": "c2"}, by="m1", jobs=jobs)
    assert heard(database) == {("customer", "c2", "Archet Mouse")}


def test_a_corrected_clause_is_kept_as_an_example(database: Database, jobs: Listed, filed: str) -> None:
    correct(database, jobs, feedback=[{"kind": "complaint", "text": LIDS.text, "evidence": _sent(LIDS)}])
    with database.reading() as session:
        assert [(e.kind, e.text) for e in Examples(session).newest()] == [("complaint", "The lids leak")]
    correct(database, jobs, feedback=[])
    with database.reading() as session:
        assert [e.kind for e in Examples(session).newest()] == ["other"]


def test_the_list_is_paged(database: Database, filed: str) -> None:
    with database.writing() as session:
        for number in ("one", "two", "three"):
            Aliases(session).learn("customer", "c1", "c1", f"Archet {number}", visit="v1", by="m1")
    with database.reading() as session:
        first = Aliases(session).list(2)
        rest = Aliases(session).list(2, first.after)
    assert len(first.items) == 2
    assert [len(rest.items), rest.after] == [1, None]
    assert len({each.heard for each in (*first.items, *rest.items)}) == 3


def _sent(item: Feedback) -> list[dict[str, object]]:
    return [
        {"memo": e.memo, "start": e.start, "end": e.end, "start_s": None, "end_s": None}
        for e in item.evidence
    ]
