"""Every test of this room runs on SQLite (a migrated copy) and on PostgreSQL (emptied in between)."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.crm.people import People
from storage.database import Database
from storage.settings import AudioSettings
from storage.sound.blobs import Blobs, open_blobs
from storage.tables.metadata import METADATA
from storage.work.queue import Listed


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "rounds.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "rounds.db")
        database = Database(f"sqlite:///{tmp_path / 'rounds.db'}")
        yield database
        database.close()
        return
    database = request.getfixturevalue("server")
    names = ", ".join(f'"{name}"' for name in METADATA.tables)
    with database.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    yield database


@pytest.fixture
def jobs() -> Listed:
    return Listed()


STORES = ["folder", "s3"]


@pytest.fixture(params=["folder"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """In a folder; a test with `@pytest.mark.parametrize("blobs", STORES, indirect=True)` runs on S3 too."""
    on_s3 = request.param == "s3"
    audio: AudioSettings = request.getfixturevalue("s3_audio") if on_s3 else AudioSettings()
    return open_blobs(audio, tmp_path / "home")


@pytest.fixture
def rep(database: Database) -> str:
    with database.writing() as session:
        People(session).put("r1", "Dana Whitfield", "rep", True)
        People(session).put("m1", "Mona Berg", "manager", True)
    return "r1"
