"""How long a memo waits for another worker when its own is killed while it listens; with production settings.

    takeover.py [--database sqlite|URL] [--times 3]

The workers are the product's own, with their models. On SQLite `rounds serve` runs as always and starts its
worker again; on PostgreSQL there are two workers, of which the one that has the memo is killed.
"""

import argparse
import contextlib
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from dbos import WorkflowStatus
from ground import (
    MODELS,
    START_S,
    company,
    databases,
    free_port,
    ground,
    running,
    say,
    surroundings,
    web_command,
)
from reps import spoken
from sqlmodel import select

from storage.database import Database
from storage.settings import AudioSettings
from storage.sound.blobs import open_blobs, store
from storage.tables.visits import LeaseRow
from storage.visits.memos import Memos
from storage.visits.visits import Visits
from storage.work.jobs import WORKFLOW, Jobs

T = TypeVar("T")
LENGTH_S = 60.0
"""Of the memo: long enough to be killed over."""


class Watched:
    """A company whose workers are killed."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database, self.jobs = database, Jobs(database)
        self.blobs = open_blobs(AudioSettings(), home)

    def memo(self) -> str:
        visit, memo, now = str(uuid.uuid4()), str(uuid.uuid4()), datetime.now(UTC)
        blob = store(self.blobs, memo, [spoken(LENGTH_S)])
        with self.database.writing() as session:
            Visits(session).check_in(visit, rep="r1", at=now, position=None, customer=None, jobs=self.jobs)
            Memos(session).receive(
                visit, memo, at=now, content_type="audio/wav", blob=blob, position=None, jobs=self.jobs
            )
        return visit

    def workers(self) -> set[str]:
        with self.database.reading() as session:
            return set(session.exec(select(LeaseRow.executor)))

    def runner(self, visit: str) -> str | None:
        """The worker that has this visit's work, or ended it."""
        found: list[WorkflowStatus] = self.jobs.client.list_workflows(
            workflow_id_prefix=f"{visit}/", name=WORKFLOW, load_input=False, load_output=False
        )
        return next((each.executor_id for each in found if each.status in ("PENDING", "SUCCESS")), None)

    def state(self, visit: str) -> str:
        with self.database.reading() as session:
            return Visits(session).get(visit).state


def until(look: Callable[[], T]) -> T:
    end = time.monotonic() + START_S
    while not (found := look()):
        if time.monotonic() > end:
            raise SystemExit("it did not come to pass")
        time.sleep(0.02)
    return found


def kill(watched: Watched, pid_of: Callable[[str], int]) -> None:
    """Kills whoever listens to a memo and waits for the next."""
    visit = watched.memo()
    first = until(lambda: watched.runner(visit))
    time.sleep(1.0)
    subprocess.run(["kill", "-9", str(pid_of(first))], check=True)
    began = time.monotonic()
    until(lambda: watched.runner(visit) not in (None, first))
    taken_s = time.monotonic() - began
    until(lambda: watched.state(visit) != "processing")
    filed_s = time.monotonic() - began
    say(f"taken over {taken_s:.1f} s after the kill, {watched.state(visit)} after {filed_s:.1f} s")


def on_sqlite(url: str, home: Path, times: int) -> None:
    database, _ = company(url)
    watched, port = Watched(database, home), free_port()
    serve = [each for each in web_command(port) if each != "--no-worker"]
    with running(serve, surroundings(url, home), port) as web:
        for _ in range(times):
            kill(watched, lambda _: int(subprocess.check_output(["pgrep", "-P", str(web)]).split()[0]))
    watched.jobs.close()
    database.close()


def on_postgresql(url: str, home: Path, times: int) -> None:
    database, _ = company(url)
    watched = Watched(database, home)
    pids: dict[str, int] = {}
    with contextlib.ExitStack() as stack:

        def one_more() -> None:
            before = watched.workers()
            pid = stack.enter_context(running(["-m", "api.cli", "worker"], surroundings(url, home)))
            pids[until(lambda: watched.workers() - before).pop()] = pid

        one_more()
        for _ in range(times):
            one_more()
            kill(watched, lambda executor: pids[executor])
    watched.jobs.close()
    database.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", help="`sqlite`, or a PostgreSQL server's database; both without it")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    for chosen in databases(options.database):
        say(f"== {'SQLite' if chosen == 'sqlite' else 'PostgreSQL'}")
        with ground(chosen) as (url, home):
            (home / "models").symlink_to(MODELS)
            (on_sqlite if chosen == "sqlite" else on_postgresql)(url, home, options.times)
    return 0


if __name__ == "__main__":
    sys.exit(main())
