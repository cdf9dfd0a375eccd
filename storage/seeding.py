"""A large, made-up company, to measure how everything behaves when years have passed. Names are invented.

Same seed, same company. Rows are written in bulk, by the same table definitions and the same index terms.
"""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import MetaData, Table, insert
from sqlmodel import Session, SQLModel

from storage.crm.customers import WRITTEN, keys_of, terms_of
from storage.crm.people import People
from storage.database import Database
from storage.desk.rebuilding import count_all
from storage.finding.naming import fold
from storage.finding.places import cell
from storage.finding.vocabulary import keep_words
from storage.records import Contact, Customer
from storage.tables.customers import ContactRow, CustomerRow, KeyRow, TermRow
from storage.tables.metadata import METADATA
from storage.tables.social import TopicRow
from storage.tables.visits import PromiseRow, VisitRow
from storage.work.jobs import KEPT, QUEUE, VERSION, WORKFLOW

BATCH = 2_000
FIRST = datetime(2020, 1, 1, 8, tzinfo=UTC)
CITIES = tuple((25.0 + (number * 37) % 24, -122.0 + (number * 91) % 50) for number in range(60))
"""Where customers cluster: degrees of latitude and longitude."""
STARTS = (
    "Bel",
    "Cor",
    "Dun",
    "Fal",
    "Gar",
    "Hol",
    "Ken",
    "Lar",
    "Mor",
    "Nor",
    "Pem",
    "Quin",
    "Ros",
    "Sal",
    "Tor",
)
MIDDLES = ("", "a", "ber", "den", "ing", "la", "mo", "ri", "ster", "ver")
ENDS = ("by", "dale", "ford", "ham", "ley", "mont", "ridge", "ton", "vale", "wick", "worth", "stead")
KINDS = ("Tavern", "Bistro", "Market", "Grill", "Clinic", "Bakery", "Taproom", "Deli", "Hotel", "Kitchen")
OUTCOMES = ("order", "interested", "follow_up", "complaint", "lost", "no_contact", "routine")


STEPS = ("transcribe", "extract", "link_customer", "file_report")


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    customers: int = 200_000
    visits: int = 1_000_000
    jobs: int = 0
    """Finished ones, of the last week."""
    reps: int = 200
    seed: int = 7


def seed(database: Database, scale: Scale, progress: Callable[[str, int], None]) -> None:
    """Write everything that is not there yet; `progress` is told the kind and how many are written."""
    chance = random.Random(scale.seed)
    with database.writing() as session:
        for number in range(scale.reps):
            People(session).put(f"rep-{number}", f"{_word(chance)} {_word(chance)}", "rep", True)
    number = 0
    for batch in _batches(_customers(chance, scale.customers)):
        with database.writing() as session:
            _write_customers(session, batch, number * 8)
        number += len(batch)
        progress("customers", number)
    count_on(database)
    written = 0
    for visits in _batches(_visits(chance, scale)):
        with database.writing() as session:
            _bulk(session, VisitRow, visits)
            _bulk(session, PromiseRow, list(_promises(visits)))
            _bulk(session, TopicRow, list(_topics(visits)))
        written += len(visits)
        progress("visits", written)
    with database.writing() as session:
        count_all(session)
    finish_jobs(database, scale.jobs)
    progress("finished jobs", scale.jobs)
    analyse(database)


def finish_jobs(database: Database, count: int) -> None:
    for jobs in _batches(_finished(count)):
        with database.writing() as session:
            _write_finished(session, jobs)


def count_on(database: Database) -> None:
    """Terms were written with their numbers; PostgreSQL hands out the next ones from a counter of its own."""
    if not database.embedded:
        with database.engine.begin() as connection:
            connection.exec_driver_sql(
                "SELECT setval(pg_get_serial_sequence('term', 'id'), coalesce(max(id), 1)) FROM term"
            )


def analyse(database: Database) -> None:
    """As after a while: the planner knows how much there is, on SQLite in our tables; vacuum was there."""
    if database.embedded:
        with database.engine.begin() as connection:
            for name in METADATA.tables:
                connection.exec_driver_sql(f'ANALYZE "{name}"')
        return
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _customers(chance: random.Random, count: int) -> Iterator[Customer]:
    for number in range(count):
        lat, lon = CITIES[number % len(CITIES)]
        ident = f"seed-{number}"
        person = Contact(
            id="p",
            customer=ident,
            name=f"{_word(chance)} {_word(chance)}",
            role="owner",
            phone=f"+1{chance.randrange(2_000_000_000, 9_999_999_999)}",
            email=None,
        )
        yield Customer(
            id=ident,
            name=f"The {_word(chance)} {chance.choice(KINDS)}",
            aliases=(),
            address=None,
            lat=round(lat + chance.gauss(0, 0.12), 6),
            lon=round(lon + chance.gauss(0, 0.12), 6),
            phone=f"+1{chance.randrange(2_000_000_000, 9_999_999_999)}",
            contacts=(person,),
        )


