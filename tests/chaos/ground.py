"""Where a run takes place: a database and a folder of its own, real processes on them, and what they cost."""

import contextlib
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from storage.crm.customers import Customers
from storage.crm.people import People
from storage.database import Database
from storage.work.jobs import Jobs

SERVER = os.environ.get("ROUNDS_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
WORKER = Path(__file__).resolve().parents[1] / "api" / "worker_program.py"
MODELS = Path(os.environ.get("ROUNDS_HOME", "var"), "models").resolve()
"""Where `rounds setup-models` puts them."""
START_S = 300.0
"""A loaded machine starts a process slowly."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def many_files() -> None:
    """Thousands of connections, in this process and in those it starts."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def databases(chosen: str | None) -> list[str]:
    """Those to run on: the one that was chosen, else SQLite and, when it answers, the PostgreSQL server."""
    if chosen is not None:
        return [chosen]
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        say(f"no PostgreSQL at {SERVER}, so on SQLite alone: {error}")
        return ["sqlite"]
    return ["sqlite", SERVER]


@contextmanager
def kept(chosen: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """As `ground`, but what is there stays for the next run: filling it takes longer than asking it."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if chosen == "sqlite":
        yield f"sqlite:///{folder / 'rounds.db'}", folder
        return
    name = f"rounds_kept_{folder.name}"
    with psycopg.connect(chosen, autocommit=True) as control:
        if not control.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            control.execute(f'CREATE DATABASE "{name}"')
    yield chosen.rsplit("/", 1)[0] + f"/{name}", folder


@contextmanager
def ground(chosen: str, folder: Path | None = None) -> Iterator[tuple[str, Path]]:
    """`sqlite`, or a database on the server that is to get another one for this run; and a home folder."""
    with contextlib.ExitStack() as stack:
        home = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rounds-run-")))
        if chosen == "sqlite":
            yield f"sqlite:///{home / 'rounds.db'}", home
            return
        name = f"rounds_run_{uuid.uuid4().hex[:8]}"
        with psycopg.connect(chosen, autocommit=True) as control:
            control.execute(f'CREATE DATABASE "{name}"')
        try:
            yield chosen.rsplit("/", 1)[0] + f"/{name}", home
        finally:
            with psycopg.connect(chosen, autocommit=True) as control:
                control.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def company(url: str) -> tuple[Database, str]:
    """One rep, one customer, and the rep's token."""
    database = Database(url)
    database.migrate()
    Jobs(database).close()
    with database.writing() as session:
        People(session).put("r1", "Dana Whitfield", "rep", True)
        token = People(session).issue("r1", "run")[0]
        Customers(session).put("c1", "The Brass Otter", ("Brass Otter",), None, 47.66, -122.38, None)
    return database, token


def surroundings(url: str, home: Path) -> dict[str, str]:
    return {**os.environ, "ROUNDS_HOME": str(home), "ROUNDS_DATABASE__URL": url}


def web_command(port: int) -> list[str]:
    return ["-m", "api.cli", "serve", "--no-worker", "--no-https", "--port", str(port)]


@contextmanager
def running(command: list[str], env: dict[str, str], port: int | None = None) -> Iterator[int]:
    """A child of ours; its process id, once it listens."""
    child = subprocess.Popen([sys.executable, *command], env=env, stdout=subprocess.DEVNULL)
    try:
        if port is not None:
            wait_for(port, child)
        yield child.pid
    finally:
        child.terminate()
        child.wait()


def wait_for(port: int, child: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > end or child.poll() is not None:
                raise
            time.sleep(0.1)


def memory_mb(pid: int) -> int:
    """Resident now; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    return int(status.read_text().split("VmRSS:")[1].split()[0]) // 1024 if status.exists() else 0


def cpu_s(pid: int) -> float:
    """Processor seconds so far; 0 where the system does not tell."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
