"""The command line in the test's own process: what it prints, and what it leaves in the home folder."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.cli import main
from api.settings import Settings
from storage.crm.people import People
from storage.database import Database
from storage.records import Problem
from storage.sound.blobs import open_blobs, store
from storage.visits.memos import Memos
from storage.visits.visits import Visits
from storage.work.jobs import Jobs
from storage.work.queue import Listed

from .conftest import WORLD


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROUNDS_HOME", str(tmp_path / "home"))
    (tmp_path / "world.json").write_bytes(
        WORLD.replace(b'"reps": []', b'"reps": [{"id": "r1", "name": "Dana"}]')
    )
    return tmp_path / "home"


def people(home: Path) -> dict[str, str]:
    database = Database(Settings(home=home).database_url)
    with database.reading() as session:
        found = {each.employee.name: each.employee.role for each in People(session).list()}
    database.close()
    return dict(found)


def test_a_world_is_imported_twice_without_doubles(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert main(["import", str(tmp_path / "world.json")]) == 0
        assert "2 customers with 1 contacts, 1 products, 1 competitors, 1 reps" in capsys.readouterr().out
    assert people(home) == {"Dana": "rep"}


def test_customers_come_from_a_table_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "customers.csv").write_text("name,phone\nBlue Heron,+16175550199\n", encoding="utf-8")
    assert main(["import", str(tmp_path / "customers.csv")]) == 0
    assert capsys.readouterr().out.startswith("1 customers")


def test_a_token_is_printed_alone(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(tmp_path / "world.json")])
    capsys.readouterr()
    assert main(["token", "dana"]) == 0
    token = capsys.readouterr().out
    assert token == token.strip() + "\n"
    database = Database(Settings(home=home).database_url)
    with database.reading() as session:
        assert People(session).identify(token.strip()).employee.id == "r1"
    database.close()


def test_nobody_of_that_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["token", "nobody"]) == 1
    said = capsys.readouterr()
    assert (said.out, "Nobody is called nobody" in said.err) == ("", True)


def test_an_invitation_makes_the_person(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "Mona Berg", "--role", "manager"]) == 0
    said = capsys.readouterr().out
    assert "/enrol#" in said
    assert "█" in said
    assert main(["invite", "Mona Berg"]) == 0
    assert people(home) == {"Mona Berg": "manager"}
    assert main(["invite", "Mona Berg", "--role", "admin"]) == 0
    assert people(home) == {"Mona Berg": "admin"}


def test_a_mistyped_setting_stops_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROUNDS_SPEECH__MODLE", "large")
    assert main(["openapi"]) == 1
    assert "ROUNDS_SPEECH__MODLE is no setting" in capsys.readouterr().err


def test_the_contract_is_printed_without_opening_anything(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["openapi"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["info"]["title"] == "Rounds"
    assert "/api/visits/{visit_id}" in document["paths"]
    assert not home.exists()


def test_a_text_is_read_into_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(tmp_path / "world.json")])
    spoken = tmp_path / "spoken.txt"
    spoken.write_text(
        "Just left Bella Vista. Marco wants forty cases of San Marzano tomatoes.", encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["extract", str(spoken)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["outcome"] == "order"
    assert [(each["product"], each["quantity"]) for each in report["orders"]] == [("s1", 40)]


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "nowhere.txt"]) == 1
    assert "nowhere.txt" in capsys.readouterr().err


def test_the_recordings_are_verified(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(tmp_path / "world.json")])
    settings, jobs = Settings(home=home), Listed()
    blobs = open_blobs(settings.audio, home)
    database = Database(settings.database_url)
    with database.writing() as session:
        at = datetime(2026, 3, 10, 12, tzinfo=UTC)
        Visits(session).check_in("v1", rep="r1", at=at, position=None, customer=None, jobs=jobs)
        blob = store(blobs, "m1", [b"sound"])
        Memos(session).receive(
            "v1", "m1", at=at, content_type="audio/webm", blob=blob, position=None, jobs=jobs
        )
    database.close()
    capsys.readouterr()
    assert main(["verify"]) == 0
    assert capsys.readouterr().out.startswith("1 recordings")
    blobs.delete(blob.key)
    assert main(["verify"]) == 1
    assert "missing: m1" in capsys.readouterr().out


def test_an_installation_is_moved_as_often_as_it_takes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(tmp_path / "world.json")])
    target = f"sqlite:///{tmp_path / 'other.db'}"
    for _ in range(2):
        assert main(["move", "--to", target]) == 0
        assert "2 customer" in capsys.readouterr().out


def test_work_that_waits_is_listed(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(tmp_path / "world.json")])
    database = Database(Settings(home=home).database_url)
    jobs = Jobs(database)
    with database.writing() as session:
        at = datetime(2026, 3, 10, 12, tzinfo=UTC)
        Visits(session).check_in("v1", rep="r1", at=at, position=None, customer=None, jobs=jobs)
        Memos(session).note("v1", "n1", text="Nobody was there.", at=at, jobs=jobs)
    jobs.close()
    database.close()
    capsys.readouterr()
    assert main(["jobs"]) == 0
    assert "enqueued   visit v1  memo n1  attempt 1" in capsys.readouterr().out


def test_a_made_up_company(home: Path) -> None:
    assert main(["seed", "--scale", "50"]) == 0
    database = Database(Settings(home=home).database_url)
    with database.reading() as session:
        assert len(Visits(session).feed(200, None).items) == 50
    database.close()


def test_jobs_tell_what_was_given_up_and_why(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(tmp_path / "world.json")])
    database, at = Database(Settings(home=home).database_url), datetime(2026, 3, 10, 18, 5, tzinfo=UTC)
    blob = store(open_blobs(Settings(home=home).audio, home), "m1", [b"this is a text file"])
    broken = Problem(code="not_audio", title="This is no recording.", action="Record again.", retryable=False)
    with database.writing() as session:
        Visits(session).check_in("v1", rep="r1", at=at, position=None, customer=None, jobs=Listed())
        receive = Memos(session).receive
        receive("v1", "m1", at=at, content_type="audio/webm", blob=blob, position=None, jobs=Listed())
        Memos(session).fail("m1", broken)
    database.close()
    capsys.readouterr()
    main(["jobs"])
    (line,) = capsys.readouterr().out.splitlines()
    assert "failed     visit v1  This is no recording. (not_audio)" in line
