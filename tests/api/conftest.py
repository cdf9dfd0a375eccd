"""An application over a database of its own for each test, with one person of each role."""

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import text

from api.app import create_app
from api.settings import ServerSettings, Settings
from storage.crm.people import People
from storage.crm.world import import_world
from storage.database import Database
from storage.records import Role
from storage.settings import AudioSettings, DatabaseSettings
from storage.tables.metadata import METADATA
from storage.work.jobs import Jobs

from .crew import company, embedded, served

__all__ = ("company", "embedded", "served")

STAFF: dict[str, tuple[str, Role]] = {
    "rep": ("Dana Whitfield", "rep"),
    "other": ("Otto Reyes", "rep"),
    "manager": ("Mona Berg", "manager"),
    "employee": ("Emil Roth", "employee"),
    "admin": ("Ada Stone", "admin"),
}
WORLD = b"""{
  "company": "Harvest Lane Foods", "timezone": "America/New_York", "currency": "USD", "region": "US",
  "reps": [],
  "customers": [
    {"id": "c1", "name": "Bella Vista Trattoria", "aliases": ["Bella Vista"],
     "address": "12 Harbor Street, Boston", "lat": 42.3601, "lon": -71.0530, "phone": "+16175550142",
     "contacts": [{"id": "p1", "name": "Marco Rinaldi", "role": "head chef", "phone": "+16175550143",
                   "email": "marco@bellavista.example"}]},
    {"id": "c2", "name": "Golden Crust Bakery", "aliases": [], "address": null,
     "lat": 42.3700, "lon": -71.0600, "phone": null, "contacts": []}],
  "products": [{"id": "s1", "name": "San Marzano tomatoes", "aliases": [], "unit": "case", "price": 32.5}],
  "competitors": [{"name": "Sysco", "aliases": []}]
}"""
TOKENS = "tokens"
BOTH = [None, pytest.param("postgres_url", marks=pytest.mark.postgres)]
"""For modules whose tests run on both databases: the fixture that names the address."""

logging.getLogger("dbos").setLevel(logging.WARNING)

Client = TestClient[Litestar]
As = Callable[[str], dict[str, str]]


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the company in it; `tokens` holds a line `role token` each."""
    home = tmp_path_factory.mktemp("seeded")
    (home / "world.json").write_bytes(WORLD)
    database = Database(f"sqlite:///{home / 'rounds.db'}")
    database.migrate()
    Jobs(database).close()
    fill(database, home)
    database.close()
    return home


def fill(database: Database, home: Path) -> None:
    with database.writing() as session:
        import_world(session, home / "world.json")
        people, lines = People(session), []
        for ident, (name, role) in STAFF.items():
            people.put(ident, name, role, True)
            lines.append(f"{ident} {people.issue(ident, 'test')[0]}")
    (home / TOKENS).write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def home(seeded: Path, tmp_path: Path) -> Path:
    target = tmp_path / "home"
    shutil.copytree(seeded, target)
    return target


@pytest.fixture
def web_app(tmp_path: Path) -> Path:
    """A built web app in miniature."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Rounds</title>", encoding="utf-8")
    (folder / "sw.js").write_text("self.skipWaiting()", encoding="utf-8")
    (folder / "manifest.webmanifest").write_text("{}", encoding="utf-8")
    (folder / "assets" / "index-4f2a.js").write_text("console.log(1)", encoding="utf-8")
    return folder


@pytest.fixture
def database_url() -> str | None:
    """SQLite in the home folder; a module that takes BOTH overrides it."""
    return None


@pytest.fixture
def postgres_url(home: Path, request: pytest.FixtureRequest) -> str:
    """The same company in PostgreSQL; its tokens replace those in the home folder."""
    server: Database = request.getfixturevalue("server")
    names = ", ".join(f'"{name}"' for name in METADATA.tables)
    with server.writing() as session:
        session.connection().execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    fill(server, home)
    return server.url


@pytest.fixture
def settings(home: Path, web_app: Path, database_url: str | None) -> Settings:
    return Settings(
        home=home,
        database=DatabaseSettings(url=database_url),
        audio=AudioSettings(memo_limit_mb=2),
        server=ServerSettings(web_app=web_app, public_url="https://rounds.example"),
    )


@pytest.fixture
def client(settings: Settings) -> Iterator[Client]:
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def as_(home: Path) -> As:
    """The headers of one of STAFF."""
    tokens = dict(line.split() for line in (home / TOKENS).read_text(encoding="utf-8").splitlines())
    return lambda who: {"Authorization": f"Bearer {tokens[who]}"}


@pytest.fixture
def visit(client: Client, as_: As) -> str:
    """A visit by the rep beside Bella Vista."""
    answer = client.put("/api/visits/v1", json=checkin(), headers=as_("rep"))
    assert answer.status_code == 201, answer.text
    return "v1"


def checkin(**changed: Any) -> dict[str, Any]:
    position = {"lat": 42.36012, "lon": -71.05291, "accuracy_m": 18, "age_s": 2}
    return {"at": "2026-03-10T14:05:00-04:00", "position": position, **changed}
