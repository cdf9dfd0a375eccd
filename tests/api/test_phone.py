"""A call is announced once, by whoever knows the secret, to the screens of those who take it."""

import json
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from storage.events import Events
from storage.outside.signing import sign

from .conftest import BOTH, As, Client


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


def line(client: Client, as_: As, *takers: str) -> tuple[str, str]:
    made = client.post("/api/phone/lines", json={"name": "3CX", "takers": takers}, headers=as_("admin"))
    assert made.status_code == 201
    return urlsplit(made.json()["url"]).path, made.json()["secret"]


def announce(client: Client, url: str, secret: str, body: bytes, **changed: Any) -> Any:
    said = {"id": "m1", "at": int(time.time()), "signed": body, **changed}
    headers = {
        "webhook-id": said["id"],
        "webhook-timestamp": str(said["at"]),
        "webhook-signature": f"v1,bm8= {sign(secret, said['id'], said['at'], said['signed'])}",
    }
    return client.post(url, content=body, headers=headers)


def rings(client: Client, as_: As) -> list[dict[str, Any]]:
    """What the event table says about calls, as `who` sees them."""
    with client.app.state.database.reading() as session:
        events = [each for each in Events(session).after(0) if each.kind == "call"]
    return [client.get(f"/api/phone/calls/{each.subject}", headers=as_("employee")).json() for each in events]


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"phone": "+1 617 555 0142"}).encode(),
        json.dumps({"callerid": "6175550142", "queue": "sales"}).encode(),
        urlencode({"CallSid": "CA1", "From": "+16175550142", "To": "+16175550100"}).encode(),
    ],
)
def test_a_call_pops_up_with_who_it_is(client: Client, as_: As, body: bytes) -> None:
    url, secret = line(client, as_)
    assert announce(client, url, secret, body).status_code == 204
    assert announce(client, url, secret, body).status_code == 204  # the same message again
    (ring,) = rings(client, as_)
    assert [hit["customer"]["id"] for hit in ring["hits"]] == ["c1"]
    assert ring["mine"]


def test_only_those_who_take_it_are_told(client: Client, as_: As) -> None:
    url, secret = line(client, as_, "manager")
    announce(client, url, secret, b'{"phone": "+49 30 901820"}')
    (ring,) = rings(client, as_)
    assert (ring["mine"], ring["hits"]) == (False, [])
    assert client.get(f"/api/phone/calls/{ring['id']}", headers=as_("manager")).json()["mine"]


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"signed": b'{"phone": "2"}'}, 401, "bad_signature"),
        ({"at": 1_600_000_000}, 401, "bad_signature"),
    ],
)
def test_a_stranger_does_not_ring(
    client: Client, as_: As, changed: dict[str, Any], status: int, code: str
) -> None:
    url, secret = line(client, as_)
    answer = announce(client, url, secret, b'{"phone": "+16175550142"}', **changed)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert rings(client, as_) == []


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[1]", b'{"phone": "anonymous"}', b"\xff", b"{" * 9_000, b"x" * 70_000]
)
def test_an_announcement_without_a_number(client: Client, as_: As, body: bytes) -> None:
    url, secret = line(client, as_)
    answer = announce(client, url, secret, body)
    assert answer.status_code in (400, 413)
    assert rings(client, as_) == []


def test_a_line_is_an_administrators_and_its_secret_is_told_once(client: Client, as_: As) -> None:
    url, secret = line(client, as_)
    listed = client.get("/api/phone/lines", headers=as_("admin"))
    assert secret not in listed.text
    assert client.get("/api/phone/lines", headers=as_("manager")).status_code == 403
    who = client.post("/api/phone/lines", json={"name": "x", "takers": ["nobody"]}, headers=as_("admin"))
    assert who.json()["code"] == "unknown_employee"
    announce(client, url, secret, b'{"phone": "+16175550142"}')
    gone = client.delete(f"/api/phone/lines/{listed.json()[0]['id']}", headers=as_("admin"))
    assert gone.status_code == 204
    assert announce(client, url, secret, b'{"phone": "1"}').json()["code"] == "unknown_line"
    assert client.get("/api/phone/calls/none", headers=as_("rep")).json()["code"] == "unknown_call"


def test_who_takes_a_line_is_changed_later(client: Client, as_: As) -> None:
    url, secret = line(client, as_)
    (known,) = client.get("/api/phone/lines", headers=as_("admin")).json()
    path = f"/api/phone/lines/{known['id']}/takers"
    chosen = client.put(path, json={"takers": ["rep", "rep"]}, headers=as_("admin"))
    assert (chosen.status_code, chosen.json()["takers"]) == (200, ["rep"])
    announce(client, url, secret, b'{"phone": "+16175550142"}')
    (ring,) = rings(client, as_)
    assert not ring["mine"]
    wrong = client.put(path, json={"takers": ["nobody"]}, headers=as_("admin"))
    assert (wrong.status_code, wrong.json()["code"]) == (404, "unknown_employee")
    gone = client.put("/api/phone/lines/none/takers", json={"takers": []}, headers=as_("admin"))
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_line")
