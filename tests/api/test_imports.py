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


def dirty(number: int) -> list[str]:
    """Three spellings of eight hundred names; now and then no name, an odd number, an empty line."""
    shop = number % 800
    name = ("Müller {} GmbH", "Müller {}", " MULLER {} gmbh ")[number % 3].format(shop)
    lines = [f"K{shop};{name};Hafenstr. {shop};Köln;+49 221 {500000 + shop};Person {number % 3};p@x.example"]
    if number % 500 == 0:
        lines += ["", ";;;;;;", f";;Hafenstr. {shop};Köln;;;", f'X{shop};"Anker ""{shop}""";;;call me;;']
    return lines


def test_fifty_thousand_lines_with_the_usual_dirt(client: Client, as_: As) -> None:
    manager = as_("manager")
    head = "Kunden-Nr;Firma;Straße;Ort;Telefon;Ansprechpartner;E-Mail"
    lines = [head, *(line for number in range(50_000) for line in dirty(number))]
    sent = "\r\n".join(lines).encode("cp1252")
    preview = client.put("/api/imports/big?name=kunden.csv", content=sent, headers=manager).json()
    assert (preview["rows"], preview["new"]) == (50_200, 808)
    assert (preview["trouble_count"], len(preview["troubles"])) == (200, 100)
    assert [(each["line"], each["code"]) for each in preview["troubles"][:2]] == [
        (5, "no_name"),
        (6, "odd_phone"),
    ]
    assert client.post("/api/imports/big/apply", headers=manager).json()["new"] == 808
    anker = client.get("/api/customers/X400", headers=manager).json()["customer"]
    assert (anker["name"], anker["phone"]) == ('Anker "400"', "call me")
    kept = client.get("/api/customers/K7", headers=manager).json()["customer"]
    assert (kept["name"], len(kept["contacts"])) == ("Müller 7", 3)
    assert client.post("/api/imports/big/undo", headers=manager).json()["kept"] == []
    assert client.get("/api/customers/K7", headers=manager).status_code == 404


def test_a_name_that_is_not_guessed_is_asked_for(client: Client, as_: As) -> None:
    manager = as_("manager")
    seen = client.put("/api/imports/i1", content=b"Colour;Haus\nred;Anker\nblue;Otter\n", headers=manager)
    assert (seen.status_code, seen.json()["asks"], seen.json()["new"]) == (200, ["name"], 0)
    assert seen.json()["sample"][0] == {"Colour": "red", "Haus": "Anker"}
    early = client.post("/api/imports/i1/apply", headers=manager)
    assert (early.status_code, early.json()["code"]) == (400, "bad_sheet")
    assert "Colour, Haus" in early.json()["detail"]
    said = client.patch("/api/imports/i1", json={"columns": {"name": "Haus"}}, headers=manager).json()
    assert (said["asks"], said["new"], said["sample"][0]) == ([], 2, {"name": "Anker"})
    assert client.post("/api/imports/i1/apply", headers=manager).json()["state"] == "applied"


def test_ten_thousand_times_the_same(client: Client, as_: As) -> None:
    manager = as_("manager")
    lines = ["Name;Address", *["Anker;Hafenstr. 5, K\u00f6ln"] * 10_000]
    seen = client.put("/api/imports/i1", content="\n".join(lines).encode("utf-16"), headers=manager).json()
    assert (seen["rows"], seen["new"], seen["encoding"]) == (10_000, 1, "utf-16")
    assert client.post("/api/imports/i1/apply", headers=manager).json()["new"] == 1


def test_a_list_that_cannot_be_read(client: Client, as_: As) -> None:
    answer = client.put("/api/imports/i1", content=b"Anker;+49 221 5000\n;", headers=as_("manager"))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_sheet")
    answer = client.put("/api/imports/i1", content=b"Anker;+49 221 5000\nBella;\n", headers=as_("manager"))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_sheet")
    assert "first line" in answer.json()["detail"]
    assert client.put("/api/imports/i1", content=LIST, headers=as_("rep")).status_code == 403
    unknown = client.post("/api/imports/none/apply", headers=as_("manager"))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_import")
