"""Who is found, and how fast, in a crowd: by Rounds, by plain LIKE and by the database's plain text search.

    lookup.py [--database sqlite|URL] [--customers 200000] [--asked 200] [--plain 20] [--kept FOLDER]

Each customer has three contacts and, on average, five visits. A question counts as answered when the customer
it means is among the first three. Times are those of the call that the web makes, its session included.
"""

import argparse
import contextlib
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from crowd import Crowd, Question
from ground import databases, ground, kept, say
from sqlalchemy import text
from sqlmodel import Session, select

from storage import seeding
from storage.crm.customers import WRITTEN, keys_of, terms_of
from storage.crm.people import People
from storage.database import Database
from storage.finding.lookup import Lookup
from storage.finding.naming import digits, fold
from storage.finding.places import cell
from storage.finding.vocabulary import near_keys
from storage.tables.customers import ContactRow, CustomerRow, KeyRow, NearRow, TermRow
from storage.tables.visits import VisitRow
from storage.work.jobs import Jobs

FIRST = 3
BATCH = 5_000
VISITS = 5
JOBS = 10
"""Visits to one finished job that is still remembered."""
SHORTEST = 2
"""Letters of a word that plain text search is asked for."""

LIKE = (
    "SELECT id FROM customer WHERE lower(name) LIKE :q OR lower(aliases) LIKE :q OR lower(address) LIKE :q "
    "OR phone LIKE :q OR id IN (SELECT customer FROM contact WHERE lower(name) LIKE :q "
    "OR lower(email) LIKE :q OR phone LIKE :q) LIMIT 3"
)
PLAIN = {
    "sqlite": (
        "CREATE VIRTUAL TABLE plain USING fts5(customer UNINDEXED, body)",
        None,
        "SELECT customer FROM plain WHERE plain MATCH :q ORDER BY rank LIMIT 3",
    ),
    "postgresql": (
        "CREATE TABLE plain (customer text, body text)",
        "CREATE INDEX plain_words ON plain USING gin (to_tsvector('simple', body))",
        "SELECT customer FROM plain, to_tsquery('simple', :q) AS asked "
        "WHERE to_tsvector('simple', body) @@ asked "
        "ORDER BY ts_rank(to_tsvector('simple', body), asked) DESC LIMIT 3",
    ),
}
TRIGRAMS = {
    "sqlite": (
        ("DROP TRIGGER term_added",),
        (
            "INSERT INTO term_grams(term_grams) VALUES ('rebuild')",
            "CREATE TRIGGER term_added AFTER INSERT ON term BEGIN "
            "INSERT INTO term_grams(rowid, text) VALUES (new.id, new.text); END",
        ),
    ),
    "postgresql": (
        ("DROP INDEX ix_term_grams",),
        ("CREATE INDEX ix_term_grams ON term USING gin (text gin_trgm_ops)",),
    ),
}


def run(database: Database, *statements: str | None) -> None:
    with database.engine.begin() as connection:
        for statement in filter(None, statements):
            connection.exec_driver_sql(statement)


