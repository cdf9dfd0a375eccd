"""A rep's own day over HTTP."""

from datetime import UTC, datetime

import msgspec
from litestar.testing import TestClient

from api.app import create_app
from api.settings import MapSettings, Settings

from .conftest import As, Client, checkin


def test_the_days_visits_are_the_callers_own(client: Client, as_: As) -> None:
    now = datetime.now(UTC).isoformat()
    assert client.put("/api/visits/v1", json=checkin(at=now), headers=as_("rep")).status_code == 201
    day = client.get("/api/today", headers=as_("rep")).json()
    assert [stop["visit"]["id"] for stop in day["visits"]] == ["v1"]
    assert {each["customer"] for each in day["waiting"]} == {"c1", "c2"}
    other = client.get("/api/today", headers=as_("other"))
    assert (other.status_code, other.json()["visits"], other.json()["waiting"]) == (200, [], [])


def test_no_stranger_is_asked_for_a_map(client: Client, as_: As) -> None:
    answer = client.get("/api/me", headers=as_("rep"))
    assert answer.json()["tiles"] is None
    assert "img-src 'self' data: blob:;" in answer.headers["content-security-policy"]


def test_a_page_may_ask_the_chosen_source_for_pictures(settings: Settings, as_: As) -> None:
    chosen = MapSettings(tiles="https://tiles.example/{z}/{x}/{y}.png", credit="© somebody")
    with TestClient(create_app(msgspec.structs.replace(settings, map=chosen))) as client:
        answer = client.get("/api/me", headers=as_("rep"))
    assert answer.json()["tiles"] == {"url": chosen.tiles, "credit": "© somebody"}
    assert "img-src 'self' data: blob: https://tiles.example;" in answer.headers["content-security-policy"]
