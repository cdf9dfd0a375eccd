"""What a phone keeps of the rep's own patch."""

from .conftest import As, Client


def ids(client: Client, headers: dict[str, str], query: str = "") -> list[str]:
    answer = client.get(f"/api/me/customers{query}", headers=headers)
    assert answer.status_code == 200
    return [page["customer"]["id"] for page in answer.json()]


def test_whom_the_rep_saw_last_then_who_is_around(client: Client, as_: As) -> None:
    rep = as_("rep")
    assert ids(client, rep) == []
    told = {"kind": "call", "at": "2026-03-10T14:05:00-04:00", "text": "Closed today."}
    assert client.put("/api/customers/c2/moments/k1", json=told, headers=rep).status_code == 201
    assert ids(client, rep) == ["c2"]
    assert ids(client, rep, "?near=42.3601,-71.0530") == ["c2", "c1"]
    assert client.delete("/api/customers/c2", headers=as_("manager")).status_code == 204
    assert ids(client, rep) == []
    assert client.get("/api/me/customers?near=here", headers=rep).status_code == 400
