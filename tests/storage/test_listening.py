"""What is heard of a recording that still arrives: by one at a time, and gone when it is of no more use."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from speech.types import Passage, Transcript
from storage.database import Database
from storage.records import Problem
from storage.sound.blobs import Stored
from storage.sound.listening import Listening
from storage.tables.visits import ListeningRow
from storage.visits.memos import Memos
from storage.visits.visits import Visits
from storage.work.queue import Listed

NOW = datetime.now(UTC)
FIRST, SECOND = (Passage(key=key, language="en", words=(), removed=()) for key in "ab")
HEARD = Transcript(text="", language="en", segments=(), removed=(), length_s=1.0)
PROBLEM = Problem(code="no_speech", title="Nobody speaks.", action="Record again.", retryable=False)


def begin(database: Database) -> tuple[Passage, ...] | None:
    with database.writing() as session:
        return Listening(session).begin("m1")


def kept(database: Database) -> tuple[Passage, ...]:
    with database.reading() as session:
        return Listening(session).passages("m1")


def rows(database: Database) -> int:
    with database.reading() as session:
        return len(session.exec(select(ListeningRow)).all())


def receive(database: Database) -> None:
    with database.writing() as session:
        Visits(session).check_in("v1", rep="r1", at=NOW, position=None, customer=None, jobs=Listed())
        blob = Stored(key="m1/m1.0", sha256="0", bytes=9)
        Memos(session).receive(
            "v1", "m1", at=NOW, content_type="audio/webm", blob=blob, position=None, jobs=Listed()
        )


def test_one_listens_at_a_time_and_the_next_goes_on(database: Database) -> None:
    assert begin(database) == ()
    assert begin(database) is None
    with database.writing() as session:
        Listening(session).keep("m1", FIRST)
        Listening(session).keep("m1", SECOND)
        Listening(session).end("m1", 900)
        assert Listening(session).due("m1") == 900
        assert Listening(session).due("m2") == 0
    assert begin(database) == (FIRST, SECOND)


@pytest.mark.usefixtures("rep")
def test_a_recording_that_is_whole_is_not_listened_to_ahead(database: Database) -> None:
    receive(database)
    assert begin(database) is None
    assert rows(database) == 0


@pytest.mark.usefixtures("rep")
@pytest.mark.parametrize("end", ["heard", "failed", "deleted"])
def test_nothing_is_left_beside_a_memo_that_is_done(database: Database, end: str) -> None:
    assert begin(database) == ()
    with database.writing() as session:
        Listening(session).keep("m1", FIRST)
    receive(database)
    assert kept(database) == (FIRST,)
    with database.writing() as session:
        memos = Memos(session)
        if end == "heard":
            memos.transcribed("m1", HEARD)
        elif end == "failed":
            memos.fail("m1", PROBLEM)
        else:
            memos.delete("v1", "m1", jobs=Listed())
        Listening(session).keep("m1", SECOND)
        Listening(session).end("m1", 5)
    assert rows(database) == 0


@pytest.mark.usefixtures("rep")
def test_pruning_takes_what_is_abandoned_and_what_came_too_late(database: Database) -> None:
    receive(database)
    with database.writing() as session:
        for memo, age in (("m1", 0), ("new", 29), ("old", 31)):
            touched = NOW - timedelta(days=age)
            session.add(ListeningRow(memo=memo, passages=(), touched_at=touched))
    with database.writing() as session:
        Listening(session).prune()
    assert rows(database) == 2
    with database.writing() as session:
        Memos(session).transcribed("m1", HEARD)
        session.add(ListeningRow(memo="m1", passages=(), touched_at=NOW))
    with database.writing() as session:
        Listening(session).prune()
    assert rows(database) == 1
