"""Everything comes out, and what came out in another program's form goes in again."""

import csv
import io
import json
from typing import Any

import pytest

from storage.crm.catalogue import Catalogue
from storage.outside.exports import AT_ONCE
from storage.sheets.columns import guess

from .conftest import BOTH, As, Client, checkin


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


def table(client: Client, as_: As, what: str, **asked: str) -> list[dict[str, str]]:
    answer = client.get(f"/api/exports/{what}", params=asked, headers=as_("manager"))
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def lines(client: Client, as_: As, what: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/exports/{what}", params={"form": "jsonl"}, headers=as_("manager"))
    return [json.loads(line) for line in answer.text.splitlines()]


def test_customers_people_and_products(client: Client, as_: As) -> None:
    client.put(
        "/api/customers/c3", json={"name": "=HYPERLINK(1)", "aliases": ["a;b", "ö"]}, headers=as_("rep")
    )
    rows = table(client, as_, "customers")
    assert [row["id"] for row in rows] == ["c1", "c2", "c3"]
    assert (rows[0]["phone"], rows[2]["name"], rows[2]["aliases"]) == (
        "+16175550142",
        "'=HYPERLINK(1)",
        "a;b; ö",
    )
    assert table(client, as_, "contacts")[0]["email"] == "marco@bellavista.example"
    assert lines(client, as_, "customers")[2]["name"] == "=HYPERLINK(1)"
    assert lines(client, as_, "products") == [
        {"id": "s1", "name": "San Marzano tomatoes", "aliases": [], "unit": "case", "price": 32.5}
    ]


def test_visits_with_what_is_known(client: Client, as_: As) -> None:
    for number in range(3):
        client.put(f"/api/visits/v{number}", json=checkin(), headers=as_("rep"))
    assert [row["id"] for row in lines(client, as_, "visits")] == ["v0", "v1", "v2"]
    assert table(client, as_, "visits")[2]["rep_name"] == "Dana Whitfield"
    assert lines(client, as_, "promises") == []


def test_what_colleagues_and_customers_say(client: Client, as_: As) -> None:
    call = {"kind": "call", "at": "2026-03-10T14:05:00-04:00", "text": "Marco wants a quote."}
    client.put("/api/customers/c1/moments/k1", json=call, headers=as_("rep"))
    for number in (1, 2):
        said = {"text": f"=Word {number}"}
        client.put(f"/api/visits/k1/comments/x{number}", json=said, headers=as_("employee"))
    client.delete("/api/visits/k1/comments/x1", headers=as_("employee"))
    (comment,) = table(client, as_, "comments")
    assert (comment["visit"], comment["by_name"], comment["text"]) == ("k1", "Emil Roth", "'=Word 2")
    assert lines(client, as_, "voices") == []


def test_more_rows_than_are_read_at_once(client: Client, as_: As) -> None:
    with client.app.state.database.writing() as session:
        for number in range(AT_ONCE):
            Catalogue(session).put_product(f"t{number:04}", "Tonic", (), None, None)
    ids = [row["id"] for row in table(client, as_, "products")]
    assert (len(ids), len(set(ids)), ids[-1]) == (AT_ONCE + 1, AT_ONCE + 1, "t0499")


@pytest.mark.parametrize("style", ["hubspot", "salesforce"])
def test_in_the_form_of_another_program_and_in_again(client: Client, as_: As, style: str) -> None:
    (first, *_) = rows = table(client, as_, "customers", style=style)
    fields = guess(list(first))
    assert {"id", "name", "phone", "lat", "lon"} <= set(fields)
    people = table(client, as_, "contacts", style=style)
    assert {"name", "first_name", "last_name", "role", "contact_phone", "email"} <= set(
        guess(list(people[0]))
    )
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, list(first))
    writer.writeheader()
    writer.writerows(rows)
    seen = client.put("/api/imports/i1", content=sheet.getvalue().encode(), headers=as_("manager")).json()
    assert (seen["new"], seen["same"]) == (0, 2)


def test_who_may_and_what_there_is(client: Client, as_: As) -> None:
    assert client.get("/api/exports/customers", headers=as_("rep")).status_code == 403
    assert client.get("/api/exports/secrets", headers=as_("manager")).status_code in (400, 404)
    assert client.get("/api/exports/customers?form=xlsx", headers=as_("manager")).status_code == 400
