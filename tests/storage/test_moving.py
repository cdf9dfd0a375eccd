"""An installation moves to another database and store; what is damaged or missing is told."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import select

from storage.crm.customers import Customers
from storage.crm.people import People
from storage.database import Database
from storage.errors import MoveDiffers
from storage.finding.lookup import Lookup
from storage.moving import move
from storage.settings import AudioSettings
from storage.sound.blobs import Blobs, open_blobs, store
from storage.sound.uploads import Parts
from storage.sound.verification import verify
from storage.tables.customers import TermRow
from storage.visits.memos import Memos
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .conftest import STORES

AT = datetime(2026, 3, 10, 18, 5, tzinfo=UTC)


@pytest.fixture
def old(tmp_path: Path, migrated: Path) -> Iterator[Database]:
    """An embedded installation with three recordings and a note."""
    (tmp_path / "old").mkdir()
    shutil.copy(migrated, tmp_path / "old" / "rounds.db")
    database, jobs = Database(f"sqlite:///{tmp_path / 'old' / 'rounds.db'}"), Listed()
    blobs = old_blobs(tmp_path)
    with database.writing() as session:
        People(session).put("r1", "Dana", "rep", True)
        Customers(session).put("c1", "Château Söhne", ("Söhne",), None, 42.0, -71.0, "+16175550142")
        Visits(session).check_in("v1", rep="r1", at=AT, position=None, customer="c1", jobs=jobs)
        Memos(session).note("v1", "n1", text="five kegs", at=AT, jobs=jobs)
        for number in range(3):
            blob = store(blobs, f"a{number}", [b"sound" * number])
            Memos(session).receive(
                "v1", f"a{number}", at=AT, content_type="audio/webm", blob=blob, position=None, jobs=jobs
            )
    yield database
    database.close()


def old_blobs(tmp_path: Path) -> Blobs:
    return open_blobs(AudioSettings(), tmp_path / "old")


@pytest.mark.parametrize("blobs", STORES, indirect=True)
def test_everything_arrives_and_goes_on(
    old: Database, database: Database, blobs: Blobs, tmp_path: Path
) -> None:
    told: list[str] = []
    for _ in range(2):
        moved = move(old, database, old_blobs(tmp_path), blobs, lambda kind, count: told.append(kind))
    assert (moved.recordings, moved.rows["memo"], moved.rows["visit"]) == (3, 4, 1)
    assert "recordings" in told
    assert verify(database, blobs).well
    with database.reading() as session:
        assert Visits(session).get("v1").customer_name == "Château Söhne"
        assert [hit.customer.id for hit in Lookup(session).by_name("hne").items] == ["c1"]
        highest = session.exec(select(func.max(TermRow.id))).one()
    with database.writing() as session:
        Customers(session).put("c2", "Another", (), None, None, None, None)
        assert session.exec(select(func.max(TermRow.id))).one() > highest
    with pytest.raises(MoveDiffers):
        move(old, database, old_blobs(tmp_path), None, lambda kind, count: None)


@pytest.mark.parametrize("blobs", STORES, indirect=True)
def test_what_is_amiss_is_told_wherever_the_recordings_lie(
    old: Database, database: Database, blobs: Blobs, tmp_path: Path
) -> None:
    move(old, database, old_blobs(tmp_path), blobs, lambda kind, count: None)
    with database.reading() as session:
        lost, rotten = Memos(session).blob("v1", "a1").key, Memos(session).blob("v1", "a2").key
    blobs.delete(lost)
    stray = store(blobs, "a2", [b"x" * 10]).key
    blobs.delete(rotten)
    blobs.rename(store(blobs, "zz", [b"rotten mem"]).key, rotten)
    found = verify(database, blobs, on_its_way=timedelta(minutes=-1))
    assert (found.missing, found.damaged, found.orphans) == (("a1",), ("a2",), (stray,))


@pytest.mark.parametrize("blobs", STORES, indirect=True)
def test_what_is_kept_moves_too(old: Database, database: Database, blobs: Blobs, tmp_path: Path) -> None:
    with Parts(old_blobs(tmp_path), "v1", "late").part(0) as part:
        part.write(b"the first half")
        part.finish()
    move(old, database, old_blobs(tmp_path), blobs, lambda kind, count: None)
    assert Parts(blobs, "v1", "late").offset() == 14


def test_a_rotten_recording_does_not_move(
    old: Database, database: Database, blobs: Blobs, tmp_path: Path
) -> None:
    here = old_blobs(tmp_path)
    with old.reading() as session:
        key = Memos(session).blob("v1", "a2").key
    (tmp_path / "old" / "audio" / key).write_bytes(b"rotten")
    with pytest.raises(MoveDiffers):
        move(old, database, here, blobs, lambda kind, count: None)


def test_verifying_tells_what_is_missing_damaged_and_nobodys(old: Database, tmp_path: Path) -> None:
    blobs = old_blobs(tmp_path)
    assert verify(old, blobs).well
    with old.reading() as session:
        lost, rotten = Memos(session).blob("v1", "a1").key, Memos(session).blob("v1", "a2").key
    blobs.delete(lost)
    path = tmp_path / "old" / "audio" / rotten
    path.write_bytes(path.read_bytes()[::-1])
    for name in ("a1", "zz"):
        stray = store(blobs, name, [b"stray"])
        os.utime(tmp_path / "old" / "audio" / stray.key, (0, 0))
    store(blobs, "young", [b"on its way"])
    found = verify(old, blobs)
    assert (found.missing, found.damaged, found.recordings) == (("a1",), ("a2",), 3)
    assert sorted(key.split("/")[1].split(".")[0] for key in found.orphans) == ["a1", "zz"]
    assert not found.well