def _write_customers(session: Session, batch: list[Customer], first_term: int) -> None:
    rows, people, terms, keys = [], [], [], []
    for each in batch:
        rows.append(
            {
                "id": each.id,
                "name": each.name,
                "sort_name": fold(each.name),
                "aliases": each.aliases,
                "lat": each.lat,
                "lon": each.lon,
                "cell": cell(each.lat, each.lon),
                "phone": each.phone,
            }
        )
        people += [{**msgspec.structs.asdict(one), "place": 1} for one in each.contacts]
        for term in terms_of(each):
            first_term += 1
            terms.append({**term, "id": first_term})
            keys += keys_of(terms[-1])
    for table, values in ((CustomerRow, rows), (ContactRow, people), (TermRow, terms), (KeyRow, keys)):
        _bulk(session, table, values)
    keep_words(session, (key["key"] for key in keys if key["kind"] in WRITTEN))


def _visits(chance: random.Random, scale: Scale) -> Iterator[dict[str, Any]]:
    for number in range(scale.visits):
        at = FIRST + timedelta(minutes=3 * number)
        waits = number >= scale.visits - 200
        yield {
            "id": str(UUID(int=chance.getrandbits(128), version=4)),
            "kind": "visit",
            "rep": f"rep-{number % scale.reps}",
            "at": at,
            "updated_at": at + timedelta(minutes=1),
            "state": "needs_review" if waits or number % 50 == 0 else "approved",
            "revision": 1,
            "filed_revision": 1,
            "customer": f"seed-{chance.randrange(scale.customers)}",
            "customer_chosen": False,
            "candidates": (),
            "outcome": chance.choice(OUTCOMES),
            "summary": "Ordered 5 kegs and asked for a visit next week.",
            "doubts": (),
        }


def _promises(visits: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """At every second visit one, every tenth of them a complaint; one in ten is still open, some without a
    day, the others long overdue."""
    for number, visit in enumerate(visits[::2]):
        is_open, complaint = number % 10 < 1, number % 100 < 10
        due = None if complaint or number % 20 < 10 else (visit["at"] + timedelta(days=7)).date().isoformat()
        yield {
            "id": f"{visit['id']}-p",
            "kind": "complaint" if complaint else "promise",
            "visit": visit["id"],
            "rep": visit["rep"],
            "customer": visit["customer"],
            "action": "the last delivery was late" if complaint else "send the spring prices",
            "owner": "us",
            "due": due,
            "said_at": visit["at"],
            "evidence": (),
            "holder": visit["rep"],
            "lane": 0 if due else 1 if complaint else 2,
            "done_at": None if is_open else visit["at"] + timedelta(days=2),
        }


def _topics(visits: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for visit in visits:
        for kind, subject in (("employee", visit["rep"]), ("customer", visit["customer"])):
            yield {"visit": visit["id"], "kind": kind, "subject": subject, "at": visit["updated_at"]}


def _finished(count: int) -> Iterator[dict[str, Any]]:
    """As the job engine remembers them, the newest a minute old."""
    now_ms = int(datetime.now(UTC).timestamp() * 1000)
    every_ms = int(KEPT.total_seconds() * 1000 / max(1, count))
    for number in range(count):
        began_ms = now_ms - 60_000 - number * every_ms
        yield {
            "workflow_uuid": f"seed-{number}/visit/{number:012d}",
            "status": "SUCCESS",
            "name": WORKFLOW,
            "queue_name": QUEUE,
            "application_version": VERSION,
            "executor_id": "seed",
            "created_at": began_ms,
            "updated_at": began_ms + 4_000,
            "started_at_epoch_ms": began_ms + 100,
            "completed_at": began_ms + 4_000,
            "priority": 1 + number % 60,
            "recovery_attempts": 1,
        }


def _write_finished(session: Session, jobs: list[dict[str, Any]]) -> None:
    """Into the engine's own tables, which are not ours to declare."""
    schema = None if session.get_bind().dialect.name == "sqlite" else "dbos"
    work, steps = (
        Table(name, MetaData(schema=schema), autoload_with=session.connection())
        for name in ("workflow_status", "operation_outputs")
    )
    _fill(session, work, jobs)
    taken = [
        {"workflow_uuid": job["workflow_uuid"], "function_id": number, "function_name": name}
        for job in jobs
        for number, name in enumerate(STEPS, 1)
    ]
    _fill(session, steps, taken)


def _bulk(session: Session, rows: type[SQLModel], values: list[dict[str, Any]]) -> None:
    _fill(session, rows.__table__, values)  # type: ignore[attr-defined]


def _fill(session: Session, table: Table, values: list[dict[str, Any]]) -> None:
    """All have the same columns. PostgreSQL takes them as a stream: several times as fast as inserts."""
    dialect, connection = session.get_bind().dialect, session.connection()
    if dialect.name == "sqlite":
        connection.execute(insert(table), values)
        return
    known = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in values[0]}
    names = ", ".join(f'"{name}"' for name in known)
    into = f"COPY {table.fullname} ({names}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for row in values:
            copy.write_row([ready(row[name]) if ready else row[name] for name, ready in known.items()])


def _batches(items: Iterator[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _word(chance: random.Random) -> str:
    return chance.choice(STARTS) + chance.choice(MIDDLES) + chance.choice(ENDS)
