"""The same questions to a fresh company and to one that has grown for years, on SQLite and on PostgreSQL.

    growth.py [--database sqlite|URL] [--visits 1000000] [--asked 300] [--kept FOLDER]

The fresh one has a customer in each of 60 cities and hardly a visit; the large one is that of `lookup.py`: a
fifth as many customers, with three contacts each, and a tenth as many finished jobs as visits. Both are
served at the same time and asked in turns by one phone, so that whatever else runs slows both. Prints p50 and
p99 of both and how many times slower the large one's p99 is. The claim of the next job is made through the
job engine itself.
"""

import argparse
import asyncio
import contextlib
import random
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec
from crowd import Crowd
from ground import databases, free_port, ground, running, say, surroundings, web_command
from lookup import VISITS, settled
from phones import Request, ask_each, check_in
from sqlmodel import col, select

from storage.crm.people import People
from storage.database import Database
from storage.seeding import Scale, seed
from storage.tables.customers import CustomerRow, TermRow
from storage.work.jobs import QUEUE, VERSION, Jobs

TURNS = 10


class Company(msgspec.Struct, frozen=True, kw_only=True):
    port: int
    token: str
    jobs: Jobs
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    places: tuple[tuple[float, float], ...]


@contextlib.contextmanager
def fresh(chosen: str) -> Iterator[tuple[Database, Path]]:
    with ground(chosen) as (url, home):
        database = Database(url)
        database.migrate()
        Jobs(database).close()
        seed(database, Scale(customers=60, visits=60, jobs=0, reps=5), lambda kind, count: None)
        yield database, home
        database.close()


def prepare(database: Database, port: int) -> Company:
    jobs = Jobs(database)
    with database.writing() as session:
        token = People(session).issue("rep-1", "growth")[0]
    with database.reading() as session:
        some = select(CustomerRow).order_by(col(CustomerRow.id)).limit(60)
        rows = session.exec(some).all()
        numbers = session.exec(select(TermRow.text).where(TermRow.kind == "phone").limit(60)).all()
    return Company(
        port=port,
        token=token,
        jobs=jobs,
        names=tuple(row.name for row in rows if len(row.name) >= 10),
        numbers=tuple(numbers),
        places=tuple((row.lat or 0.0, row.lon or 0.0) for row in rows),
    )


def misspelt(name: str, number: int) -> str:
    """Two letters swapped and one left out, elsewhere each time."""
    at = 4 + number % max(1, len(name) - 8)
    return name[:at] + name[at + 1] + name[at] + name[at + 3 :]


def look_up(**asked: str) -> Request:
    return "GET", "/api/customers?" + "&".join(f"{key}={quote(value)}" for key, value in asked.items()), b""


def questions(company: Company) -> dict[str, Callable[[int], Request]]:
    def turn(items: tuple[str, ...], number: int) -> str:
        return items[number % len(items)]

    def near(number: int) -> Request:
        lat, lon = company.places[number % len(company.places)]
        return look_up(near=f"{lat},{lon}")

    return {
        "check-in": check_in,
        "feed page": lambda number: ("GET", "/api/feed?limit=50", b""),
        "queue": lambda number: ("GET", "/api/queue?whose=all&limit=50", b""),
        "my queue": lambda number: ("GET", "/api/queue?limit=50", b""),
        "name": lambda number: look_up(q=turn(company.names, number)[4:11]),
        "misspelt name": lambda number: look_up(q=misspelt(turn(company.names, number), number)),
        "digits": lambda number: look_up(q=turn(company.numbers, number)[-5:-1]),
        "place": near,
    }


def claims(company: Company, count: int) -> list[float]:
    """Jobs are asked for, then claimed one after the other as a worker does; in ms."""
    jobs = company.jobs
    for _ in range(count):
        with jobs.database.writing() as session:
            jobs.enqueue(session, str(uuid.uuid4()), None, random.uniform(1, 60))
    jobs.client.register_queue(QUEUE, worker_concurrency=1)
    queue = jobs.client.retrieve_queue(QUEUE)
    times = []
    for _ in range(count):
        began = time.perf_counter()
        claimed, _ = jobs.client._sys_db.start_queued_workflows(queue, "growth", VERSION, None)
        times.append((time.perf_counter() - began) * 1000)
        if len(claimed) != 1:
            raise SystemExit(f"claimed {len(claimed)} jobs")
    return times


def compare(companies: list[Company], asked: int) -> None:
    """Prints one line a question: the fresh company's times, the large one's, the ratio of the p99s."""
    asks = [questions(company) for company in companies]
    for what in asks[0]:
        times: list[list[float]] = [[], []]
        for turn in range(-1, TURNS):
            for at in random.sample((0, 1), 2):
                here, ask = companies[at], asks[at][what]
                first = (turn + 1) * asked // TURNS
                found = asyncio.run(
                    ask_each(here.port, here.token, [ask(first + n) for n in range(asked // TURNS)])
                )
                times[at] += found if turn >= 0 else []  # the first turn warms up
        tell(what, times)
    times = [[], []]
    for turn in range(-1, TURNS):
        for at in random.sample((0, 1), 2):
            found = claims(companies[at], asked // TURNS)
            times[at] += found if turn >= 0 else []
    tell("claim of the next job", times)


def tell(what: str, times: list[list[float]]) -> None:
    fresh, large = ([sorted(each)[int(len(each) * share)] for share in (0.5, 0.99)] for each in times)
    line = f"p50 / p99: fresh {fresh[0]:.1f} / {fresh[1]:.1f} ms, large {large[0]:.1f} / {large[1]:.1f} ms"
    say(f"{what:<22} {line}; p99 {large[1] / fresh[1]:.2f} times")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", help="`sqlite`, or a PostgreSQL server's database; both without it")
    parser.add_argument("--visits", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=300)
    parser.add_argument("--kept", type=Path, help="keep the large company there, and use it again")
    options = parser.parse_args()
    for chosen in databases(options.database):
        say(f"== {'SQLite' if chosen == 'sqlite' else 'PostgreSQL'}")
        with contextlib.ExitStack() as stack:
            companies = []
            for place in (fresh(chosen), settled(chosen, Crowd(options.visits // VISITS), options.kept)):
                database, home = stack.enter_context(place)
                companies.append(prepare(database, port := free_port()))
                stack.callback(companies[-1].jobs.close)
                served = surroundings(database.url, home)
                stack.enter_context(running(web_command(port), served, port))
            compare(companies, options.asked)
    return 0


if __name__ == "__main__":
    sys.exit(main())
