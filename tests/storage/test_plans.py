"""What is asked again and again reads along an index, on both databases, however much there is."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlmodel import Session

from storage.crm.customers import Customers
from storage.crm.people import People
from storage.crm.promises import Promises
from storage.database import Database
from storage.desk.approving import Approving
from storage.desk.comparing import compare
from storage.desk.review import review, sure
from storage.desk.silent import silent
from storage.events import Events
from storage.finding.lookup import Lookup
from storage.finding.places import fix
from storage.pages.brief import customer_page
from storage.paging import cursor
from storage.seeding import Scale, seed
from storage.visits.context import context_for
from storage.visits.memos import Memos
from storage.visits.visits import Visits
from storage.waiting.letters import Letters
from storage.waiting.queue import Queue, Whose, lift
from storage.work.jobs import QUEUE, VERSION, Jobs
from storage.work.queue import Listed

ENGINE = ("workflow_status", "operation_outputs")
"""The job engine's own tables."""
LARGE = (
    "visit",
    "customer",
    "contact",
    "term",
    "term_key",
    "memo",
    "report",
    "promise",
    "event",
    "correction",
    "device",
    "letter",
    *ENGINE,
)
ORDERED = (
    "feed",
    "review",
    "review by weight",
    "review by doubt",
    "sure",
    "silent",
    "a rep's visits",
    "timeline",
    "promises",
    "a rep's promises",
    "all promises",
    "queue",
    "my queue",
    "letters",
    "events",
)
"""What an index holds in the order in which it is shown, so that a page costs the same however many there
are. Customers have it too, but their people are then sorted by customer."""
AT = datetime(2026, 3, 10, 18, 5, tzinfo=UTC)
DAY = AT.date()
SQLITE_SCAN = re.compile(rf"^SCAN ({'|'.join(LARGE)})$")
SQLITE_SORT, POSTGRES_SORT = re.compile("TEMP B-TREE FOR ORDER BY"), re.compile(r"\bSort\b")
POSTGRES_SCAN = re.compile(rf"Seq Scan on ({'|'.join(LARGE)})\b")


def check_in(session: Session) -> None:
    where = fix(25.0, -122.0, 20, 1)
    Visits(session).check_in("v1", rep="rep-1", at=AT, position=where, customer=None, jobs=Listed())


def waiting(session: Session, whose: Whose) -> None:
    """Each of the three turns, from its beginning and from somewhere within."""
    Queue(session).page("rep-1", whose, "us", 20)
    for turn, due in (("due", "2026-03-10"), ("complaint", ""), ("turn", "")):
        Queue(session).page("rep-1", whose, "us", 20, cursor(turn, due, AT.isoformat(), "x"))


ASKED: dict[str, Callable[[Session], object]] = {
    "check-in": check_in,
    "feed": lambda session: Visits(session).feed(20, Visits(session).feed(20).after),
    "review": lambda session: review(session, "newest", 20, review(session, "newest", 20).after),
    "review by weight": lambda session: review(session, "weight", 20, review(session, "weight", 20).after),
    "review by doubt": lambda session: review(session, "doubt", 20, review(session, "doubt", 20).after),
    "sure": lambda session: (sure(session, 20, sure(session, 20).after), Approving(session).sure()),
    "compared": lambda session: compare(session, "region", DAY, DAY + timedelta(days=90), 8, AT),
    "silent": lambda session: silent(session, AT, rep="rep-1", after=silent(session, AT, limit=2).after),
    "a rep's visits": lambda session: Visits(session).listing(
        "rep-1", 20, Visits(session).listing("rep-1", 2).after
    ),
    "timeline": lambda session: Visits(session).timeline("seed-1", 20),
    "customer": lambda session: customer_page(session, "seed-1"),
    "customers": lambda session: Customers(session).list(20, Customers(session).list(2).after),
    "name": lambda session: Lookup(session).by_name("belby"),
    "wrong name": lambda session: Lookup(session).by_name("the norwich taverne"),
    "digits": lambda session: Lookup(session).by_phone("4711"),
    "near": lambda session: Lookup(session).near(25.0, -122.0),
    "context": lambda session: context_for(session, "v1", "I was at the Norridge Tavern"),
    "note": lambda session: Memos(session).note("v1", "n1", text="x", at=AT, jobs=Listed()),
    "visit": lambda session: Visits(session).get("v1"),
    "promises": lambda session: Promises(session).open(customer="seed-1"),
    "a rep's promises": lambda session: Promises(session).open(holder="rep-1"),
    "all promises": lambda session: Promises(session).open(),
    "queue": lambda session: waiting(session, "all"),
    "my queue": lambda session: waiting(session, "mine"),
    "what became due": lambda session: lift(session, None),
    "letters": lambda session: (Letters(session).log(), Letters(session).waiting(), Letters(session).claim()),
    "events": lambda session: (Events(session).after(5), Events(session).latest()),
    "token": lambda session: People(session).identify(People(session).issue("rep-1", "phone")[0]),
}


