"""Many phones' check-ins in one commit: each gets what it would have got alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import errors
from storage.crm.customers import Customers
from storage.database import Database
from storage.events import Events
from storage.finding.places import fix, rank
from storage.records import Visit
from storage.visits.checkins import Arrival, check_in_together
from storage.visits.visits import Visits
from storage.work.queue import Listed

AT = datetime(2026, 3, 10, 18, 5, tzinfo=UTC)
HERE = fix(42.36012, -71.05291, 18, 2)
FAR = fix(42.41, -71.05291, 18, 2)


@pytest.fixture(autouse=True)
def places(database: Database, rep: str) -> None:
    with database.writing() as session:
        Customers(session).put("c1", "Bella Vista", (), None, 42.3601, -71.0530, None)
        Customers(session).put("c2", "The Otter", (), None, 42.3701, -71.0530, None)
        Customers(session).put("c3", "Gone Since", (), None, None, None, None)
        Customers(session).delete("c3")


def arrival(visit: str, **changed: Any) -> Arrival:
    values = {"visit": visit, "rep": "r1", "at": AT, "position": HERE, "customer": None, **changed}
    return Arrival(**values)


def taken(database: Database, jobs: Listed, *sent: Arrival) -> list[tuple[Visit, bool]]:
    answers = check_in_together(database, sent, jobs)
    assert not any(isinstance(each, Exception) for each in answers)
    return answers  # type: ignore[return-value]


def test_all_are_stored_at_once_and_read_back_as_answered(database: Database, jobs: Listed) -> None:
    sent = [
        arrival("v1"),
        arrival("v2", rep="m1", position=FAR),
        arrival("v3", position=None, customer="c2"),
    ]
    answers = taken(database, jobs, *sent)
    assert [created for _, created in answers] == [True, True, True]
    with database.reading() as session:
        for visit, _ in answers:
            assert Visits(session).get(visit.id) == visit
        assert answers[0][0].candidates == rank(session, HERE)
        assert [link.customer for link in answers[1][0].candidates] == ["c2", "c1"]
        assert (answers[2][0].customer_name, answers[2][0].customer_chosen) == ("The Otter", True)
        told = [event.subject for event in Events(session).after(0) if event.kind == "visit"]
    assert sorted(told) == ["v1", "v2", "v3"]


def test_what_is_not_new_is_answered_beside_what_is(database: Database, jobs: Listed) -> None:
    taken(database, jobs, arrival("v1", position=None))
    (more, again), (twice, first), (same, second) = taken(
        database, jobs, arrival("v1"), arrival("v2"), arrival("v2")
    )
    assert (again, first, second) == (False, True, False)
    assert (more.position, same) == (HERE, twice)


def test_one_that_is_refused_keeps_nobody_back(database: Database, jobs: Listed) -> None:
    taken(database, jobs, arrival("v1"))
    answers = check_in_together(
        database,
        [
            arrival("v1", at=AT + timedelta(hours=1)),
            arrival("v2", customer="c9"),
            arrival("v3", customer="c3"),
            arrival("v4", rep="r9"),
            arrival("v5"),
        ],
        jobs,
    )
    kinds = [type(each) for each in answers[:4]]
    unknown = errors.UnknownCustomer
    assert kinds == [errors.VisitDiffers, unknown, unknown, errors.UnknownEmployee]
    assert isinstance(answers[4], tuple)
    with database.reading() as session:
        assert [each.id for each in Visits(session).listing(None).items] == ["v5", "v1"]


def test_a_store_that_is_not_there_answers_all() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(errors.StoreUnavailable):
        check_in_together(database, [arrival("v1"), arrival("v2")], Listed())


def test_check_in_twice_is_one_visit(database: Database, jobs: Listed) -> None:
    where = fix(42.36012, -71.05291, 18, 2)
    for created in (True, False):
        with database.writing() as session:
            check_in = Visits(session).check_in
            visit, new = check_in("v1", rep="r1", at=AT, position=where, customer=None, jobs=jobs)
        assert new is created
    assert visit.state == "open"
    assert visit.candidates[0].customer == "c1"
    assert visit.candidates[0].probability > 0.8
    with database.reading() as session:
        assert [event.subject for event in Events(session).after(0) if event.kind == "visit"] == ["v1"]


def test_check_in_may_add_what_was_unknown_and_not_contradict(database: Database, jobs: Listed) -> None:
    taken(database, jobs, arrival("v1", position=None))
    where = fix(42.36012, -71.05291, 18, 2)
    with database.writing() as session:
        Visits(session).check_in("v1", rep="r1", at=AT, position=where, customer="c1", jobs=jobs)
    with database.reading() as session:
        again = Visits(session).get("v1")
    assert (again.customer, again.customer_chosen, again.position) == ("c1", True, where)
    other = fix(42.5, -71.0, 18, 2)
    for values in (
        {"rep": "m1", "at": AT, "position": None, "customer": None},
        {"rep": "r1", "at": AT + timedelta(hours=1), "position": None, "customer": None},
        {"rep": "r1", "at": AT, "position": other, "customer": None},
        {"rep": "r1", "at": AT, "position": None, "customer": "c2"},
    ):
        with pytest.raises(errors.VisitDiffers), database.writing() as session:
            Visits(session).check_in("v1", jobs=jobs, **values)
    with pytest.raises(errors.UnknownCustomer), database.writing() as session:
        Visits(session).check_in("v2", rep="r1", at=AT, position=None, customer="c9", jobs=jobs)


def test_an_unknown_person_cannot_check_in(database: Database, jobs: Listed) -> None:
    with pytest.raises(errors.UnknownEmployee), database.writing() as session:
        Visits(session).check_in("v1", rep="nobody", at=AT, position=None, customer=None, jobs=jobs)
