"""Every answer that is no success has one shape, whoever makes it, and every error class has its number."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from litestar import get
from litestar.testing import TestClient

import api.errors
import nlp.errors
import speech.errors
import storage.errors
from api.app import create_app
from api.errors import NUMBERS, PROBLEM_JSON, ROOTS
from api.settings import Settings

from .conftest import As, Client, checkin

GIVEN = {"type", "title", "status", "detail", "code"}


def public_errors() -> Iterator[type[Exception]]:
    for module in (api.errors, nlp.errors, speech.errors, storage.errors):
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, ROOTS) and kind not in ROOTS:
                yield kind


@pytest.mark.parametrize("kind", sorted(set(public_errors()), key=lambda kind: kind.__qualname__))
def test_each_error_class_has_a_number_and_a_code(kind: type[Exception]) -> None:
    assert kind in NUMBERS
    assert 400 <= NUMBERS[kind] <= 599
    assert getattr(kind, "code", "").replace("_", "").isalpha()


def test_no_two_errors_share_a_code_by_accident() -> None:
    codes: dict[str, set[str]] = {}
    for kind in public_errors():
        codes.setdefault(kind.code, set()).add(kind.__name__)  # type: ignore[attr-defined]
    assert {code: names for code, names in codes.items() if len(names) > 1} == {}


def check(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith(PROBLEM_JSON)
    assert answer.headers["x-content-type-options"] == "nosniff"
    problem: dict[str, Any] = answer.json()
    assert set(problem) >= GIVEN
    assert set(problem) <= GIVEN | {"action", "errors"}
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:rounds:problem:{code}"
    assert problem["detail"].strip()
    return problem


def test_the_framework_itself(client: Client, as_: As) -> None:
    rep = as_("rep")
    check(client.get("/api/nothing", headers=rep), 404, "not_found")
    check(client.get("/nothing.js"), 404, "not_found")
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        for path in ("/api", "/api/visits/v1/bogus", "/api/health/x", "/api/schema/a/b"):
            check(client.request(method, path, headers=rep), 404, "not_found")
    check(client.get("/api/schema/unknown"), 404, "not_found")
    assert client.get("/api/schema/openapi.json").json()["info"]["title"] == "Rounds"
    check(client.delete("/api/feed", headers=rep), 405, "method_not_allowed")
    check(client.put("/api/visits/v9", content=b"{", headers=rep), 400, "bad_request")
    check(client.put("/api/visits/v9", content=b"x" * 11_000_000, headers=rep), 413, "body_too_large")
    check(client.get("/api/feed?limit=many", headers=rep), 400, "bad_request")


def test_who_is_calling(client: Client, as_: As) -> None:
    missing = client.get("/api/me")
    check(missing, 401, "no_token")
    assert missing.headers["www-authenticate"] == "Bearer"
    check(client.get("/api/me", headers={"Authorization": "Bearer nonsense"}), 401, "bad_token")
    check(client.get("/api/me", headers={"Authorization": "Basic eDp5"}), 401, "bad_token")
    check(client.get("/api/me", headers={"Authorization": "Digest x"}), 401, "no_token")
    check(client.put("/api/visits/v9", json=checkin(), headers=as_("employee")), 403, "not_allowed")


def test_what_storage_refuses(client: Client, as_: As) -> None:
    problem = check(client.get("/api/visits/nowhere", headers=as_("rep")), 404, "unknown_visit")
    assert problem["action"]
    check(client.get("/api/feed?after=nonsense", headers=as_("rep")), 400, "bad_cursor")
    check(client.post("/api/enrol", json={"code": "nonsense"}), 404, "unknown_code")


def test_each_value_that_does_not_fit_is_named(client: Client, as_: As) -> None:
    body = checkin(position={"lat": 91, "lon": 0, "accuracy_m": 5})
    problem = check(client.put("/api/visits/v9", json=body, headers=as_("rep")), 400, "bad_request")
    assert problem["errors"][0]["field"] == "position.lat"
    assert "90" in problem["errors"][0]["message"]
    extra = client.put("/api/visits/v9", json=checkin(mood="good"), headers=as_("rep"))
    assert "mood" in check(extra, 400, "bad_request")["detail"]


def test_a_bug_tells_nothing_about_the_inside(settings: Settings) -> None:
    @get("/broken", sync_to_thread=False)
    def broken() -> None:
        raise ZeroDivisionError("the secret of the inside")

    app = create_app(settings)
    app.register(broken)
    with TestClient(app, raise_server_exceptions=False) as client:
        problem = check(client.get("/broken"), 500, "internal")
    assert "secret" not in str(problem)
