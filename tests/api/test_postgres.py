"""The same routes over PostgreSQL, and one company behind two web processes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from api.app import create_app
from api.settings import Settings
from storage.crm.people import People
from storage.crm.world import import_world
from storage.database import Database
from storage.settings import DatabaseSettings

from .conftest import WORLD, checkin
from .crew import NewDatabase
from .served import served
from .test_memos import SOUND, digest
from .test_serving import call, next_event, open_line

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def url(new_database: NewDatabase) -> Iterator[str]:
    with new_database() as url:
        yield url


@pytest.fixture(scope="module")
def token(url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of a rep in the small company."""
    world = tmp_path_factory.mktemp("world") / "world.json"
    world.write_bytes(WORLD)
    database = Database(url)
    database.migrate()
    with database.writing() as session:
        import_world(session, world)
        People(session).put("rep", "Dana Whitfield", "rep", True)
        token, _ = People(session).issue("rep", "test")
    database.close()
    return token


def test_the_path_of_a_phone(url: str, token: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database=DatabaseSettings(url=url))
    headers = {"Authorization": f"Bearer {token}"}
    memo = {**headers, "Content-Type": "audio/webm", "Content-Digest": digest(SOUND)}
    with TestClient(create_app(settings)) as client:
        client.headers.update(headers)
        assert client.get("/api/health").json()["status"] == "ready"
        visit = client.put("/api/visits/p1", json=checkin())
        assert (visit.status_code, visit.json()["candidates"][0]["customer"]) == (201, "c1")
        assert client.put("/api/visits/p1/memos/m1", content=SOUND, headers=memo).status_code == 201
        assert client.put("/api/visits/p1/memos/m1", content=SOUND, headers=memo).status_code == 200
        assert client.get("/api/visits/p1").json()["state"] == "processing"
        assert client.get("/api/visits/p1/memos/m1/audio").content == SOUND
        assert client.get("/api/customers?q=bela+vist").json()["items"][0]["customer"]["id"] == "c1"
        assert client.get("/api/feed").json()["items"][0]["id"] == "p1"


def test_two_web_processes_tell_the_same_news(
    url: str, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUNDS_DATABASE__URL", url)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with (
        served(tmp_path / "one", "--no-https") as one,
        served(tmp_path / "two", "--no-https") as two,
        open_line(two, token) as stream,
    ):
        stream.readline()
        for number in range(20):
            assert (
                call(one if number % 2 else two, token, "PUT", f"/api/visits/n{number}", checkin())[0] == 201
            )
        events = [next_event(stream) for _ in range(20)]
        ids = [int(event["id"]) for event in events]
        assert ids == sorted(set(ids))
        with open_line(one, token, ids[0] - 1) as resumed:
            assert [int(next_event(resumed)["id"]) for _ in range(20)] == ids


def test_machines_that_start_at_once_make_the_tables_once(new_database: NewDatabase) -> None:
    with new_database() as empty:
        program = "import sys; from storage.database import Database; Database(sys.argv[1]).migrate()"
        running = [subprocess.Popen([sys.executable, "-c", program, empty]) for _ in range(3)]
        assert [each.wait(timeout=120) for each in running] == [0, 0, 0]
