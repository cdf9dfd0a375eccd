"""From words at a customer's to a subject with its voices, put right by people; on both databases."""

from collections.abc import Iterator

import pytest

from api.gathering import gather
from api.pipeline import STAGES, Desk, Engines, Received
from api.settings import Settings
from nlp.extract import Extractor
from nlp.grouping import grouper_of
from nlp.settings import NlpSettings
from speech.engines.canned import CannedTranscriber
from storage.database import Database
from storage.settings import AudioSettings
from storage.sound.blobs import open_blobs
from storage.tables.heard import UncollectedRow

from .conftest import BOTH, As, Client

ASKED = "I met Marco. They asked whether we could do smaller cases of the tomatoes."
SAID = {
    "c1": f"{ASKED} Sysco was there last week.",
    "c2": "Good talk. They suggested that we sell the tomatoes in smaller cases.",
}


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor.load(NlpSettings())


@pytest.fixture
def desk(client: Client, settings: Settings, extractor: Extractor) -> Iterator[Desk]:
    database = Database(settings.database_url)
    engines = Engines(
        transcriber=CannedTranscriber(otherwise=""),
        extractor=extractor,
        grouper=grouper_of(extractor.pipeline),
    )
    yield Desk(database=database, blobs=open_blobs(AudioSettings(), settings.home), engines=engines)
    database.close()


@pytest.fixture
def told(client: Client, as_: As, desk: Desk) -> None:
    for customer, text in SAID.items():
        call = {"kind": "call", "at": "2026-03-10T14:05:00-04:00", "text": text}
        moment = f"k-{customer}"
        client.put(f"/api/customers/{customer}/moments/{moment}", json=call, headers=as_("rep"))
        done: object = Received(visit=moment, memo=f"{moment}.text")
        for stage in STAGES:
            done = stage(desk, done)
    assert desk.engines.grouper is not None
    gather(desk.database, desk.engines.grouper)


def test_two_customers_ask_for_the_same(client: Client, as_: As, told: None) -> None:
    me = as_("employee")
    remarks = client.get("/api/heard?kind=remark", headers=me).json()["items"]
    assert (remarks[0]["customers"], remarks[0]["named_by"]) == (2, None)
    voices = client.get(f"/api/heard/{remarks[0]['id']}/voices", headers=me).json()["items"]
    assert {each["customer"] for each in voices} == {"c1", "c2"}
    (rival,) = client.get("/api/heard?kind=competitor", headers=me).json()["items"]
    (voice,) = client.get(f"/api/heard/{rival['id']}/voices", headers=me).json()["items"]
    assert (rival["name"], voice["text"]) == ("Sysco", "Sysco was there last week.")


def test_people_put_it_right(client: Client, as_: As, desk: Desk, told: None) -> None:
    rep = as_("rep")
    first = client.get("/api/heard?kind=remark", headers=rep).json()["items"][0]
    named = client.patch(f"/api/heard/{first['id']}", json={"name": "Smaller cases"}, headers=rep).json()
    assert (named["name"], named["named_by"]) == ("Smaller cases", "Dana Whitfield")
    voice = client.get(f"/api/heard/{first['id']}/voices", headers=rep).json()["items"][0]
    address = f"/api/voices/{voice['id']}"
    parted = client.post(f"{address}/part", json={"name": "Food that goes bad"}, headers=rep).json()
    assert (parted["customers"], parted["name"]) == (1, "Food that goes bad")
    assert desk.engines.grouper is not None
    gather(desk.database, desk.engines.grouper)
    with desk.database.writing() as session:
        session.add(UncollectedRow(visit=voice["visit"]))
    gather(desk.database, desk.engines.grouper)
    assert client.get(f"/api/heard/{parted['id']}", headers=rep).json()["voices"] == 1
    back = client.put(f"{address}/subject", json={"subject": first["id"]}, headers=rep).json()
    assert (back["subject"], back["placed_by"]) == (first["id"], "Dana Whitfield")
    assert client.get(f"/api/heard/{first['id']}", headers=rep).json()["customers"] == 2
    (found,) = client.get("/api/heard?q=SMALLER", headers=rep).json()["items"]
    assert found["id"] == first["id"]


def test_what_is_not_there(client: Client, as_: As) -> None:
    rep = as_("rep")
    assert client.get("/api/heard/none", headers=rep).json()["code"] == "unknown_subject"
    assert client.get("/api/heard/none/voices", headers=rep).status_code == 404
    part = client.post("/api/voices/none/part", json={"name": "x"}, headers=rep)
    assert (part.status_code, part.json()["code"]) == (404, "unknown_voice")
    assert client.patch("/api/heard/none", json={"name": "x"}, headers=as_("employee")).status_code == 403
    assert client.get("/api/heard?after=x", headers=rep).json()["code"] == "bad_cursor"
