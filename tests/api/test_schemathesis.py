"""The published document and the server agree: no call ends in a 5xx or in an answer that is not published.

Examples are drawn without chance, over a company with a filed visit.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.settings import Settings
from storage.crm.people import People
from storage.database import Database
from storage.finding.places import fix
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .served import Served, served
from .test_reports import LINKING, REPORT

REPORTED_AT = datetime(2026, 3, 10, 18, tzinfo=UTC)
EXAMPLES = 25
DOCUMENT = create_app(Settings()).openapi_schema.to_schema()
OPERATIONS = [
    (path, method.upper())
    for path, item in DOCUMENT["paths"].items()
    for method in item
    if path != "/api/events"  # does not end by itself; read in test_serving
]
KNOWN = {
    "visit_id": "v1",
    "memo_id": "m1",
    "note_id": "n1",
    "customer_id": "c1",
    "contact_id": "p1",
    "product_id": "s1",
    "name": "Sysco",
    "employee_id": "rep",
    "task_id": str(uuid5(NAMESPACE_URL, "v1/us/send marco a quote/1")),
}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@schemathesis.serializer("audio/*", "video/mp4", "video/webm", "application/partial-upload")
def sound(_: Any, value: Any) -> Any:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def home(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeded company with visit v1, its note n1 and its report."""
    home = tmp_path_factory.mktemp("schemathesis") / "home"
    shutil.copytree(seeded, home)
    database = Database(f"sqlite:///{home / 'rounds.db'}")
    place, jobs = fix(42.36012, -71.05291, 18, 2), Listed()
    with database.writing() as session:
        at = REPORTED_AT
        Visits(session).check_in("v1", rep="rep", at=at, position=place, customer=None, jobs=jobs)
        Memos(session).note("v1", "n1", text="Marco wants a quote.", at=at, jobs=jobs)
        Reports(session).file("v1", Visits(session).revision("v1"), REPORT, LINKING)
    database.close()
    return home


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Served]:
    with served(home, "--no-https", "--no-worker") as server:
        yield server


@pytest.fixture
def token(home: Path) -> str:
    """Of its own for each operation, for one of them gives it back."""
    database = Database(f"sqlite:///{home / 'rounds.db'}")
    with database.writing() as session:
        token, _ = People(session).issue("admin", "schemathesis")
    database.close()
    return token


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda each: each)
def test_the_server_answers_as_published(server: Served, token: str, path: str, method: str) -> None:
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    headers = {"Authorization": f"Bearer {token}"}

    @bounded(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy(), known=st.booleans())
    def agrees(case: schemathesis.Case, known: bool) -> None:
        if known:
            case.path_parameters = {
                name: KNOWN.get(name, value) for name, value in (case.path_parameters or {}).items()
            }
        case.call_and_validate(base_url=server.url, headers=headers, checks=CHECKS)

    agrees()
