"""A company with real worker processes, for tests that kill them."""

import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.crm.customers import Customers
from storage.crm.people import People
from storage.database import Database
from storage.records import Visit
from storage.settings import AudioSettings
from storage.sound.blobs import open_blobs, store
from storage.visits.memos import Memos
from storage.visits.visits import Visits
from storage.work.jobs import Jobs

PROGRAM = Path(__file__).parent / "worker_program.py"
SPEECH = Path(__file__).parents[1] / "speech" / "fixtures" / "chrome-live.webm"
PATIENCE_S = 180.0
"""A loaded machine starts a worker slowly."""

NewDatabase = Callable[[], AbstractContextManager[str]]


class Company:
    """A database, a folder and the workers on them."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.database = Database(url)
        self.database.migrate()
        self.jobs = Jobs(self.database)
        self.blobs = open_blobs(AudioSettings(), folder)
        self.workers: list[subprocess.Popen[bytes]] = []
        with self.database.writing() as session:
            People(session).put("r1", "Dana Whitfield", "rep", True)
            Customers(session).put("c1", "The Brass Otter", ("Brass Otter",), None, None, None, None)

    def start(self) -> "subprocess.Popen[bytes]":
        worker = subprocess.Popen([sys.executable, str(PROGRAM), self.url, str(self.folder)])
        self.workers.append(worker)
        return worker

    def visit(self, data: bytes = b"") -> str:
        """A visit with a recording, acknowledged."""
        visit, memo = str(uuid.uuid4()), str(uuid.uuid4())
        blob = store(self.blobs, memo, [data or SPEECH.read_bytes()])
        with self.database.writing() as session:
            now = datetime.now(UTC)
            Visits(session).check_in(visit, rep="r1", at=now, position=None, customer=None, jobs=self.jobs)
            Memos(session).receive(
                visit, memo, at=now, content_type="audio/webm", blob=blob, position=None, jobs=self.jobs
            )
        return visit

    def read(self, visit: str) -> Visit:
        with self.database.reading() as session:
            return Visits(session).get(visit)

    def stored(self, visit: str) -> bytes:
        with self.database.reading() as session:
            (memo,) = Visits(session).get(visit).memos
            return self.blobs.read(Memos(session).blob(visit, memo.id).key)

    def log(self, what: str) -> int:
        log = self.folder / "log"
        return log.read_text().split().count(what) if log.exists() else 0

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
            worker.wait()
        self.jobs.close()
        self.database.close()


def until(true: Callable[[], bool]) -> None:
    """Look again until it is so."""
    end, pause = time.monotonic() + PATIENCE_S, threading.Event()
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        pause.wait(0.05)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Company]:
    company = Company(f"sqlite:///{tmp_path / 'rounds.db'}", tmp_path)
    yield company
    company.close()


@pytest.fixture
def served(new_database: NewDatabase, tmp_path: Path) -> Iterator[Company]:
    with new_database() as url:
        company = Company(url, tmp_path)
        yield company
        company.close()


@pytest.fixture(params=["embedded", pytest.param("served", marks=pytest.mark.postgres)])
def company(request: pytest.FixtureRequest) -> Company:
    company: Company = request.getfixturevalue(request.param)
    return company
