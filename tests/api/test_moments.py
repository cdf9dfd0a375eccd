"""Calls, mails and notes: logged by anybody, once, and part of the customer's story."""

import pytest

from .conftest import As, Client

CALL = {
    "kind": "call",
    "at": "2026-03-10T14:05:00-04:00",
    "text": "Marco will send the signed form on Friday.",
}
URL = "/api/customers/c1/moments/k1"


def test_anybody_logs_a_call(client: Client, as_: As) -> None:
    created = client.put(URL, json=CALL, headers=as_("employee"))
    assert created.status_code == 201
    moment = created.json()
    assert (moment["kind"], moment["rep"], moment["customer"]) == ("call", "employee", "c1")
    assert (moment["state"], moment["memos"][0]["kind"]) == ("processing", "note")
    again = client.put(URL, json=CALL, headers=as_("employee"))
    assert (again.status_code, len(again.json()["memos"])) == (200, 1)
    timeline = client.get("/api/customers/c1", headers=as_("rep")).json()["timeline"]["items"]
    assert [(each["id"], each["kind"]) for each in timeline] == [("k1", "call")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "mail"}, "visit_differs"),
        ({"at": "2026-03-10T15:05:00-04:00"}, "visit_differs"),
        ({"text": "Something else."}, "memo_differs"),
    ],
)
def test_another_moment_under_the_same_id(client: Client, as_: As, change: dict[str, str], code: str) -> None:
    client.put(URL, json=CALL, headers=as_("employee"))
    answer = client.put(URL, json={**CALL, **change}, headers=as_("employee"))
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    other = client.put(URL, json=CALL, headers=as_("manager"))
    assert (other.status_code, other.json()["code"]) == (409, "visit_differs")


def test_a_moment_that_does_not_fit(client: Client, as_: As) -> None:
    nowhere = client.put("/api/customers/none/moments/k1", json=CALL, headers=as_("employee"))
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "unknown_customer")
    for change in ({"kind": "visit"}, {"text": ""}, {"at": "noon"}):
        answer = client.put(URL, json={**CALL, **change}, headers=as_("employee"))
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_whom_it_was_with_and_what_came_of_it_are_told(client: Client, as_: As) -> None:
    told = {**CALL, "people": ["p1"], "outcome": "order"}
    moment = client.put(URL, json=told, headers=as_("employee")).json()
    assert [each["field"] for each in moment["corrections"]] == ["contacts", "outcome"]
    (line,) = client.get("/api/customers/c1", headers=as_("rep")).json()["timeline"]["items"]
    assert line["outcome"] == "order"
    assert client.put(URL, json=told, headers=as_("employee")).json()["corrections"] == moment["corrections"]
    stranger = client.put(f"{URL}2", json={**told, "people": ["p9"]}, headers=as_("employee"))
    assert (stranger.status_code, stranger.json()["code"]) == (404, "unknown_contact")
