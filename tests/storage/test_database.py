"""Sessions that lose nothing, tables that are what the models say, and errors that callers know."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlmodel import select

from storage.database import Database
from storage.errors import StoreFull, StoreUnavailable
from storage.events import Events
from storage.tables.metadata import METADATA, ours
from storage.tables.people import CompanyRow
from storage.work.jobs import Jobs

THREADS, ROUNDS = 6, 25


def test_no_increment_is_lost(database: Database) -> None:
    with database.writing() as session:
        session.add(CompanyRow(id=1, name="0", timezone="UTC", currency="USD", region="US"))

    def count() -> None:
        for _ in range(ROUNDS):
            with database.writing() as session:
                row = session.exec(select(CompanyRow).with_for_update()).one()
                row.name = str(int(row.name) + 1)

    threads = [threading.Thread(target=count) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.exec(select(CompanyRow.name)).one() == str(THREADS * ROUNDS)


def test_events_are_seen_in_the_order_of_their_ids(database: Database) -> None:
    seen: list[int] = []
    done = threading.Event()

    def tell(number: int) -> None:
        for turn in range(ROUNDS):
            with database.writing() as session:
                Events(session).append("visit", f"{number}-{turn}")

    def watch() -> None:
        while True:
            last = done.is_set()
            with database.reading() as session:
                seen.extend(event.id for event in Events(session).after(seen[-1] if seen else 0))
            if last:
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    tellers = [threading.Thread(target=tell, args=(number,)) for number in range(THREADS)]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()
    done.set()
    watcher.join()
    assert len(seen) == THREADS * ROUNDS
    assert seen == sorted(set(seen))


def test_an_error_undoes_everything(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        session.add(CompanyRow(id=1, name="x", timezone="UTC", currency="USD", region="US"))
        Events(session).append("people", "company")
        raise ZeroDivisionError
    with database.reading() as session:
        assert session.get(CompanyRow, 1) is None
        assert Events(session).latest() == 0


def test_the_migrations_make_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        options = {"include_name": ours, "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    database.migrate()


@pytest.fixture
def impatient(tmp_path: Path, migrated: Path) -> Iterator[Database]:
    (tmp_path / "rounds.db").write_bytes(migrated.read_bytes())
    database = Database(f"sqlite:///{tmp_path / 'rounds.db'}", busy_timeout_s=0.01)
    yield database
    database.close()


def test_a_locked_or_full_store_says_so(impatient: Database) -> None:
    with impatient.writing(), pytest.raises(StoreUnavailable), impatient.writing():
        pass
    with pytest.raises(StoreFull), impatient.writing() as session:
        connection = session.connection()
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        for number in range(100):
            Events(session).append("visit", "x" * 4000 + str(number))
        session.flush()


def test_a_server_that_is_not_there_says_so() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(StoreUnavailable), database.reading() as session:
        session.connection()


def test_the_clock_that_the_job_engine_asks_for(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'rounds.db'}")
    database.migrate()
    Jobs(database).close()
    database.close()
    engine = create_engine(f"sqlite:///{tmp_path / 'rounds.db'}")
    with engine.connect() as connection:
        told = connection.execute(text("SELECT unixepoch('subsec')")).scalar_one()
    engine.dispose()
    assert abs(told - datetime.now(UTC).timestamp()) < 60
