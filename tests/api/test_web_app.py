from pathlib import Path

import pytest

from .conftest import Client


@pytest.mark.parametrize("path", ["/", "/customers/c1", "/enrol", "/record", "/index.html"])
def test_the_first_page_answers_for_what_the_app_understands(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"
    assert "content-disposition" not in answer.headers or "inline" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("/assets/index-4f2a.js", "text/javascript", "public, max-age=31536000, immutable"),
        ("/sw.js", "text/javascript", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
    ],
)
def test_files(client: Client, path: str, kind: str, kept: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["cache-control"] == kept


@pytest.mark.parametrize(
    "path", ["/missing.js", "/assets/missing.css", "/api/missing", "/..%2f..%2fsecret.txt"]
)
def test_what_is_not_there(client: Client, path: str, web_app: Path) -> None:
    (web_app.parent / "secret.txt").write_text("secret", encoding="utf-8")
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_an_app_that_is_not_built_says_what_to_do(client: Client, web_app: Path) -> None:
    (web_app / "index.html").unlink()
    assert "make setup" in client.get("/").json()["detail"]


@pytest.mark.parametrize("path", ["/", "/api/health", "/api/me", "/trust", "/sw.js"])
def test_every_answer_says_what_a_browser_may_do(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "script" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    if path.startswith("/api/"):
        assert headers["cache-control"] == "no-store"


def test_the_way_to_trust_is_open_to_all(client: Client, home: Path) -> None:
    page = client.get("/trust")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "/trust/rounds.crt" in page.text
    assert client.get("/trust/rounds.crt").status_code == 404
    (home / "tls").mkdir()
    (home / "tls" / "authority.pem").write_text("PEM", encoding="utf-8")
    certificate = client.get("/trust/rounds.crt")
    assert certificate.headers["content-type"] == "application/x-x509-ca-cert"
    assert certificate.text == "PEM"


def test_long_answers_are_packed(client: Client) -> None:
    answer = client.get("/trust", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
