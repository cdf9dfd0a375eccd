"""Correcting and approving over HTTP, on a report that was filed as the worker files it."""

from pathlib import Path

import pytest

from nlp.types import Commitment, Decided, Doubt, Evidence, Fields, Link, Linking, Report
from storage.database import Database
from storage.visits.reports import Reports
from storage.visits.visits import Visits

from .conftest import As, Client

EVIDENCE = (Evidence(memo="n1", start=0, end=5, start_s=None, end_s=None),)
DECIDED = Decided(confidence=0.9, evidence=EVIDENCE)
CANDIDATE = Link(customer="c1", name="Bella Vista Trattoria", distance_m=8.0, probability=0.95, evidence=())
LINKING = Linking(customer="c1", new_customer=None, decided=DECIDED, candidates=(CANDIDATE,), contacts=())
REPORT = Report(
    customer="c1",
    new_customer=None,
    outcome="follow_up",
    summary="Marco wants a quote.",
    contacts=(),
    orders=(),
    amounts=(),
    commitments=(Commitment(action="send Marco a quote", owner="us", due="2026-03-13", evidence=EVIDENCE),),
    next_meeting=None,
    competitors=(),
    feedback=(),
    personal=(),
    fields=Fields(customer=DECIDED, outcome=DECIDED, next_meeting=DECIDED),
    doubts=(Doubt(field="commitments", reason="The date was hard to hear."),),
)


@pytest.fixture
def filed(client: Client, as_: As, visit: str, home: Path) -> str:
    """Visit v1 with a note and the report of it, in doubt."""
    note = {"text": "Marco wants a quote.", "at": "2026-03-10T18:30:00Z"}
    client.put(f"/api/visits/{visit}/notes/n1", json=note, headers=as_("rep"))
    database = Database(f"sqlite:///{home / 'rounds.db'}")
    with database.writing() as session:
        assert Reports(session).file(visit, Visits(session).revision(visit), REPORT, LINKING)
    database.close()
    return visit


def test_a_doubt_is_on_the_managers_list(client: Client, as_: As, filed: str) -> None:
    (line,) = client.get("/api/review", headers=as_("manager")).json()["items"]
    assert (line["id"], line["state"], line["customer_name"]) == (
        filed,
        "needs_review",
        "Bella Vista Trattoria",
    )
    assert line["doubts"]


def test_a_correction_is_kept_with_who_and_what_was(client: Client, as_: As, filed: str) -> None:
    patch = {"outcome": "order", "next_meeting": "2026-03-17T10:30"}
    headers = {**as_("manager"), "Content-Type": "application/merge-patch+json"}
    answer = client.patch(f"/api/visits/{filed}/report", json=patch, headers=headers)
    assert answer.status_code == 200, answer.text
    visit = answer.json()
    assert (visit["report"]["outcome"], visit["report"]["next_meeting"]) == ("order", "2026-03-17T10:30")
    kept = {each["field"]: each for each in visit["corrections"]}
    assert (kept["outcome"]["before"], kept["outcome"]["after"]) == ("follow_up", "order")
    assert kept["outcome"]["by_name"] == "Mona Berg"


@pytest.mark.parametrize("patch", [{"outcome": "party"}, {"mood": "good"}, {"orders": [{"name": 5}]}])
def test_a_correction_that_is_no_report(client: Client, as_: As, filed: str, patch: object) -> None:
    answer = client.patch(f"/api/visits/{filed}/report", json=patch, headers=as_("manager"))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_report")


def test_after_the_yes_only_managers_change(client: Client, as_: As, filed: str) -> None:
    approved = client.post(f"/api/visits/{filed}/approve", headers=as_("manager"))
    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    assert approved.json()["approval"]["by"] == "manager"
    patch = {"summary": "Marco wants two quotes."}
    refused = client.patch(f"/api/visits/{filed}/report", json=patch, headers=as_("rep"))
    assert (refused.status_code, refused.json()["code"]) == (409, "approved")
    assert client.patch(f"/api/visits/{filed}/report", json=patch, headers=as_("manager")).status_code == 200
    for method, url, sent in (
        ("PUT", f"/api/visits/{filed}/notes/n2", {"json": {"text": "More.", "at": "2026-03-10T19:00:00Z"}}),
        ("DELETE", f"/api/visits/{filed}/notes/n1", {}),
    ):
        late = client.request(method, url, headers=as_("rep"), **sent)  # type: ignore[arg-type]
        assert (late.status_code, late.json()["code"]) == (409, "approved"), method


def test_the_customer_is_chosen_by_a_correction_too(client: Client, as_: As, filed: str) -> None:
    answer = client.patch(f"/api/visits/{filed}/report", json={"customer": "c2"}, headers=as_("rep"))
    assert (answer.json()["customer"], answer.json()["customer_chosen"]) == ("c2", True)
    unknown = client.patch(f"/api/visits/{filed}/report", json={"customer": "none"}, headers=as_("rep"))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_customer")


def test_promises_stand_on_the_customers_page_until_done(client: Client, as_: As, filed: str) -> None:
    page = client.get("/api/customers/c1", headers=as_("employee")).json()
    (promise,) = page["brief"]["promises"]
    assert promise["action"] == "send Marco a quote"
    assert [each["id"] for each in page["timeline"]["items"]] == [filed]
    timeline = client.get("/api/customers/c1/timeline", headers=as_("employee")).json()
    assert timeline == page["timeline"]

    def still_open(query: str, who: str) -> int:
        return len(client.get(f"/api/promises{query}", headers=as_(who)).json()["items"])

    assert (still_open("", "employee"), still_open("?mine=true", "rep")) == (1, 1)
    assert (still_open("?mine=true", "other"), still_open("?customer=c2", "rep")) == (0, 0)
    done = client.post(f"/api/promises/{promise['id']}/done", headers=as_("employee"))
    assert done.json()["done_at"]
    assert still_open("", "rep") == 0
    undone = client.delete(f"/api/promises/{promise['id']}/done", headers=as_("employee"))
    assert undone.json()["done_at"] is None
    unknown = client.post("/api/promises/none/done", headers=as_("rep"))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_promise")
