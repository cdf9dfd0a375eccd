"""Following, comments, thanks and the digest over HTTP, on both databases."""

import pytest

from .conftest import BOTH, As, Client

CALL = {"kind": "call", "at": "2026-03-10T14:05:00-04:00", "text": "Marco wants a quote."}


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


@pytest.fixture
def call(client: Client, as_: As) -> str:
    """A call that the rep logged."""
    client.put("/api/customers/c1/moments/k1", json=CALL, headers=as_("rep"))
    return "/api/visits/k1"


def test_one_follows_and_leaves(client: Client, as_: As) -> None:
    me = as_("employee")
    for address, name in (
        ("customer/c1", "Bella Vista Trattoria"),
        ("contact/p1?customer=c1", "Marco Rinaldi"),
        ("product/s1", "San Marzano tomatoes"),
        ("employee/rep", "Dana Whitfield"),
    ):
        answer = client.put(f"/api/follows/{address}", headers=me)
        assert (answer.status_code, answer.json()["name"]) == (200, name)
    assert [each["kind"] for each in client.get("/api/follows", headers=me).json()] == [
        "contact", "customer", "employee", "product",
    ]  # fmt: skip
    assert client.get("/api/follows", headers=as_("rep")).json() == []
    assert client.get("/api/feed?followed=true", headers=me).json() == {"items": [], "after": None}
    for address in ("customer/c1", "contact/p1?customer=c1", "product/s1", "employee/rep"):
        assert client.delete(f"/api/follows/{address}", headers=me).status_code == 204
    assert client.get("/api/follows", headers=me).json() == []
    assert client.put("/api/follows/planet/mars", headers=me).status_code == 400
    assert client.put("/api/follows/contact/p1", headers=me).json()["code"] == "unknown_customer"


def test_a_comment_reaches_the_one_it_names(client: Client, as_: As, call: str) -> None:
    text = {"text": "@Emil Roth, can you ring them? @Dana Whitfield well heard."}
    said = client.put(f"{call}/comments/x1", json=text, headers=as_("manager"))
    assert said.status_code == 201
    assert [each["name"] for each in said.json()["mentions"]] == ["Emil Roth", "Dana Whitfield"]
    assert client.put(f"{call}/comments/x1", json=text, headers=as_("manager")).status_code == 200
    again = client.put(f"{call}/comments/x1", json={"text": "Other"}, headers=as_("manager"))
    assert (again.status_code, again.json()["code"]) == (409, "comment_differs")
    digest = client.get("/api/digest", headers=as_("employee")).json()
    (group,) = digest["groups"]
    assert (group["customer"], group["comments"][0]["comment"]["text"]) == ("c1", text["text"])
    assert client.put("/api/digest/seen", json={"until": digest["until"]}, headers=as_("employee")).is_success
    assert client.get("/api/digest", headers=as_("employee")).json()["count"] == 0
    assert client.get("/api/digest", headers=as_("rep")).json()["count"] == 1


def test_only_ones_own_words_are_taken_back(client: Client, as_: As, call: str) -> None:
    client.put(f"{call}/comments/x1", json={"text": "Hm"}, headers=as_("employee"))
    refused = client.delete(f"{call}/comments/x1", headers=as_("admin"))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert client.delete(f"{call}/comments/x1", headers=as_("employee")).status_code == 204
    assert client.get(f"{call}/talk", headers=as_("rep")).json()["comments"]["items"] == []
    assert client.delete(f"{call}/comments/none", headers=as_("employee")).status_code == 404


def test_nothing_is_no_comment(client: Client, as_: As, call: str) -> None:
    for text in ("", " \n ", "a\x00b", "a" * 4_001):
        refused = client.put(f"{call}/comments/x1", json={"text": text}, headers=as_("rep"))
        assert refused.status_code == 400


def test_thanks(client: Client, as_: As, call: str) -> None:
    assert client.put(f"{call}/thanks", headers=as_("manager")).json()["by_name"] == "Mona Berg"
    assert client.get("/api/feed", headers=as_("rep")).json()["items"][0]["thanks"] == 1
    assert client.delete(f"{call}/thanks", headers=as_("manager")).status_code == 204
    assert client.get(f"{call}/talk", headers=as_("rep")).json()["thanks"] == []
    assert client.put("/api/visits/none/thanks", headers=as_("manager")).status_code == 404
