from datetime import timedelta
from pathlib import Path

import pytest
from litestar.testing import TestClient

from api.app import create_app
from api.settings import Settings
from storage.crm.people import People
from storage.database import Database

from .conftest import As, Client


def invited(client: Client, as_: As, who: str = "rep") -> str:
    answer = client.post(f"/api/people/{who}/invitations", headers=as_("admin"))
    assert answer.status_code == 201
    assert answer.json()["url"] == f"https://rounds.example/enrol#{answer.json()['code']}"
    assert answer.json()["qr_svg"].startswith("<svg")
    return str(answer.json()["code"])


def test_a_code_becomes_a_token_and_a_cookie(client: Client, as_: As) -> None:
    answer = client.post("/api/enrol", json={"code": invited(client, as_), "label": "Pixel 7"})
    assert answer.status_code == 201
    assert answer.json()["employee"]["name"] == "Dana Whitfield"
    assert answer.json()["company"]["timezone"] == "America/New_York"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "; secure" not in cookie
    bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
    client.cookies.clear()
    assert client.get("/api/me", headers=bearer).json()["employee"]["id"] == "rep"


def test_the_cookie_alone_is_enough_until_it_is_given_back(client: Client, as_: As) -> None:
    client.post("/api/enrol", json={"code": invited(client, as_)})
    assert client.get("/api/me").status_code == 200
    answer = client.delete("/api/me/device")
    assert answer.status_code == 204
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert client.get("/api/me").status_code == 401


def test_over_https_the_cookie_is_secure(settings: Settings, as_: As) -> None:
    with TestClient(create_app(settings), base_url="https://testserver.local") as client:
        answer = client.post("/api/enrol", json={"code": invited(client, as_)})
    assert "; secure" in answer.headers["set-cookie"].lower()


def test_a_code_works_once(client: Client, as_: As) -> None:
    code = invited(client, as_)
    assert client.post("/api/enrol", json={"code": code}).status_code == 201
    again = client.post("/api/enrol", json={"code": code})
    assert (again.status_code, again.json()["code"]) == (410, "used_code")


def test_an_expired_code_says_so(client: Client, home: Path) -> None:
    database = Database(f"sqlite:///{home / 'rounds.db'}")
    with database.writing() as session:
        code = People(session).invite("rep", timedelta(seconds=-1)).code
    database.close()
    answer = client.post("/api/enrol", json={"code": code})
    assert (answer.status_code, answer.json()["code"]) == (410, "expired_code")


def test_a_lost_phone_is_shut_out_at_once(client: Client, as_: As) -> None:
    answer = client.post("/api/enrol", json={"code": invited(client, as_), "label": "lost"})
    phone = {"Authorization": f"Bearer {answer.json()['token']}"}
    client.cookies.clear()
    people = client.get("/api/people", headers=as_("admin")).json()
    (device,) = [d["id"] for person in people for d in person["devices"] if d["label"] == "lost"]
    assert client.delete(f"/api/devices/{device}", headers=as_("admin")).status_code == 204
    shut = client.get("/api/me", headers=phone)
    assert (shut.status_code, shut.json()["code"]) == (401, "bad_token")


def test_a_leaver_loses_every_phone(client: Client, as_: As) -> None:
    body = {"name": "Otto Reyes", "role": "rep", "active": False}
    assert client.put("/api/people/other", json=body, headers=as_("admin")).status_code == 200
    assert client.get("/api/me", headers=as_("other")).status_code == 401


def test_the_last_admin_stays(client: Client, as_: As) -> None:
    body = {"name": "Ada Stone", "role": "rep"}
    answer = client.put("/api/people/admin", json=body, headers=as_("admin"))
    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")


def test_phones_are_shown_to_admins_alone(client: Client, as_: As) -> None:
    assert all(not person["devices"] for person in client.get("/api/people", headers=as_("rep")).json())
    assert any(person["devices"] for person in client.get("/api/people", headers=as_("admin")).json())


def test_new_people_are_created_once(client: Client, as_: As) -> None:
    body = {"name": "Nia Park", "role": "rep"}
    assert client.put("/api/people/nia", json=body, headers=as_("admin")).status_code == 201
    assert client.put("/api/people/nia", json=body, headers=as_("admin")).status_code == 200


@pytest.mark.parametrize("unknown", ["/api/devices/none"])
def test_an_unknown_device(client: Client, as_: As, unknown: str) -> None:
    assert client.delete(unknown, headers=as_("admin")).json()["code"] == "unknown_device"
