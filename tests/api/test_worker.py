"""Workers that are killed, frozen, poisoned and told to stop: what was acknowledged is filed, once."""

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from storage.blobs import open_blobs, store
from storage.customers import Customers
from storage.database import Database
from storage.jobs import Jobs
from storage.memos import Memos
from storage.people import People
from storage.records import Visit
from storage.settings import AudioSettings
from storage.visits import Visits

SERVER = os.environ.get("ROUNDS_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
PROGRAM = Path(__file__).parent / "worker_program.py"
SPEECH = Path(__file__).parents[1] / "speech" / "fixtures" / "chrome-live.webm"
PATIENCE_S = 180.0
"""A loaded machine starts a worker slowly."""


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
def served(tmp_path: Path) -> Iterator[Company]:
    try:
        control = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL at {SERVER}: {error}")
    name = f"rounds_{uuid.uuid4().hex[:12]}"
    control.execute(f'CREATE DATABASE "{name}"')
    company = Company(SERVER.rsplit("/", 1)[0] + f"/{name}", tmp_path)
    try:
        yield company
    finally:
        company.close()
        control.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        control.close()


@pytest.fixture(params=["embedded", pytest.param("served", marks=pytest.mark.postgres)])
def company(request: pytest.FixtureRequest) -> Company:
    company: Company = request.getfixturevalue(request.param)
    return company


def test_a_killed_workers_memo_goes_on_from_its_last_finished_stage(company: Company) -> None:
    (company.folder / "hold").touch()
    first = company.start()
    visit = company.visit()
    until(lambda: company.log("extract") == 1)
    first.kill()
    first.wait()
    (company.folder / "hold").unlink()
    company.start()
    until(lambda: company.read(visit).state == "filed")
    assert (company.log("transcribe"), company.log("extract")) == (1, 2)


def test_a_frozen_worker_that_wakes_changes_nothing(company: Company) -> None:
    (company.folder / "hold").touch()
    first = company.start()
    visit = company.visit()
    until(lambda: company.log("extract") == 1)
    first.send_signal(signal.SIGSTOP)
    company.start()
    until(lambda: company.log("extract") == 2)
    (company.folder / "hold").unlink()
    until(lambda: company.read(visit).state == "filed")
    filed = company.read(visit)
    first.send_signal(signal.SIGCONT)
    other = company.visit()
    until(lambda: company.read(other).state == "filed")
    first.terminate()
    assert first.wait(PATIENCE_S) == 0
    assert company.read(visit) == filed
    assert company.log("transcribe") == 2


def test_it_tries_again_lives_on_and_finishes_when_told_to_stop(company: Company) -> None:
    visit = company.visit()
    (lost,) = company.jobs.list()
    company.jobs.client.delete_workflow(lost.id)
    assert company.jobs.reconcile() == 0
    assert [company.jobs.reconcile(timedelta(0)) for _ in range(2)] == [1, 0]
    (company.folder / "flaky").touch()
    worker = company.start()
    until(lambda: company.read(visit).state == "filed")
    assert (company.log("transcribe"), company.log("extract")) == (1, 2)

    text = company.visit(b"this is a text file")
    until(lambda: company.read(text).state == "failed")
    failed = company.read(text)
    assert failed.problem is not None
    assert (failed.problem.code, failed.problem.retryable) == ("not_audio", False)
    assert company.stored(text) == b"this is a text file"

    (company.folder / "hold").touch()
    last = company.visit()
    until(lambda: company.log("extract") == 3)
    worker.terminate()
    (company.folder / "hold").unlink()
    assert worker.wait(PATIENCE_S) == 0
    assert company.read(last).state == "filed"
    assert company.jobs.list() == ()
    with company.database.reading() as session:
        assert not company.jobs.worker_running(session)


@pytest.mark.timeout(900)
def test_what_takes_every_worker_down_is_given_up_in_plain_words(embedded: Company) -> None:
    (embedded.folder / "poison").touch()
    visit = embedded.visit()

    def given_up() -> bool:
        return any(job.status == "max_recovery_attempts_exceeded" for job in embedded.jobs.list())

    while not given_up():
        worker = embedded.start()
        until(lambda: worker.poll() is not None or given_up())  # noqa: B023 - called before the next turn
    assert embedded.log("transcribe") == 1
    (embedded.folder / "poison").unlink()
    embedded.jobs.reconcile(timedelta(0))
    failed = embedded.read(visit)
    assert failed.problem is not None
    assert (failed.state, failed.problem.code) == ("failed", "worker_crashed")
    with embedded.database.writing() as session:
        Visits(session).retry(visit, jobs=embedded.jobs)
    until(lambda: embedded.read(visit).state == "filed")


def test_an_upload_that_is_rolled_back_leaves_no_work(company: Company) -> None:
    with pytest.raises(ZeroDivisionError), company.database.writing() as session:
        now = datetime.now(UTC)
        Visits(session).check_in("v1", rep="r1", at=now, position=None, customer=None, jobs=company.jobs)
        Memos(session).note("v1", "n1", text="five kegs", at=now, jobs=company.jobs)
        raise ZeroDivisionError
    assert company.jobs.list() == ()
