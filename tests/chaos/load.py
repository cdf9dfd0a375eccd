"""Check-ins a second with many phones at once, beside a bare handler that does one insert with the driver.

    load.py [--database URL] [--phones 50] [--check-ins 3000]

Both servers are Litestar under uvicorn in one process, on the same database, with the same durability, asked
by the same client in one run. Prints rates, p50 and p99 in ms, the web process's memory before and after, and
the ratio of the rates.
"""

import argparse
import asyncio
import json
import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import msgspec
import psycopg
import uvicorn
from litestar import Litestar, put
from litestar.params import FromPath

from storage.database import Database
from storage.jobs import Jobs
from storage.people import People
from storage.seeding import Scale, seed

START_S = 120.0


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    rate: float
    p50_ms: float
    p99_ms: float


async def ask(port: int, token: str, phones: int, count: int) -> Asked:
    """`phones` connections, each sending one check-in after the other."""
    todo, times = iter(range(count)), []

    async def phone() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in todo:
            body = check_in(number)
            head = (
                f"PUT /api/visits/{uuid.uuid4()} HTTP/1.1\r\nHost: localhost\r\n"
                f"Content-Type: application/json\r\n"
                f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            began = time.perf_counter()
            writer.write(head.encode() + body)
            await answered(reader)
            times.append((time.perf_counter() - began) * 1000)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(phone() for _ in range(phones)))
    rate = count / (time.perf_counter() - began)
    times.sort()
    return Asked(rate=rate, p50_ms=times[len(times) // 2], p99_ms=times[int(len(times) * 0.99) - 1])


def check_in(number: int) -> bytes:
    position = {"lat": 25.0 + number % 100 / 1000, "lon": -122.0, "accuracy_m": 20, "age_s": 1}
    return json.dumps({"at": "2026-03-10T14:05:00-04:00", "position": position}).encode()


async def answered(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    if not head.startswith(("http/1.1 201", "http/1.1 200")):
        raise SystemExit(head)
    length = int(head.split("content-length:")[1].split("\r\n")[0])
    await reader.readexactly(length)


def bare(url: str, port: int) -> None:
    """One insert for each request, with the driver itself."""
    local = threading.local()

    def connection() -> Any:
        if not hasattr(local, "connection"):
            local.connection = connect(url)
        return local.connection

    @put("/api/visits/{visit_id:str}", sync_to_thread=True, status_code=201)
    def insert(visit_id: Annotated[str, FromPath], data: dict[str, Any]) -> dict[str, str]:
        where = data["position"]
        values = (visit_id, data["at"], where["lat"], where["lon"])
        mark = "?" if url.startswith("sqlite") else "%s"
        connection().execute(f"INSERT INTO bare VALUES ({mark}, {mark}, {mark}, {mark})", values)
        return {"id": visit_id}

    with closing(connect(url)) as made:
        made.execute("CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, at TEXT, lat FLOAT, lon FLOAT)")
    uvicorn.run(Litestar([insert]), port=port, log_level="warning", access_log=False)


def connect(url: str) -> Any:
    """A connection that commits each statement, as durably as ours."""
    if not url.startswith("sqlite"):
        return psycopg.connect(url, autocommit=True)
    made = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30, isolation_level=None)
    made.execute("PRAGMA journal_mode = WAL")
    made.execute("PRAGMA synchronous = FULL")
    return made


@contextmanager
def server(command: list[str], port: int, env: dict[str, str]) -> Iterator[int]:
    """A child that listens; its process id."""
    child = subprocess.Popen([sys.executable, *command], env={**os.environ, **env}, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + START_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if time.monotonic() > end or child.poll() is not None:
                    raise
                time.sleep(0.1)
        yield child.pid
    finally:
        child.terminate()
        child.wait()


def memory_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0
    return int(status.read_text().split("VmRSS:")[1].split()[0]) // 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def compare(url: str, home: Path, options: argparse.Namespace, say: Callable[[str], object]) -> float:
    database = Database(url)
    database.migrate()
    Jobs(database).close()
    seed(database, Scale(customers=2_000, visits=1_000, reps=3), lambda kind, count: None)
    with database.writing() as session:
        token = People(session).issue("rep-1", "load")[0]
    database.close()
    port, plain = free_port(), free_port()
    env = {"ROUNDS_HOME": str(home), "ROUNDS_DATABASE__URL": url}
    serve = ["-m", "api.cli", "serve", "--no-worker", "--no-https", "--port", str(port)]
    best = {"ours": 0.0, "bare": 0.0}
    with (
        server(serve, port, env) as pid,
        server([__file__, "--bare", url, str(plain)], plain, {}),
    ):
        for who, at in (("ours", port), ("bare", plain)):
            asyncio.run(ask(at, token, options.phones, options.phones * 4))
            say(f"{who}: warm, {memory_mb(pid)} MB of our web process")
        for _ in range(3):
            for who, at in random.sample([("ours", port), ("bare", plain)], 2):
                done = asyncio.run(ask(at, token, options.phones, options.check_ins // 3))
                best[who] = max(best[who], done.rate)
                say(f"{who}: {done.rate:.0f}/s, p50 {done.p50_ms:.1f} ms, p99 {done.p99_ms:.1f} ms")
        say(f"memory of our web process after: {memory_mb(pid)} MB")
    return best["ours"] / best["bare"]


def main() -> int:
    if len(sys.argv) == 4 and sys.argv[1] == "--bare":
        bare(sys.argv[2], int(sys.argv[3]))
        return 0
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", help="a PostgreSQL server's database; SQLite without it")
    parser.add_argument("--phones", type=int, default=50)
    parser.add_argument("--check-ins", type=int, default=3_000)
    options = parser.parse_args()

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="rounds-load-") as folder:
        home = Path(folder)
        if options.database is None:
            ratio = compare(f"sqlite:///{home / 'rounds.db'}", home, options, say)
        else:
            name = f"rounds_load_{uuid.uuid4().hex[:8]}"
            with psycopg.connect(options.database, autocommit=True) as control:
                control.execute(f'CREATE DATABASE "{name}"')
                try:
                    ratio = compare(options.database.rsplit("/", 1)[0] + f"/{name}", home, options, say)
                finally:
                    control.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    say(f"ours / bare: {ratio:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
