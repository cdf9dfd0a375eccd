"""A correction, through the API, and what the next memo and past visits make of it; on both databases."""

from collections.abc import Iterator

import pytest

from api.commands.learn import relearn
from api.pipeline import STAGES, Desk, Engines, Received
from api.settings import Settings
from nlp.extract import Extractor
from nlp.settings import NlpSettings
from speech.engines.canned import CannedTranscriber
from storage.database import Database
from storage.settings import AudioSettings
from storage.sound.blobs import open_blobs

from .conftest import BOTH, As, Client, checkin

HEARD = "I met with Margaret Reynolds this morning. He takes forty cases of tomatoes."
PERSON = {"id": "p1", "name": "Marco Rinaldi", "role": None, "phone": None, "email": None}


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor.load(NlpSettings())


@pytest.fixture
def desk(client: Client, settings: Settings, extractor: Extractor) -> Iterator[Desk]:
    """A worker's desk on the database that the client talks to."""
    database = Database(settings.database_url)
    engines = Engines(transcriber=CannedTranscriber(otherwise=""), extractor=extractor)
    yield Desk(database=database, blobs=open_blobs(AudioSettings(), settings.home), engines=engines)
    database.close()


def tell(client: Client, as_: As, desk: Desk, visit: str, text: str = HEARD) -> dict[str, object]:
    """A visit beside Bella Vista with one note, worked through."""
    client.put(f"/api/visits/{visit}", json=checkin(), headers=as_("rep"))
    note = {"text": text, "at": "2026-03-10T18:30:00Z"}
    assert (
        client.put(f"/api/visits/{visit}/notes/n-{visit}", json=note, headers=as_("rep")).status_code == 201
    )
    done: object = Received(visit=visit, memo=f"n-{visit}")
    for stage in STAGES:
        done = stage(desk, done)
    report: dict[str, object] = client.get(f"/api/visits/{visit}", headers=as_("rep")).json()["report"]
    return report


def met(report: object) -> list[tuple[str | None, str]]:
    assert isinstance(report, dict)
    return [(each["id"], each["name"]) for each in report["contacts"]]


def correct(client: Client, as_: As, visit: str) -> None:
    answer = client.patch(f"/api/visits/{visit}/report", json={"contacts": [PERSON]}, headers=as_("manager"))
    assert answer.status_code == 200, answer.text


def test_a_corrected_name_is_known_the_next_time_until_it_is_taken_back(
    client: Client, as_: As, desk: Desk
) -> None:
    assert met(tell(client, as_, desk, "v1")) == [(None, "Margaret Reynolds")]
    correct(client, as_, "v1")
    assert met(tell(client, as_, desk, "v2")) == [("p1", "Marco Rinaldi")]
    (alias,) = client.get("/api/aliases", headers=as_("employee")).json()["items"]
    assert (alias["heard"], alias["record"], alias["by_name"]) == ("Margaret Reynolds", "p1", "Mona Berg")
    assert client.delete(f"/api/aliases/{alias['id']}", headers=as_("rep")).status_code == 403
    assert client.delete(f"/api/aliases/{alias['id']}", headers=as_("manager")).status_code == 204
    assert client.get("/api/aliases", headers=as_("employee")).json()["items"] == []
    assert met(tell(client, as_, desk, "v3")) == [(None, "Margaret Reynolds")]
    gone = client.delete(f"/api/aliases/{alias['id']}", headers=as_("manager"))
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_alias")


def test_past_visits_are_proposed_and_approved_ones_left_alone(
    client: Client, as_: As, desk: Desk, extractor: Extractor, capsys: pytest.CaptureFixture[str]
) -> None:
    for visit in ("v1", "v2", "v3"):
        tell(client, as_, desk, visit)
    client.post("/api/visits/v3/approve", headers=as_("manager"))
    correct(client, as_, "v1")

    def report(visit: str) -> object:
        return client.get(f"/api/visits/{visit}", headers=as_("rep")).json()["report"]

    assert relearn(desk.database, extractor, apply=False) == 1
    assert "contacts: - name Margaret Reynolds" in capsys.readouterr().out
    assert met(report("v2")) == [(None, "Margaret Reynolds")]
    assert relearn(desk.database, extractor, apply=True) == 1
    assert [met(report(visit)) for visit in ("v1", "v2", "v3")] == [
        [("p1", "Marco Rinaldi")],
        [("p1", "Marco Rinaldi")],
        [(None, "Margaret Reynolds")],
    ]
    visit = client.get("/api/visits/v2", headers=as_("rep")).json()
    assert visit["state"] == "needs_review"
    assert visit["report"]["doubts"][0]["reason"] == "Read anew after corrections: contacts."
    assert relearn(desk.database, extractor, apply=False) == 0
