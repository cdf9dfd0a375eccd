"""Somebody changes employer, over HTTP."""

from .conftest import As, Client


def test_a_person_moves_and_comes_back(client: Client, as_: As) -> None:
    rep = as_("rep")
    body = {"customer": "c1", "contact": "p1", "to": "c2", "role": "baker", "phone": "617 555 0143"}
    moved = client.post("/api/persons/move", json=body, headers=rep)
    assert (moved.status_code, moved.json()["kind"], moved.json()["by_name"]) == (
        201,
        "moved",
        "Dana Whitfield",
    )
    told = client.get("/api/customers/c2/contacts/p1", headers=as_("employee")).json()
    assert [(at["customer"], at["role"]) for at in told["places"]] == [("c2", "baker"), ("c1", "head chef")]
    (left,) = client.get("/api/customers/c1/persons", headers=rep).json()
    assert (left["name"], left["here"]) == ("Marco Rinaldi", False)
    assert client.get("/api/customers?q=Marco", headers=rep).json()["items"][0]["customer"]["id"] == "c2"
    path = f"/api/persons/changes/{moved.json()['id']}/undo"
    assert client.post(path, headers=rep).json()["undone_at"]
    again = client.post(path, headers=rep)
    assert (again.status_code, again.json()["code"]) == (409, "merge_differs")
    assert client.get("/api/customers/c1/persons", headers=rep).json() == []


def test_two_records_of_one_person(client: Client, as_: As) -> None:
    rep = as_("rep")
    client.put("/api/customers/c2/contacts/p9", json={"name": "Marco R."}, headers=rep)
    both = {"one": {"customer": "c1", "contact": "p1"}, "other": {"customer": "c2", "contact": "p9"}}
    assert client.post("/api/persons/join", json=both, headers=rep).status_code == 201
    again = client.post("/api/persons/join", json=both, headers=rep)
    assert (again.status_code, again.json()["code"]) == (409, "same_record")
    (here,) = client.get("/api/customers/c1/persons", headers=rep).json()
    assert here["places"][0]["customer_name"] == "Golden Crust Bakery"
    unknown = client.get("/api/customers/c1/contacts/none", headers=rep)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_contact")