@pytest.fixture
def grown(database: Database) -> Iterator[Database]:
    seed(database, Scale(customers=300, visits=1500, reps=5), lambda kind, count: None)
    with database.writing() as session:
        check_in(session)
    yield database


Statements = list[tuple[str, Any]]


@contextmanager
def overheard(where: Connection | Engine) -> Iterator[Statements]:
    """What is asked there meanwhile."""
    statements: Statements = []

    def keep(conn: object, cursor: object, statement: str, parameters: object, *rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE")):
            statements.append((statement, parameters))

    event.listen(where, "before_cursor_execute", keep)
    yield statements
    event.remove(where, "before_cursor_execute", keep)


def plans(session: Session, statements: Statements, *without: str) -> list[str]:
    """Every line of their plans; PostgreSQL does `without` what it can, however small the tables are."""
    connection = session.connection()
    embedded = connection.dialect.name == "sqlite"
    for each in () if embedded else without:
        connection.exec_driver_sql(f"SET LOCAL enable_{each} = off")
    lines = []
    for statement, parameters in statements:
        prefix = "EXPLAIN QUERY PLAN " if embedded else "EXPLAIN "
        rows = connection.exec_driver_sql(prefix + statement, parameters)
        lines += [str(row[-1]).strip() for row in rows]
    return lines


def asked(grown: Database, name: str, *without: str) -> list[str]:
    """The plans of one question."""
    with grown.writing() as session:
        with overheard(session.connection()) as statements:
            ASKED[name](session)
            session.flush()
        return plans(session, statements, *without)


@pytest.mark.timeout(600)
def test_nothing_reads_a_whole_table(grown: Database) -> None:
    scan = SQLITE_SCAN if grown.embedded else POSTGRES_SCAN
    found = {name: asked(grown, name, "seqscan") for name in ASKED}
    assert all(found.values())
    assert {name: lines for name, lines in found.items() if any(map(scan.search, lines))} == {}


@pytest.mark.timeout(600)
def test_no_list_is_sorted_for_a_page(grown: Database) -> None:
    sort = SQLITE_SORT if grown.embedded else POSTGRES_SORT
    found = {name: asked(grown, name, "seqscan", "sort", "bitmapscan") for name in ORDERED}
    assert {name: lines for name, lines in found.items() if any(map(sort.search, lines))} == {}


@pytest.fixture
def busy(database: Database) -> Iterator[Jobs]:
    """With finished work, and three visits that wait."""
    with closing(Jobs(database)) as jobs:
        forget_all(jobs)
        seed(database, Scale(customers=10, visits=10, jobs=300, reps=5), lambda kind, count: None)
        with database.writing() as session:
            for length_s in (40.0, 5.0, 20.0):
                jobs.enqueue(session, f"waits-{length_s}", None, length_s)
        yield jobs
        forget_all(jobs)


def forget_all(jobs: Jobs) -> None:
    """On PostgreSQL other tests' work is there too."""
    jobs.client.delete_workflows([each.workflow_id for each in jobs.client.list_workflows()])


def claim(jobs: Jobs) -> list[str]:
    """The next piece of work, as a worker takes it."""
    jobs.client.register_queue(QUEUE, worker_concurrency=1)
    queue = jobs.client.retrieve_queue(QUEUE)
    assert queue is not None
    claimed, _ = jobs.client._sys_db.start_queued_workflows(queue, "me", VERSION, None)
    return claimed


def test_work_is_found_along_an_index(busy: Jobs) -> None:
    """The next piece, what dead workers left, and what the reconciler asks."""
    with overheard(busy.client._sys_db.engine) as statements:
        (claimed,) = claim(busy)
        busy.client.list_workflows(status="PENDING", load_input=False, load_output=False)
        assert busy._under_way() == {"waits-40.0", "waits-5.0", "waits-20.0"}
    assert claimed.startswith("waits-5.0/")
    scan = re.compile(r"^SCAN main\.workflow_status") if busy.database.embedded else POSTGRES_SCAN
    with busy.database.reading() as session:
        lines = plans(session, statements, "seqscan")
    assert any("workflow_status" in line for line in lines)
    assert [line for line in lines if scan.search(line)] == []


def test_a_made_up_company_goes_on_growing(grown: Database) -> None:
    with grown.writing() as session:
        Customers(session).put("c1", "The Brass Otter", (), None, None, None, None)
    with grown.reading() as session:
        assert Lookup(session).by_name("brass otter").items[0].customer.id == "c1"
