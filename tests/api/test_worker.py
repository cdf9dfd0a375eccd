"""Workers that are killed, frozen, poisoned and told to stop: what was acknowledged is filed, once."""

import signal
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from storage.sound.listening import Listening
from storage.sound.uploads import Parts
from storage.visits.memos import Memos
from storage.visits.visits import Visits

from .crew import PATIENCE_S, Company, until
from .talk import talk


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

    written = company.visit(b"this is a text file")
    until(lambda: company.read(written).state == "failed")
    failed = company.read(written)
    assert failed.problem is not None
    assert (failed.problem.code, failed.problem.retryable) == ("not_audio", False)
    assert company.stored(written) == b"this is a text file"

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


def arriving(company: Company, data: bytes) -> Parts:
    """Almost all of a recording, for a new visit."""
    visit, memo = str(uuid.uuid4()), str(uuid.uuid4())
    with company.database.writing() as session:
        now = datetime.now(UTC)
        Visits(session).check_in(visit, rep="r1", at=now, position=None, customer=None, jobs=company.jobs)
    parts = Parts(company.blobs, visit, memo)
    with parts.part(0) as upload:
        upload.write(data[:-1000])
        upload.finish()
    for _ in range(3):
        company.jobs.listen_ahead(visit, memo)
    return parts


def complete(company: Company, parts: Parts, data: bytes) -> str:
    with parts.part(len(data) - 1000) as upload:
        upload.write(data[-1000:])
        upload.finish()
    blob = parts.complete(len(data))
    visit, memo, _ = parts.folder.split("/")
    with company.database.writing() as session:
        Memos(session).receive(
            visit,
            memo,
            at=datetime.now(UTC),
            content_type="audio/webm",
            blob=blob,
            position=None,
            jobs=company.jobs,
        )
    return visit


def listened(company: Company, parts: Parts) -> int:
    with company.database.reading() as session:
        return len(Listening(session).passages(parts.memo_id))


def test_what_arrives_is_listened_to_once_however_often_it_is_asked(company: Company) -> None:
    data = talk()
    parts = arriving(company, data)
    company.start()
    until(lambda: listened(company, parts) == 4)
    visit = complete(company, parts, data)
    until(lambda: company.read(visit).state == "filed")
    assert company.log("transcribe") == 5
    assert listened(company, parts) == 0
    assert company.stored(visit) == data


def test_a_recording_that_kills_its_worker_while_it_arrives_does_it_once(embedded: Company) -> None:
    data = talk()
    (embedded.folder / "deaf").touch()
    parts = arriving(embedded, data)
    assert embedded.start().wait(PATIENCE_S) == 9
    embedded.start()
    embedded.jobs.listen_ahead(*parts.folder.split("/")[:2])
    other = typed(embedded)
    until(lambda: embedded.read(other).state != "processing")
    (embedded.folder / "deaf").unlink()
    visit = complete(embedded, parts, data)
    until(lambda: embedded.read(visit).state == "filed")
    assert embedded.log("transcribe") == 2


def typed(company: Company) -> str:
    """A visit with a note, which needs no hearing."""
    visit = str(uuid.uuid4())
    with company.database.writing() as session:
        now = datetime.now(UTC)
        Visits(session).check_in(visit, rep="r1", at=now, position=None, customer=None, jobs=company.jobs)
        Memos(session).note(visit, str(uuid.uuid4()), text="five kegs", at=now, jobs=company.jobs)
    return visit