def settle(database: Database, crowd: Crowd) -> None:
    """Writes the crowd, five visits each, and the plain index beside ours."""
    began, kind = time.monotonic(), "sqlite" if database.embedded else "postgresql"
    run(database, PLAIN[kind][0], *TRIGRAMS[kind][0])
    words: set[str] = set()
    number = 0
    for start in range(0, len(crowd.customers), BATCH):
        number = write(database, crowd.customers[start : start + BATCH], number, words)
    near = [{"key": key, "word": word} for word in sorted(words) for key in near_keys(word)]
    with database.writing() as session:
        seeding._bulk(session, NearRow, near)
        for rep in range(200):
            People(session).put(f"rep-{rep}", f"Rep {rep}", "rep", True)
    run(database, PLAIN[kind][1], *TRIGRAMS[kind][1])
    scale = seeding.Scale(customers=len(crowd.customers), visits=VISITS * len(crowd.customers))
    for visits in seeding._batches(seeding._visits(crowd.chance, scale)):
        with database.writing() as session:
            named = ({**each, "customer": each["customer"].replace("seed", "crowd")} for each in visits)
            seeding._bulk(session, VisitRow, list(named))
    seeding.count_on(database)
    seeding.finish_jobs(database, scale.visits // JOBS)
    seeding.analyse(database)
    say(f"{len(crowd.customers)} customers, {scale.visits} visits made in {time.monotonic() - began:.0f} s")


def write(database: Database, batch: Sequence, number: int, words: set[str]) -> int:  # type: ignore[type-arg]
    rows, people, terms, keys, plain = [], [], [], [], []
    for each in batch:
        rows.append({
            "id": each.id, "name": each.name, "sort_name": fold(each.name), "aliases": each.aliases,
            "address": each.address, "lat": each.lat, "lon": each.lon, "cell": cell(each.lat, each.lon),
            "phone": each.phone,
        })  # fmt: skip
        for place, one in enumerate(each.contacts):
            people.append({
                "customer": one.customer, "id": one.id, "place": place, "name": one.name, "role": one.role,
                "phone": one.phone, "email": one.email,
            })  # fmt: skip
        for term in terms_of(each):
            number += 1
            terms.append({**term, "id": number})
            keys += keys_of(terms[-1])
        known = [each.name, *each.aliases, each.address, digits(each.phone)]
        known += [part for one in each.contacts for part in (one.name, one.email, digits(one.phone))]
        plain.append({"customer": each.id, "body": " ".join(known)})
    words |= {key["key"] for key in keys if key["kind"] in WRITTEN}
    with database.writing() as session:
        for table, values in ((CustomerRow, rows), (ContactRow, people), (TermRow, terms), (KeyRow, keys)):
            seeding._bulk(session, table, values)
        session.connection().execute(
            text("INSERT INTO plain(customer, body) VALUES (:customer, :body)"), plain
        )
    return number


def ours(session: Session, kind: str, asked: str) -> list[str]:
    lookup = Lookup(session)
    if kind == "place":
        lat, lon = map(float, asked.split(","))
        return [hit.customer.id for hit in lookup.near(lat, lon, 20).items]
    page = lookup.by_phone(asked) if kind.startswith("phone") else lookup.by_name(asked)
    return [hit.customer.id for hit in page.items]


def like(session: Session, kind: str, asked: str) -> list[str]:
    wanted = digits(asked) if kind.startswith("phone") else asked.lower()
    return [row[0] for row in session.connection().execute(text(LIKE), {"q": f"%{wanted}%"})]


def plain(session: Session, kind: str, asked: str) -> list[str]:
    found = [digits(asked)] if kind.startswith("phone") else re.findall(r"\w+", asked.lower())
    parts = [word for word in found if len(word) >= SHORTEST]
    dialect = session.get_bind().dialect.name
    wanted = " ".join(f'"{part}"*' for part in parts)
    if dialect == "postgresql":
        wanted = " & ".join(f"{part}:*" for part in parts)
    return [row[0] for row in session.connection().execute(text(PLAIN[dialect][2]), {"q": wanted})]


Way = Callable[[Session, str, str], list[str]]


def measure(
    database: Database, way: Way, kind: str, questions: Sequence[Question]
) -> tuple[float, list[float]]:
    """The share that was answered, and the times in rising order, in ms."""
    times, right = [], 0
    for question in questions:
        began = time.perf_counter()
        with database.reading() as session:
            found = way(session, kind, question.text)
        times.append((time.perf_counter() - began) * 1000)
        right += question.right in found[:FIRST]
        if way is ours and question.right not in found[:FIRST] and MISSED:
            say(f"   missed {kind}: {question.text!r} means {question.right}, found {found[:3]}")
    return right / len(questions), sorted(times)


MISSED = False


def ask(database: Database, crowd: Crowd, asked: int, plainly: int) -> None:
    totals = []
    for kind, questions in crowd.questions(asked).items():
        line = f"{kind:<16}"
        for name, way, count in (
            ("Rounds", ours, asked),
            ("LIKE", like, plainly),
            ("text search", plain, plainly),
        ):
            if kind == "place" and way is not ours:
                continue
            measure(database, way, kind, questions[: min(count, 5)])  # warms up
            share, times = measure(database, way, kind, questions[:count])
            p50, p95 = (times[min(len(times) - 1, int(len(times) * at))] for at in (0.5, 0.95))
            line += f" | {name} {100 * share:5.1f} of 100, p50 {p50:6.1f}, p95 {p95:6.1f} ms"
            totals += [share] * (way is ours)
        say(line)
    say(f"all kinds: {100 * sum(totals) / len(totals):.1f} of 100 among the first {FIRST}")


def there(database: Database) -> bool:
    database.migrate()
    Jobs(database).close()
    with database.reading() as session:
        return session.exec(select(CustomerRow.id).limit(1)).first() is not None


@contextlib.contextmanager
def settled(chosen: str, crowd: Crowd, folder: Path | None) -> Iterator[tuple[Database, Path]]:
    """A database with the crowd and a home beside it; with a `folder` both are kept, and used again."""
    with kept(chosen, folder) if folder else ground(chosen) as (url, home):
        database = Database(url)
        try:
            if not there(database):
                settle(database, crowd)
            yield database, home
        finally:
            database.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", help="`sqlite`, or a PostgreSQL server's database; both without it")
    parser.add_argument("--customers", type=int, default=200_000)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--plain", type=int, default=20, help="questions of a kind to the plain ways")
    parser.add_argument("--kept", type=Path, help="keep the crowd there, and use it again")
    parser.add_argument("--misses", action="store_true", help="tell each question that was not answered")
    options = parser.parse_args()
    globals()["MISSED"] = options.misses
    crowd = Crowd(options.customers)
    for chosen in databases(options.database):
        say(f"== {'SQLite' if chosen == 'sqlite' else 'PostgreSQL'}")
        crowd.chance.seed(options.customers)
        with settled(chosen, crowd, options.kept) as (database, _):
            ask(database, crowd, options.asked, options.plain)
    return 0


if __name__ == "__main__":
    sys.exit(main())
