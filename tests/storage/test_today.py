"""A rep's day: what was done, agreed and promised, and who around there waits."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from nlp.types import Commitment
from storage.crm.companies import Companies
from storage.crm.customers import Customers
from storage.crm.promises import Promises
from storage.database import Database
from storage.finding.places import fix
from storage.pages.today import LONG_AGO, Today, today
from storage.records import Company
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .test_visits import LINKING, REPORT

NOW = datetime(2026, 3, 11, 1, 30, tzinfo=UTC)
"""Half past nine in the evening of the 10th in New York."""


@pytest.fixture
def town(database: Database, rep: str) -> None:
    with database.writing() as session:
        Companies(session).put(Company(name="H", timezone="America/New_York", currency="USD", region="US"))
        customers = Customers(session)
        for number, lat in enumerate((42.360, 42.365, 42.370, 42.375)):
            customers.put(f"c{number + 1}", f"Shop {number + 1}", (), None, lat, -71.053, None)
        customers.put("far", "Far Away", (), None, 45.0, -71.053, None)


def been(
    database: Database,
    jobs: Listed,
    visit: str,
    customer: str | None,
    ago: timedelta,
    *,
    due: str | None = None,
    meeting: str | None = None,
) -> None:
    """A visit so long before NOW, filed with a promise when one is due or a meeting when one was agreed."""
    with database.writing() as session:
        Visits(session).check_in(
            visit,
            rep="r1",
            at=NOW - ago,
            position=fix(42.3601, -71.0531, 10, 1),
            customer=customer,
            jobs=jobs,
        )
        if due is None and meeting is None:
            return
        Memos(session).note(visit, f"n{visit}", text="words", at=NOW - ago, jobs=jobs)
        said = (Commitment(action="send a quote", owner="us", due=due, confidence=0.9),) if due else ()
        report = msgspec.structs.replace(REPORT, customer=customer, commitments=said, next_meeting=meeting)
        linking = msgspec.structs.replace(LINKING, customer=customer)
        assert Reports(session).file(visit, Visits(session).revision(visit), report, linking)


def asked(database: Database, rep: str = "r1") -> Today:
    with database.reading() as session:
        return today(session, rep, NOW)


def test_the_day_is_the_companys(database: Database, town: None, jobs: Listed) -> None:
    been(database, jobs, "early", "c1", timedelta(hours=21))
    been(database, jobs, "late", None, timedelta(minutes=5))
    been(database, jobs, "before", "c2", timedelta(hours=22))
    day = asked(database)
    assert day.day == "2026-03-10"
    assert [stop.visit.id for stop in day.visits] == ["early", "late"]
    assert [(stop.lat, stop.lon) for stop in day.visits] == [(42.36, -71.053), (42.3601, -71.0531)]
    assert asked(database, "m1").visits == ()


def test_promises_of_the_week_and_those_that_are_late(database: Database, town: None, jobs: Listed) -> None:
    for visit, due in (("v1", "2026-03-20"), ("v2", "2026-03-12"), ("v3", "2026-03-01")):
        been(database, jobs, visit, "c1", timedelta(days=9), due=due)
    assert [promise.due for promise in asked(database).promises] == ["2026-03-01", "2026-03-12"]
    assert asked(database, "m1").promises == ()


def test_meetings_ahead_stand_where_the_customer_is(database: Database, town: None, jobs: Listed) -> None:
    for visit, customer, at in (
        ("v1", "c1", "2026-03-10"), ("v2", "c2", "2026-03-10T15:00"), ("v3", "c3", "2026-04-10"),
        ("v4", "c4", "2026-03-09"),
    ):  # fmt: skip
        been(database, jobs, visit, customer, timedelta(days=9), meeting=at)
    found = asked(database).meetings
    assert [(each.customer_name, each.at, each.lat) for each in found] == [
        ("Shop 2", "2026-03-10T15:00", 42.365),
        ("Shop 1", "2026-03-10", 42.36),
    ]


def test_who_waits_around_there(database: Database, town: None, jobs: Listed) -> None:
    been(database, jobs, "v1", "c1", timedelta(hours=1), due="2026-03-12")
    been(database, jobs, "v2", "c2", timedelta(days=3))
    been(database, jobs, "v3", "c3", timedelta(days=3), due="2026-04-30")
    been(database, jobs, "v4", "c4", LONG_AGO + timedelta(days=1))
    waiting = {each.customer: (each.promises, each.last_at) for each in asked(database).waiting}
    assert waiting == {
        "c3": (1, NOW - timedelta(days=3)),
        "c4": (0, NOW - LONG_AGO - timedelta(days=1)),
    }
    with database.writing() as session:
        (promise,) = Promises(session).open(customer="c3")
        Promises(session).done(promise.id, by="r1")
    assert {each.customer for each in asked(database).waiting} == {"c4"}


def test_nobody_was_there_yet(database: Database, town: None, jobs: Listed) -> None:
    been(database, jobs, "v1", "c1", timedelta(hours=1))
    never = {each.customer for each in asked(database).waiting if each.last_at is None}
    assert never == {"c2", "c3", "c4"}
    assert asked(database, "m1").waiting == ()
