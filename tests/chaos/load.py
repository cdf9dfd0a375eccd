"""Many phones at once, on SQLite and on PostgreSQL.

    load.py [--database sqlite|URL] [--phones 50] [--check-ins 50000] [--streams 1000] [--notes 60]

1. Check-ins beside a bare handler that does one insert with the driver (`bare.py`): both are Litestar under
   uvicorn in one process each, on the same database with the same durability, asked in turns by the same
   client; the processor time of each process is told too, since rates suffer from whatever else runs.
2. The web process's memory while it takes 50,000 check-ins.
3. From the sending of a note to the start of its first stage on an idle worker, by the job engine's own
   record of the stage: a little more than from the commit that stores it.
4. From a new visit to the last of 1,000 open event streams.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
import uuid
from contextlib import closing
from pathlib import Path
from statistics import median

from ground import (
    WORKER,
    cpu_s,
    databases,
    free_port,
    ground,
    many_files,
    memory_mb,
    running,
    say,
    surroundings,
    web_command,
)
from phones import AT, Asked, Request, ask, asked, check_in, open_stream

from api.pipeline import STAGES
from storage.crm.customers import Customers
from storage.crm.people import People
from storage.database import Database
from storage.seeding import Scale, seed
from storage.work.jobs import WORKFLOW, Jobs

TURNS = 5
TURN = 1_500
"""Check-ins of one turn of the comparison."""
PAUSE_S = (0.3, 0.9)
"""Between two notes, so that the worker is idle."""


def prepare(url: str, phones: int) -> list[str]:
    """A company of some size; a token for each phone."""
    database = Database(url)
    database.migrate()
    Jobs(database).close()
    seed(database, Scale(customers=2_000, visits=1_000, reps=phones), lambda kind, count: None)
    with database.writing() as session:
        tokens = [People(session).issue(f"rep-{number}", "load")[0] for number in range(phones)]
        Customers(session).put("c1", "The Brass Otter", ("Brass Otter",), None, 47.66, -122.38, None)
    database.close()
    return tokens


def compare(url: str, port: int, web: int, tokens: list[str]) -> None:
    plain = free_port()
    with running(
        [str(Path(__file__).parent / "bare.py"), url, str(plain)], surroundings(url, Path()), plain
    ) as bare:
        at = {"ours": (port, web), "bare": (plain, bare)}
        best: dict[str, Asked] = {}
        spent = dict.fromkeys(at, 0.0)
        for where, _ in at.values():
            asyncio.run(ask(where, tokens, 400, check_in))
        for _ in range(TURNS):
            for who in random.sample(list(at), 2):
                where, pid = at[who]
                before = cpu_s(pid)
                done = asyncio.run(ask(where, tokens, TURN, check_in))
                spent[who] += (cpu_s(pid) - before) * 1000 / (TURN * TURNS)
                best[who] = max(best.get(who, done), done, key=lambda each: each.rate)
        for who in at:
            say(f"check-ins, {who}: {best[who]}, {spent[who]:.2f} ms of processor each")
        say(f"check-ins, ours / bare: {best['ours'].rate / best['bare'].rate:.2f}")


def many(port: int, web: int, tokens: list[str], count: int) -> None:
    held = [memory_mb(web)]
    began = time.monotonic()
    for _ in range(5):
        asyncio.run(ask(port, tokens, count // 5, check_in))
        held.append(memory_mb(web))
    took_s = time.monotonic() - began
    say(f"memory over {count} check-ins in {took_s:.0f} s: {' '.join(map(str, held))} MB")


def starts(url: str, home: Path, port: int, token: str, count: int) -> None:
    """Notes at an idle worker, whose canned engines take no time."""
    worker = running([str(WORKER), url, str(home), "--normal"], surroundings(url, home))
    with worker, closing(Database(url)) as database, closing(Jobs(database)) as jobs:
        for visit in asyncio.run(send_notes(port, token, 3)):
            begun_ms(jobs, visit)  # the worker is up and warm
        sent = asyncio.run(send_notes(port, token, count))
        waits = sorted(begun_ms(jobs, visit) - sent_ms for visit, sent_ms in sent.items())
    middle, late = median(waits), waits[int(len(waits) * 0.95) - 1]
    say(f"from a note to the start of its work: median {middle:.0f} ms, p95 {late:.0f} ms of {len(waits)}")


def begun_ms(jobs: Jobs, visit: str) -> float:
    """When the first stage of its work began, on this machine's clock; waits until it has."""
    while True:
        for work in jobs.client.list_workflows(workflow_id_prefix=f"{visit}/", name=WORKFLOW):
            for step in jobs.client.list_workflow_steps(work.workflow_id):
                if step["function_name"] == STAGES[0].__name__:
                    return float(step["started_at_epoch_ms"] or 0)
        time.sleep(0.05)


async def send_notes(port: int, token: str, count: int) -> dict[str, float]:
    """When each visit's note was sent, in epoch milliseconds."""
    sent = {}
    for number in range(count):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        visit = check_in(number)
        await asked(reader, writer, token, visit)
        note = json.dumps({"text": "They ordered five kegs.", "at": AT}).encode()
        sent[visit[1].rsplit("/", 1)[1]] = time.time() * 1000
        await asked(reader, writer, token, ("PUT", f"{visit[1]}/notes/{uuid.uuid4()}", note))
        writer.close()
        await asyncio.sleep(random.uniform(*PAUSE_S))
    return sent


async def streams(port: int, web: int, tokens: list[str], count: int) -> None:
    lines = []
    for start in range(0, count, 50):
        some = range(start, min(start + 50, count))
        lines += await asyncio.gather(*(open_stream(port, tokens[each % len(tokens)]) for each in some))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    worst = []
    for number in range(5):
        visit: Request = check_in(number)
        mark = visit[1].rsplit("/", 1)[1].encode()
        waiting = [asyncio.create_task(line.readuntil(mark)) for line in lines]
        began = time.perf_counter()
        await asked(reader, writer, tokens[0], visit)
        await asyncio.gather(*waiting)
        worst.append(time.perf_counter() - began)
        await asyncio.sleep(0.5)
    held = memory_mb(web)
    times = " ".join(f"{each:.2f}" for each in worst)
    say(f"{count} event streams: a new visit reached all within {times} s; {held} MB")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", help="`sqlite`, or a PostgreSQL server's database; both without it")
    parser.add_argument("--phones", type=int, default=50)
    parser.add_argument("--check-ins", type=int, default=50_000)
    parser.add_argument("--streams", type=int, default=1_000)
    parser.add_argument("--notes", type=int, default=60)
    options = parser.parse_args()
    many_files()
    for chosen in databases(options.database):
        say(f"== {'SQLite' if chosen == 'sqlite' else 'PostgreSQL'}")
        with ground(chosen) as (url, home), tempfile.TemporaryDirectory() as folder:
            tokens, port = prepare(url, options.phones), free_port()
            with running(web_command(port), surroundings(url, home), port) as web:
                compare(url, port, web, tokens)
                many(port, web, tokens, options.check_ins)
                starts(url, Path(folder), port, tokens[0], options.notes)
                asyncio.run(streams(port, web, tokens, options.streams))
    return 0


if __name__ == "__main__":
    sys.exit(main())
