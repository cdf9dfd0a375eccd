"""The manager's desk over HTTP: what comes first, a yes to many, territories side by side."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from nlp.types import Feedback, Order
from storage.database import Database
from storage.visits.reports import Reports
from storage.visits.visits import Visits

from .conftest import BOTH, As, Client, checkin
from .test_reports import LINKING, REPORT


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


def file(client: Client, as_: As, visit: str, **said: Any) -> None:
    """As the worker does it."""
    client.put(f"/api/visits/{visit}", json=checkin(), headers=as_("rep"))
    note = {"text": "said", "at": "2026-03-10T18:30:00Z"}
    client.put(f"/api/visits/{visit}/notes/n-{visit}", json=note, headers=as_("rep"))
    database: Database = client.app.state.database
    with database.writing() as session:
        report = msgspec.structs.replace(REPORT, **said)
        assert Reports(session).file(visit, Visits(session).revision(visit), report, LINKING)


@pytest.fixture
def day(client: Client, as_: As) -> None:
    """Two that are sure, two in doubt, one of which is about money."""
    order = Order(product="s1", name="tomatoes", quantity=100, unit="case", unit_price=None)
    file(client, as_, "light")
    file(client, as_, "heavy", orders=(order,))
    file(client, as_, "one", doubts=())
    file(client, as_, "two", doubts=(), feedback=(Feedback(kind="compliment", text="Great."),))


def listed(client: Client, as_: As, query: str) -> list[str]:
    answer = client.get(f"/api/review?{query}", headers=as_("manager"))
    assert answer.status_code == 200, answer.text
    return [each["id"] for each in answer.json()["items"]]


def test_the_list_goes_by_what_is_at_stake(client: Client, as_: As, day: None) -> None:
    assert listed(client, as_, "order=weight") == ["heavy", "light"]
    assert listed(client, as_, "order=newest") == ["heavy", "light"]
    assert listed(client, as_, "sure=true") == ["two", "one"]
    (first, _) = client.get("/api/review?order=doubt", headers=as_("manager")).json()["items"]
    assert first["stakes"] == [{"kind": "order", "amount": 3250.0}]
    assert client.get("/api/review?order=luck", headers=as_("manager")).status_code == 400


def test_a_yes_to_all_that_are_sure_and_its_undo(client: Client, as_: As, day: None) -> None:
    manager = as_("manager")
    seen = client.get("/api/approvals/sure", headers=manager).json()
    assert (seen["count"], seen["more"]) == (2, False)
    yes = client.post("/api/approvals", json={"until": seen["until"]}, headers=manager)
    assert (yes.status_code, yes.json()["count"], yes.json()["by_name"]) == (201, 2, "Mona Berg")
    one = client.get("/api/visits/one", headers=manager).json()
    assert (one["state"], one["approval"]["by_name"]) == ("approved", "Mona Berg")
    again = client.post("/api/approvals", json={"until": seen["until"]}, headers=manager)
    assert (again.status_code, again.json()["code"]) == (409, "nothing_sure")
    path = f"/api/approvals/{yes.json()['id']}/undo"
    assert client.post(path, headers=manager).json()["undone_at"]
    assert client.get("/api/visits/one", headers=manager).json()["state"] == "filed"
    assert client.post(path, headers=manager).json()["code"] == "approval_differs"
    assert client.post("/api/approvals/none/undo", headers=manager).json()["code"] == "unknown_approval"
    assert len(client.get("/api/approvals", headers=manager).json()) == 1


def test_a_yes_to_one_of_them(client: Client, as_: As, day: None) -> None:
    body = {"until": datetime.now(UTC).isoformat(), "visits": ["one"]}
    assert client.post("/api/approvals", json=body, headers=as_("manager")).json()["count"] == 1
    assert listed(client, as_, "sure=true") == ["two"]


def test_territories_and_who_is_silent(client: Client, as_: As, day: None) -> None:
    span = "from=2026-03-01&to=2026-03-31"
    desk = client.get(f"/api/desk?by=rep&{span}", headers=as_("manager")).json()
    dana = next(each for each in desk["territories"] if each["id"] == "rep")
    assert (dana["name"], dana["total"]["visits"], dana["total"]["compliments"]) == ("Dana Whitfield", 4, 1)
    towns = client.get(f"/api/desk?by=region&{span}", headers=as_("manager")).json()["territories"]
    assert {each["name"]: each["customers"] for each in towns} == {"Boston": 1, "": 1}
    sheet = client.get(f"/api/desk/table?{span}", headers=as_("manager"))
    assert sheet.headers["content-type"].startswith("text/csv")
    assert 'filename="rounds-desk-2026-03-01-2026-03-31.csv"' in sheet.headers["content-disposition"]
    assert "Dana Whitfield" in sheet.text
    wrong = client.get("/api/desk?from=2026-03-02&to=2026-03-01", headers=as_("manager"))
    assert (wrong.status_code, wrong.json()["code"]) == (400, "bad_period")
    silent = client.get("/api/desk/silent?weeks=520&limit=5", headers=as_("manager")).json()["items"]
    assert [each["id"] for each in silent] == ["c2"]
    assert client.get("/api/desk", headers=as_("manager")).json()["step"] == "week"
