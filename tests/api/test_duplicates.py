"""Two records of one customer: found, merged with nothing lost, and two again exactly as they were."""

from typing import Any

import pytest

from api.comparing import compare_some

from .conftest import BOTH, As, Client, checkin


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


TWIN = {
    "name": "Bela Vista Tratoria",
    "aliases": ["The Harbor Italian"],
    "address": "12 Harbour St, Boston",
    "lat": 42.3602,
    "lon": -71.0531,
    "phone": "+16175550999",
}


@pytest.fixture
def twin(client: Client, as_: As) -> None:
    """A second record of c1, with a person, a visit and a logged call with a promise."""
    rep = as_("rep")
    client.put("/api/customers/c9", json=TWIN, headers=rep)
    client.put("/api/customers/c9/contacts/p1", json={"name": "Lucia Rinaldi"}, headers=rep)
    client.put("/api/visits/v1", json={**checkin(), "customer": "c9"}, headers=rep)
    call = {"kind": "call", "at": "2026-03-10T14:05:00-04:00", "text": "Lucia wants a quote."}
    client.put("/api/customers/c9/moments/k1", json=call, headers=rep)


def customer(client: Client, as_: As, ident: str) -> dict[str, Any]:
    return client.get(f"/api/customers/{ident}", headers=as_("rep")).json()


def merge(client: Client, as_: As, kept: str = "c1", gone: str = "c9") -> Any:
    return client.post("/api/merges", json={"kept": kept, "gone": gone}, headers=as_("manager"))


def found(client: Client, as_: As, **asked: str) -> list[str]:
    hits = client.get("/api/customers", params=asked, headers=as_("rep")).json()["items"]
    return [hit["customer"]["id"] for hit in hits]


def test_they_are_found_and_told_apart(client: Client, as_: As, twin: None) -> None:
    (pair,) = client.get("/api/duplicates", headers=as_("manager")).json()["pairs"]
    assert {pair["one"]["id"], pair["other"]["id"]} == {"c1", "c9"}
    assert pair["why"] == ["name", "place"]
    client.post("/api/duplicates/apart", json={"one": "c9", "other": "c1"}, headers=as_("manager"))
    assert client.get("/api/duplicates", headers=as_("manager")).json() == {"pairs": [], "left": 0}
    assert client.get("/api/duplicates", headers=as_("rep")).status_code == 403


def test_merged_with_nothing_lost_and_taken_back_exactly(client: Client, as_: As, twin: None) -> None:
    before = {ident: customer(client, as_, ident) for ident in ("c1", "c9")}
    done = merge(client, as_)
    assert done.status_code == 201
    whole = customer(client, as_, "c1")
    assert {each["id"] for each in whole["timeline"]["items"]} == {"v1", "k1"}
    assert set(whole["customer"]["aliases"]) == {"Bella Vista", "Bela Vista Tratoria", "The Harbor Italian"}
    people = {each["name"]: each["phone"] for each in whole["customer"]["contacts"]}
    assert people == {
        "Marco Rinaldi": "+16175550143",
        "Lucia Rinaldi": None,
        "Bela Vista Tratoria": "+16175550999",
    }
    assert customer(client, as_, "c9") == whole  # an old link leads to the survivor
    assert client.get("/api/customers/c9/timeline", headers=as_("rep")).json()["items"]
    for asked in ({"q": "harbor italian"}, {"q": "lucia"}, {"phone": "617 555 0999"}):
        assert found(client, as_, **asked) == ["c1"]
    again = client.post(f"/api/merges/{done.json()['id']}/undo", headers=as_("manager"))
    assert again.status_code == 200
    for ident, was in before.items():
        now = customer(client, as_, ident)
        assert now["customer"] == was["customer"]
        assert [each["id"] for each in now["timeline"]["items"]] == [
            each["id"] for each in was["timeline"]["items"]
        ]
    assert found(client, as_, phone="617 555 0999") == ["c9"]
    twice = client.post(f"/api/merges/{done.json()['id']}/undo", headers=as_("manager"))
    assert (twice.status_code, twice.json()["code"]) == (409, "merge_differs")


def test_a_phone_that_still_knows_the_old_one(client: Client, as_: As, twin: None) -> None:
    merge(client, as_)
    rep = as_("rep")
    again = client.put("/api/visits/v1", json={**checkin(), "customer": "c9"}, headers=rep)
    assert (again.status_code, again.json()["customer"]) == (200, "c1")
    new = client.put("/api/visits/v2", json={**checkin(), "customer": "c9"}, headers=rep)
    assert (new.status_code, new.json()["customer"]) == (201, "c1")
    client.put("/api/visits/v3", json=checkin(), headers=rep)
    chosen = client.post("/api/visits/v3/customer", json={"customer": "c9"}, headers=rep)
    assert chosen.json()["customer"] == "c1"
    late = client.put("/api/customers/c9", json=TWIN, headers=rep)
    assert (late.status_code, late.json()["code"]) == (404, "unknown_customer")


def test_merges_are_taken_back_from_the_last(client: Client, as_: As, twin: None) -> None:
    first = merge(client, as_).json()
    second = merge(client, as_, kept="c2", gone="c1").json()
    assert customer(client, as_, "c9")["customer"]["id"] == "c2"
    manager = as_("manager")
    early = client.post(f"/api/merges/{first['id']}/undo", headers=manager)
    assert (early.status_code, early.json()["code"]) == (409, "merge_differs")
    for each in (second, first):
        assert client.post(f"/api/merges/{each['id']}/undo", headers=manager).status_code == 200
    assert customer(client, as_, "c9")["customer"]["name"] == TWIN["name"]
    listed = client.get("/api/merges", headers=manager).json()
    assert [(each["kept"], each["gone"], bool(each["undone_at"])) for each in listed] == [
        ("c2", "c1", True),
        ("c1", "c9", True),
    ]


@pytest.mark.parametrize(
    ("kept", "gone", "status", "code"),
    [
        ("c1", "c1", 409, "same_record"),
        ("c1", "c8", 404, "unknown_customer"),
        ("c8", "c1", 404, "unknown_customer"),
    ],
)
def test_what_cannot_be_merged(client: Client, as_: As, kept: str, gone: str, status: int, code: str) -> None:
    answer = merge(client, as_, kept, gone)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_worker_compares_what_was_written(client: Client, as_: As, twin: None) -> None:
    database = client.app.state.database
    while compare_some(database):
        pass
    found = client.get("/api/duplicates", headers=as_("manager")).json()
    assert ([pair["why"] for pair in found["pairs"]], found["left"]) == ([["name", "place"]], 0)
