"""The demo company: through the same repositories and jobs as what phones send, once, with moments of now."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.commands.demo import load_demo, shift
from api.settings import Settings
from storage.blobs import open_blobs
from storage.database import Database
from storage.errors import BadWorld
from storage.jobs import Jobs
from storage.people import People
from storage.queue import Listed
from storage.visits import Visits

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
    assert timedelta(0) <= datetime.now(UTC) - latest <= timedelta(days=4)


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


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-11-18T18:00", 253),  # a Wednesday evening: today
        ("2026-11-18T09:00", 252),  # in the morning: yesterday
        ("2026-11-22T18:00", 255),  # a Sunday: Friday
        ("2026-11-23T09:00", 255),  # a Monday morning: Friday
    ],
)
def test_the_last_visit_was_today_or_on_the_last_working_day(now: str, days: int) -> None:
    last = datetime.fromisoformat("2026-03-10T14:00")
    assert shift(last, datetime.fromisoformat(now)) == timedelta(days=days)
