"""Customers, contacts, products, competitors and the company itself, by hand and by lookup."""

import pytest

from .conftest import As, Client

CUSTOMER = {"name": "Blue Heron Cafe", "lat": 42.35, "lon": -71.06, "phone": "+1 617 555 0199"}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("q=bela vist", "c1"),
        ("q=crust", "c2"),
        ("phone=0142", "c1"),
        ("phone=555 0143", "c1"),
        ("near=42.37,-71.06", "c2"),
        ("", "c1"),
    ],
)
def test_a_customer_is_found(client: Client, as_: As, query: str, first: str) -> None:
    answer = client.get(f"/api/customers?{query}", headers=as_("employee"))
    assert answer.status_code == 200
    assert answer.json()["items"][0]["customer"]["id"] == first


@pytest.mark.parametrize("near", ["x", "1", "1,2,3", "91,0", "0,181", "nan,0", "1,inf"])
def test_a_place_that_is_none(client: Client, as_: As, near: str) -> None:
    answer = client.get("/api/customers", params={"near": near}, headers=as_("employee"))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert answer.json()["errors"][0]["field"] == "near"


def test_a_customer_is_added_changed_and_taken_out(client: Client, as_: As) -> None:
    created = client.put("/api/customers/c9", json=CUSTOMER, headers=as_("rep"))
    assert (created.status_code, created.json()["phone"]) == (201, "+16175550199")
    changed = client.put("/api/customers/c9", json={**CUSTOMER, "name": "Grey Heron"}, headers=as_("rep"))
    assert (changed.status_code, changed.json()["name"]) == (200, "Grey Heron")
    assert client.delete("/api/customers/c9", headers=as_("manager")).status_code == 204
    assert client.get("/api/customers/c9", headers=as_("rep")).status_code == 404
    assert client.get("/api/customers/c9/timeline", headers=as_("rep")).json()["code"] == "unknown_customer"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"phone": "call me"}, "bad_phone"), ({"lon": None}, "bad_place"), ({"name": ""}, "bad_request")],
)
def test_a_customer_that_does_not_fit(client: Client, as_: As, change: dict[str, object], code: str) -> None:
    answer = client.put("/api/customers/c9", json={**CUSTOMER, **change}, headers=as_("rep"))
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_contacts(client: Client, as_: As) -> None:
    body = {"name": "Lia Marsh", "role": "buyer", "phone": "+16175550177"}
    assert client.put("/api/customers/c1/contacts/p9", json=body, headers=as_("rep")).status_code == 201
    assert client.put("/api/customers/c1/contacts/p9", json=body, headers=as_("rep")).status_code == 200
    contacts = client.get("/api/customers/c1", headers=as_("rep")).json()["customer"]["contacts"]
    assert {each["name"] for each in contacts} == {"Marco Rinaldi", "Lia Marsh"}
    assert client.delete("/api/customers/c1/contacts/p9", headers=as_("rep")).status_code == 204
    gone = client.delete("/api/customers/c1/contacts/none", headers=as_("rep"))
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_contact")
    nowhere = client.put("/api/customers/none/contacts/p9", json=body, headers=as_("rep"))
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "unknown_customer")


def test_products(client: Client, as_: As) -> None:
    body = {"name": "Olive oil", "unit": "tin", "price": 18.0}
    assert client.put("/api/products/s9", json=body, headers=as_("manager")).status_code == 201
    names = {each["name"] for each in client.get("/api/products", headers=as_("rep")).json()}
    assert names == {"San Marzano tomatoes", "Olive oil"}
    assert client.delete("/api/products/s9", headers=as_("manager")).status_code == 204
    gone = client.delete("/api/products/none", headers=as_("manager"))
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_product")


def test_competitors(client: Client, as_: As) -> None:
    url = "/api/competitors/US%20Foods"
    assert client.put(url, json={"aliases": ["USF"]}, headers=as_("manager")).status_code == 201
    names = {each["name"] for each in client.get("/api/competitors", headers=as_("rep")).json()}
    assert names == {"Sysco", "US Foods"}
    assert client.delete(url, headers=as_("manager")).status_code == 204
    gone = client.delete("/api/competitors/none", headers=as_("manager"))
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_competitor")


def test_the_company(client: Client, as_: As) -> None:
    company = client.get("/api/company", headers=as_("employee")).json()
    assert company["name"] == "Harvest Lane Foods"
    changed = {**company, "timezone": "Europe/Dublin"}
    assert client.put("/api/company", json=changed, headers=as_("admin")).json() == changed
    odd = client.put("/api/company", json={**company, "timezone": "Mars/Base"}, headers=as_("admin"))
    assert (odd.status_code, odd.json()["code"]) == (400, "bad_company")


def test_health_needs_no_token(client: Client) -> None:
    answer = client.get("/api/health")
    assert (answer.status_code, answer.json()["status"], answer.json()["worker"]) == (200, "ready", "absent")


def test_what_waits_is_shown_to_admins(client: Client, as_: As, visit: str) -> None:
    note = {"text": "Nobody was there.", "at": "2026-03-10T18:30:00Z"}
    client.put(f"/api/visits/{visit}/notes/n1", json=note, headers=as_("rep"))
    (job,) = client.get("/api/jobs", headers=as_("admin")).json()
    assert (job["visit"], job["memo"], job["status"]) == (visit, "n1", "enqueued")


def test_what_a_person_is_also_called(client: Client, as_: As) -> None:
    rep = as_("rep")
    given = {"kind": "contact", "record": "p1", "customer": "c1", "heard": "Big Mac"}
    assert client.post("/api/aliases", json=given, headers=rep).status_code == 204
    assert client.post("/api/aliases", json=given, headers=rep).status_code == 204
    (alias,) = client.get("/api/aliases?record=p1", headers=rep).json()["items"]
    assert (alias["heard"], alias["visit"], alias["by_name"]) == ("Big Mac", None, "Dana Whitfield")
    assert client.get("/api/aliases?record=c1", headers=rep).json()["items"] == []
    found = client.get("/api/customers?q=big mac", headers=rep).json()["items"]
    assert [hit["customer"]["id"] for hit in found] == ["c1"]
    assert client.delete(f"/api/aliases/{alias['id']}", headers=as_("manager")).status_code == 204
    assert client.get("/api/customers?q=big mac", headers=rep).json()["items"] == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "contact", "record": "p1", "customer": "c1", "heard": "Rinaldi"}, "alias_taken"),
        ({"kind": "customer", "record": "c1", "customer": "c1", "heard": "Golden Crust Bakery"},
         "alias_taken"),
        ({"kind": "contact", "record": "p9", "customer": "c1", "heard": "Somebody"}, "unknown_contact"),
        ({"kind": "customer", "record": "c9", "customer": "c9", "heard": "Somebody"}, "unknown_customer"),
        ({"kind": "product", "record": "s9", "heard": "Something"}, "unknown_product"),
        ({"kind": "competitor", "record": "Nobody", "heard": "Something"}, "unknown_competitor"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_given(client: Client, as_: As, given: dict[str, str], code: str) -> None:
    answer = client.post("/api/aliases", json=given, headers=as_("rep"))
    assert (answer.status_code in (404, 409), answer.json()["code"]) == (True, code)
