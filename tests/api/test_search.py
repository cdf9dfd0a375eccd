"""Everything that was said, found over HTTP."""

from .conftest import As, Client

AT = "2026-03-10T14:05:00-04:00"


def test_what_one_rep_heard_another_finds(client: Client, as_: As) -> None:
    rep = as_("rep")
    client.put("/api/visits/v1", json={"at": AT, "customer": "c1"}, headers=rep)
    note = {"text": "Marco would like smaller cases of tomatoes.", "at": AT}
    client.put("/api/visits/v1/notes/n1", json=note, headers=rep)
    answer = client.get("/api/said?q=small tomatos&customer=c1", headers=as_("employee"))
    assert answer.status_code == 200
    (hit,) = answer.json()["items"]
    assert (hit["visit"], hit["memo"], hit["customer_name"]) == ("v1", "n1", "Bella Vista Trattoria")
    assert [hit["text"][start:end] for start, end in hit["marks"]] == ["smaller", "tomatoes"]


def test_a_search_that_does_not_fit(client: Client, as_: As) -> None:
    for query in ("q=", "q=" + "x" * 5_000, "q=a&kind=gossip", "q=a&since=yesterday", ""):
        answer = client.get(f"/api/said?{query}", headers=as_("employee"))
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
