"""The queue over HTTP: whose turn it is, who takes it, and what other ways to the same task say then."""

from typing import Any

import pytest
import vobject

from .conftest import BOTH, As, Client
from .test_webhooks import deliver, file, listen, receiver

__all__ = ("receiver",)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


@pytest.fixture
def task(client: Client, as_: As) -> str:
    file(client, as_)
    return str(queue(client, as_, "rep")[0]["id"])


def queue(client: Client, as_: As, who: str, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/queue", params=asked, headers=as_(who))
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]  # type: ignore[no-any-return]


def act(client: Client, as_: As, who: str, method: str, path: str, **body: Any) -> Any:
    return client.request(method, f"/api/queue/{path}", headers=as_(who), json=body or None)


def test_mine_first_and_everybodys(client: Client, as_: As, task: str) -> None:
    (mine,) = queue(client, as_, "rep")
    assert (mine["holder_name"], mine["heard_by_name"], mine["channel"]) == (
        "Dana Whitfield", "Dana Whitfield", "visit",
    )  # fmt: skip
    assert (mine["ahead"], mine["because"]["reason"], mine["letter"]) == ("overdue", "said", None)
    assert queue(client, as_, "other") == []
    assert [each["id"] for each in queue(client, as_, "other", whose="all")] == [task]
    assert queue(client, as_, "rep", owner="customer") == []


def test_two_who_take_it_at_once(client: Client, as_: As, task: str) -> None:
    assert act(client, as_, "other", "POST", f"{task}/take").json()["holder"] == "other"
    late = act(client, as_, "employee", "POST", f"{task}/take")
    assert (late.status_code, late.json()["code"]) == (409, "task_taken")
    assert act(client, as_, "employee", "POST", f"{task}/hand", to="employee").json()["holder"] == "employee"
    assert act(client, as_, "employee", "DELETE", f"{task}/take").json()["holder"] == "rep"
    nobody = act(client, as_, "rep", "POST", f"{task}/hand", to="nobody")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "unknown_employee")


def test_done_is_done_for_promises_and_other_programs(
    client: Client, as_: As, task: str, receiver: Any
) -> None:
    listen(client, receiver.url, ["promise.done"])
    assert act(client, as_, "other", "POST", f"{task}/done").json()["done_at"]
    assert client.get("/api/promises", headers=as_("rep")).json()["items"] == []
    assert act(client, as_, "other", "POST", f"{task}/take").json()["code"] == "task_done"
    assert deliver(client) == 1
    assert act(client, as_, "other", "DELETE", f"{task}/done").json()["done_at"] is None
    assert [each["id"] for each in queue(client, as_, "rep")] == [task]
    assert act(client, as_, "rep", "GET", task).json()["id"] == task
    assert act(client, as_, "rep", "GET", "nothing").status_code == 404


def test_a_calendar_shows_what_lies_with_its_owner(client: Client, as_: As, task: str) -> None:
    def promises(who: str) -> list[str]:
        text = client.get("/api/calendar.ics", headers=as_(who)).text
        events = vobject.readOne(text).contents.get("vevent", [])
        return [each.uid.value for each in events if each.uid.value.startswith("promise-")]

    assert (promises("rep"), promises("other")) == ([f"promise-{task}@rounds"], [])
    act(client, as_, "rep", "POST", f"{task}/hand", to="other")
    assert (promises("rep"), promises("other")) == ([], [f"promise-{task}@rounds"])
    act(client, as_, "other", "POST", f"{task}/done")
    assert promises("other") == []


def test_a_manager_says_who_does_what(client: Client, as_: As) -> None:
    body = {"skills": ["quote"], "areas": ["Boston"]}
    assert client.put("/api/abilities/other", json=body, headers=as_("rep")).status_code == 403
    put = client.put("/api/abilities/other", json=body, headers=as_("manager"))
    assert (put.status_code, put.json()["skills"]) == (200, ["quote"])
    assert client.put("/api/abilities/nobody", json=body, headers=as_("manager")).status_code == 404
    file(client, as_)
    (mine,) = queue(client, as_, "other")
    assert mine["because"] == {"reason": "skill", "word": "quote"}
    listed = client.get("/api/abilities", headers=as_("employee")).json()
    assert {each["employee"]: each["skills"] for each in listed}["other"] == ["quote"]


def test_an_export_tells_who_has_it(client: Client, as_: As, task: str) -> None:
    text = client.get("/api/exports/promises", params={"form": "jsonl"}, headers=as_("manager")).text
    assert '"kind":"promise","holder":"rep"' in text
