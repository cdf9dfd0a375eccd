import pytest

from .conftest import As, Client, checkin

NOTE = {"text": "Marco wants five cases.", "at": "2026-03-10T14:30:00-04:00"}


def test_a_checkin_answers_with_who_is_near(client: Client, as_: As) -> None:
    answer = client.put("/api/visits/v1", json=checkin(), headers=as_("rep"))
    assert answer.status_code == 201
    visit = answer.json()
    assert (visit["state"], visit["rep"], visit["customer"]) == ("open", "rep", None)
    assert visit["candidates"][0]["customer"] == "c1"
    assert visit["candidates"][0]["probability"] > 0.5
    assert visit["position"]["weak"] is False


def test_a_position_that_the_rep_takes_back_is_gone_and_does_not_come_again(
    client: Client, as_: As, visit: str
) -> None:
    path = f"/api/visits/{visit}"
    assert client.delete(f"{path}/position", headers=as_("other")).status_code == 403
    taken = client.delete(f"{path}/position", headers=as_("rep"))
    assert taken.status_code == 200
    assert taken.json()["position"] is None
    assert {link["distance_m"] for link in taken.json()["candidates"]} == {None}
    again = client.put(path, json=checkin(), headers=as_("rep"))
    assert (again.status_code, again.json()["position"]) == (200, None)
    assert client.get(path, headers=as_("employee")).json()["candidates"] == taken.json()["candidates"]


def test_the_same_checkin_again_is_the_same_visit(client: Client, as_: As, visit: str) -> None:
    again = client.put(f"/api/visits/{visit}", json=checkin(), headers=as_("rep"))
    assert again.status_code == 200
    assert again.json() == client.get(f"/api/visits/{visit}", headers=as_("employee")).json()


def test_a_checkin_that_contradicts_is_refused(client: Client, as_: As, visit: str) -> None:
    other = client.put(f"/api/visits/{visit}", json=checkin(at="2026-03-11T14:05:00Z"), headers=as_("rep"))
    assert (other.status_code, other.json()["code"]) == (409, "visit_differs")


def test_an_old_or_vague_fix_is_weak(client: Client, as_: As) -> None:
    position = {"lat": 42.36, "lon": -71.05, "accuracy_m": 900}
    answer = client.put("/api/visits/v2", json=checkin(position=position), headers=as_("rep"))
    assert answer.json()["position"]["weak"] is True


@pytest.mark.parametrize(
    "body",
    [
        checkin(at="2026-03-10T14:05:00"),
        checkin(at="0001-01-01T00:00:00+14:00"),
        checkin(at="soon"),
        checkin(position={"lat": 1, "lon": 181, "accuracy_m": 5}),
        checkin(position={"lat": 1, "lon": 1, "accuracy_m": -5}),
        checkin(customer=""),
        {"position": None},
        [],
    ],
)
def test_a_checkin_that_does_not_fit(client: Client, as_: As, body: object) -> None:
    answer = client.put("/api/visits/v2", json=body, headers=as_("rep"))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert answer.json()["errors"]


def test_an_unknown_customer(client: Client, as_: As, visit: str) -> None:
    chosen = client.post(f"/api/visits/{visit}/customer", json={"customer": "none"}, headers=as_("rep"))
    assert (chosen.status_code, chosen.json()["code"]) == (404, "unknown_customer")


def test_the_one_question_answered(client: Client, as_: As, visit: str) -> None:
    chosen = client.post(f"/api/visits/{visit}/customer", json={"customer": "c2"}, headers=as_("rep"))
    assert chosen.status_code == 200
    assert (chosen.json()["customer"], chosen.json()["customer_chosen"]) == ("c2", True)


def test_a_note_is_worked_on_at_once(client: Client, as_: As, visit: str) -> None:
    receipt = client.put(f"/api/visits/{visit}/notes/n1", json=NOTE, headers=as_("rep"))
    assert receipt.status_code == 201
    assert receipt.json()["bytes"] == len(NOTE["text"])
    assert client.get(f"/api/visits/{visit}", headers=as_("rep")).json()["state"] == "processing"
    assert client.put(f"/api/visits/{visit}/notes/n1", json=NOTE, headers=as_("rep")).status_code == 200
    other = client.put(f"/api/visits/{visit}/notes/n1", json={**NOTE, "text": "No."}, headers=as_("rep"))
    assert (other.status_code, other.json()["code"]) == (409, "memo_differs")


def test_a_note_is_taken_back(client: Client, as_: As, visit: str) -> None:
    client.put(f"/api/visits/{visit}/notes/n1", json=NOTE, headers=as_("rep"))
    assert client.delete(f"/api/visits/{visit}/notes/n1", headers=as_("rep")).status_code == 204
    assert client.get(f"/api/visits/{visit}", headers=as_("rep")).json()["memos"] == []
    gone = client.put(f"/api/visits/{visit}/notes/n1", json=NOTE, headers=as_("rep"))
    assert (gone.status_code, gone.json()["code"]) == (409, "memo_deleted")


def test_a_note_to_an_unknown_visit(client: Client, as_: As) -> None:
    answer = client.put("/api/visits/none/notes/n1", json=NOTE, headers=as_("rep"))
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_visit")


def test_nothing_to_retry_and_nothing_to_approve(client: Client, as_: As, visit: str) -> None:
    retry = client.post(f"/api/visits/{visit}/retry", headers=as_("rep"))
    assert (retry.status_code, retry.json()["code"]) == (409, "nothing_to_retry")
    approve = client.post(f"/api/visits/{visit}/approve", headers=as_("manager"))
    assert (approve.status_code, approve.json()["code"]) == (409, "no_report")
    patched = client.patch(f"/api/visits/{visit}/report", json={"summary": "x"}, headers=as_("manager"))
    assert (patched.status_code, patched.json()["code"]) == (409, "no_report")


def test_the_lists(client: Client, as_: As, visit: str) -> None:
    client.put("/api/visits/v2", json=checkin(), headers=as_("other"))
    feed = client.get("/api/feed?limit=1", headers=as_("employee")).json()
    assert [each["id"] for each in feed["items"]] == ["v2"]
    rest = client.get("/api/feed", params={"after": feed["after"]}, headers=as_("employee")).json()
    assert ([each["id"] for each in rest["items"]], rest["after"]) == ([visit], None)
    mine = client.get("/api/visits?rep=other", headers=as_("employee")).json()
    assert [each["id"] for each in mine["items"]] == ["v2"]
    assert client.get("/api/review", headers=as_("manager")).json()["items"] == []
