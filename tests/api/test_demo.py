"""The demo company: through the same repositories and jobs as what phones send, once, with moments of now."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from api.commands.demo import load_demo, recent
from api.settings import Settings
from storage.crm.people import People
from storage.database import Database
from storage.errors import BadWorld
from storage.sound.blobs import open_blobs
from storage.visits.visits import Visits
from storage.work.jobs import Jobs
from storage.work.queue import Listed

from .conftest import WORLD

SPOKEN = [
    {"id": "d1", "rep": "r1", "text": "Nobody was there.", "checkin": {"at": "2026-03-09T15:00:00-04:00"}},
    {
        "id": "d2",
        "rep": "r2",
        "audio": "audio/d2.webm",
        "text": "Marco wants two cases.",
        "checkin": {"at": "2026-03-10T09:30:00-04:00", "lat": 42.36, "lon": -71.05, "accuracy_m": 20},
    },
]
REPS = b'"reps": [{"id": "r1", "name": "Dana"}, {"id": "r2", "name": "Otto"}]'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "demo"
    (folder / "audio").mkdir(parents=True)
    (folder / "world.json").write_bytes(WORLD.replace(b'"reps": []', REPS))
    (folder / "audio" / "d2.webm").write_bytes(b"sound")
    (folder / "dictations.jsonl").write_text("\n".join(map(json.dumps, SPOKEN)), encoding="utf-8")
    return folder


def test_it_fills_an_empty_company_once(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=tmp_path / "home")
    load_demo(settings, folder)
    load_demo(settings, folder)
    assert "there already" in capsys.readouterr().out
    database = Database(settings.database_url)
    with database.reading() as session:
        visits = [Visits(session).get(each.id) for each in Visits(session).feed(9, None).items]
        roles = sorted(each.employee.role for each in People(session).list())
    jobs = Jobs(database)
    assert len(jobs.list()) == 2
    jobs.close()
    database.close()
    assert roles == ["admin", "employee", "manager", "rep", "rep"]
    kinds = {visit.rep: (visit.memos[0].kind, visit.state) for visit in visits}
    assert kinds == {"r1": ("note", "processing"), "r2": ("voice", "processing")}
    assert len(list(open_blobs(settings.audio, settings.home).keys())) == 1
    latest = max(visit.at for visit in visits)
    assert timedelta(0) <= datetime.now(UTC) - latest <= timedelta(days=7)


def test_it_does_not_mix_with_visits_of_ones_own(folder: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    database = Database(settings.database_url)
    database.migrate()
    with database.writing() as session:
        People(session).put("own", "Own", "rep", True)
        at = datetime(2026, 3, 1, 12, tzinfo=UTC)
        Visits(session).check_in("mine", rep="own", at=at, position=None, customer=None, jobs=Listed())
    database.close()
    with pytest.raises(BadWorld, match="visits of its own"):
        load_demo(settings, folder)


def test_each_moment_keeps_its_weekday_and_hour_and_lies_in_the_last_four_weeks() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    said = [
        datetime(2026, month, day, 15, 22, tzinfo=zone) for month, day in ((1, 12), (3, 17), (6, 5), (12, 7))
    ]
    now = datetime(2026, 11, 22, 10, 30, tzinfo=zone)
    moved = recent([{"checkin": {"at": at.isoformat()}} for at in said] + [{"checkin": None}], now)
    moments = [at for at, _ in moved]
    assert all(timedelta(0) <= now - at <= timedelta(weeks=4) for at in moments)
    assert [(at.weekday(), at.hour) for at in moments] == [(at.weekday(), 15) for at in [*said, said[-1]]]
