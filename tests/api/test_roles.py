"""Who may do what, over all routes; only health, enrolment and the contract answer without a token."""

import pytest
from litestar.routes import HTTPRoute

from api.app import CLOSED, create_app
from api.auth import admins, employees, managers, reps
from api.settings import Settings

from .conftest import As, Client, checkin

ROLE = {admins: "admin", managers: "manager", reps: "rep", employees: "employee"}
BELOW = {"admin": "manager", "manager": "rep", "rep": "employee"}


def routes(settings: Settings) -> list[tuple[str, str, str]]:
    """Method, address and the least role of each route behind a token."""
    found = []
    for route in create_app(settings).routes:
        if isinstance(route, HTTPRoute) and route.path.startswith("/api/"):
            for handler in route.route_handlers:
                role = next((ROLE[g] for g in handler.resolve_guards() if g in ROLE), "open")
                path = route.path_format.replace("{", "").replace("}", "")
                found += [(method, path, role) for method in handler.http_methods if method != "OPTIONS"]
    return found


def test_each_closed_route_names_a_role(settings: Settings) -> None:
    closed = [each for each in routes(settings) if each[2] != "open"]
    assert len(closed) == len(CLOSED)
    assert {path for _, path, role in routes(settings) if role == "open"} == {
        "/api/enrol",
        "/api/health",
        "/api/phone/lines/line_id/calls",
        "/api/schema",
        "/api/schema/openapi.json",
        "/api/schema/path",
    }


def test_nothing_is_read_without_a_token(settings: Settings, client: Client) -> None:
    for method, path, role in routes(settings):
        if role != "open":
            assert client.request(method, path).status_code == 401, (method, path)


def test_the_role_below_is_refused(settings: Settings, client: Client, as_: As) -> None:
    for method, path, role in routes(settings):
        if role in BELOW:
            answer = client.request(method, path, headers=as_(BELOW[role]))
            assert answer.status_code == 403, (method, path)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/api/visits/v1/notes/n1", {"text": "Hi.", "at": "2026-03-10T18:30:00Z"}),
        ("POST", "/api/visits/v1/retry", None),
        ("POST", "/api/visits/v1/customer", {"customer": "c1"}),
        ("PATCH", "/api/visits/v1/report", {"summary": "x"}),
    ],
)
def test_another_reps_visit(
    client: Client, as_: As, visit: str, method: str, path: str, body: dict[str, str] | None
) -> None:
    answer = client.request(method, path, json=body, headers=as_("other"))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert client.request(method, path, json=body, headers=as_("manager")).status_code != 403


def test_another_reps_visit_is_not_checked_in_again(client: Client, as_: As, visit: str) -> None:
    answer = client.put(f"/api/visits/{visit}", json=checkin(), headers=as_("other"))
    assert answer.status_code == 409
