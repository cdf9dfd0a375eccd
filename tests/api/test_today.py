"""A rep's own day over HTTP."""

from datetime import UTC, datetime

from .conftest import As, Client, checkin


def test_the_days_visits_are_the_callers_own(client: Client, as_: As) -> None:
    now = datetime.now(UTC).isoformat()
    assert client.put("/api/visits/v1", json=checkin(at=now), headers=as_("rep")).status_code == 201
    day = client.get("/api/today", headers=as_("rep")).json()
    assert [stop["visit"]["id"] for stop in day["visits"]] == ["v1"]
    assert {each["customer"] for each in day["waiting"]} == {"c1", "c2"}
    other = client.get("/api/today", headers=as_("other"))
    assert (other.status_code, other.json()["visits"], other.json()["waiting"]) == (200, [], [])
