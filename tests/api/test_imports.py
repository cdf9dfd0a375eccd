"""An import over HTTP, by a manager."""

from .conftest import As, Client

LIST = b"Company;Town\nM\xfcller;K\xf6ln\nBella Vista Trattoria;\n"


def test_a_manager_brings_a_list_in_and_takes_it_back(client: Client, as_: As) -> None:
    manager = as_("manager")
    seen = client.put("/api/imports/i1?name=kunden.csv", content=LIST, headers=manager)
    assert seen.status_code == 200
    preview = seen.json()
    assert (preview["new"], preview["duplicates"][0]["known"]) == (1, "c1")
    assert preview["columns"] == {"name": "Company", "city": "Town"}
    chosen = client.patch("/api/imports/i1", json={"columns": {"city": ""}}, headers=manager)
    assert chosen.json()["columns"] == {"name": "Company"}
    assert client.post("/api/imports/i1/apply", headers=manager).json()["state"] == "applied"
    found = client.get("/api/customers?q=muller", headers=manager).json()["items"]
    assert found[0]["customer"]["name"] == "Müller"
    assert client.post("/api/imports/i1/undo", headers=manager).json()["state"] == "undone"
    assert client.get("/api/customers?q=muller", headers=manager).json()["items"] == []


def test_a_list_that_cannot_be_read(client: Client, as_: As) -> None:
    answer = client.put("/api/imports/i1", content=b"colour\nred\n", headers=as_("manager"))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_sheet")
    assert "colour" in answer.json()["detail"]
    assert client.put("/api/imports/i1", content=LIST, headers=as_("rep")).status_code == 403
    unknown = client.post("/api/imports/none/apply", headers=as_("manager"))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_import")
