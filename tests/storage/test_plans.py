"""What is asked again and again reads along an index, on both databases, however much there is."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlmodel import Session

from storage.brief import customer_page
from storage.context import context_for
from storage.customers import Customers
from storage.database import Database
from storage.events import Events
from storage.lookup import Lookup
from storage.memos import Memos
from storage.people import People
from storage.places import fix
from storage.promises import Promises
from storage.queue import Listed
from storage.seeding import Scale, seed
from storage.visits import Visits

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
)
AT = datetime(2026, 3, 10, 18, 5, tzinfo=UTC)
SQLITE_SCAN = re.compile(rf"^SCAN ({'|'.join(LARGE)})$")
POSTGRES_SCAN = re.compile(rf"Seq Scan on ({'|'.join(LARGE)})\b")


def check_in(session: Session) -> None:
    where = fix(25.0, -122.0, 20, 1)
    Visits(session).check_in("v1", rep="rep-1", at=AT, position=where, customer=None, jobs=Listed())


ASKED: dict[str, Callable[[Session], object]] = {
    "check-in": check_in,
    "feed": lambda session: Visits(session).feed(20, Visits(session).feed(20).after),
    "review": lambda session: Visits(session).review(20, Visits(session).review(20).after),
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
    "events": lambda session: (Events(session).after(5), Events(session).latest()),
    "token": lambda session: People(session).identify(People(session).issue("rep-1", "phone")[0]),
}


@pytest.fixture
def grown(database: Database) -> Iterator[Database]:
    seed(database, Scale(customers=300, visits=1500, reps=5), lambda kind, count: None)
    with database.writing() as session:
        check_in(session)
    yield database


def plans(session: Session, ask: Callable[[Session], object]) -> list[str]:
    """Every line of the plans of what `ask` asks."""
    connection = session.connection()
    statements: list[tuple[str, object]] = []

    def keep(conn: object, cursor: object, statement: str, parameters: object, *rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE")):
            statements.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", keep)
    ask(session)
    session.flush()
    event.remove(connection, "before_cursor_execute", keep)
    embedded = connection.dialect.name == "sqlite"
    lines = []
    for statement, parameters in statements:
        prefix = "EXPLAIN QUERY PLAN " if embedded else "EXPLAIN "
        rows = connection.exec_driver_sql(prefix + statement, parameters)
        lines += [str(row[-1]).strip() for row in rows]
    return lines


@pytest.mark.timeout(600)
def test_nothing_reads_a_whole_table(grown: Database) -> None:
    found = {}
    for name, ask in ASKED.items():
        with grown.writing() as session:
            if not grown.embedded:
                session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
            lines = plans(session, ask)
        scan = SQLITE_SCAN if grown.embedded else POSTGRES_SCAN
        found[name] = [line for line in lines if scan.search(line)]
        assert lines, name
    assert {name: lines for name, lines in found.items() if lines} == {}
