"""A phone's whole path when the recordings lie in an S3-compatible store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from api.app import create_app
from api.settings import Settings
from storage.settings import AudioSettings, DatabaseSettings

from .conftest import BOTH, As, Client, checkin
from .test_memos import SOUND, digest

URL = "/api/visits/v1/memos/m1"


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


@pytest.fixture
def client(home: Path, database_url: str | None, s3_audio: AudioSettings) -> Iterator[Client]:
    settings = Settings(home=home, database=DatabaseSettings(url=database_url), audio=s3_audio)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def test_a_recording_arrives_in_parts_and_is_heard(client: Client, as_: As, home: Path) -> None:
    assert client.put("/api/visits/v1", json=checkin(), headers=as_("rep")).status_code == 201
    upload, half = f"{URL}/upload?type=audio/webm", len(SOUND) // 2
    first = {**as_("rep"), "Upload-Offset": "0", "Upload-Complete": "?0"}
    assert client.patch(upload, content=SOUND[:half], headers=first).status_code == 204
    assert client.head(upload, headers=as_("rep")).headers["upload-offset"] == str(half)
    last = {**first, "Upload-Offset": str(half), "Upload-Complete": "?1", "Repr-Digest": digest(SOUND)}
    assert client.patch(upload, content=SOUND[half:], headers=last).status_code == 201
    heard = client.get(f"{URL}/audio", headers={**as_("employee"), "Range": "bytes=10-19"})
    assert (heard.status_code, heard.content) == (206, SOUND[10:20])
    assert client.get(f"{URL}/audio", headers=as_("employee")).content == SOUND
    assert list((home / "incoming").iterdir()) == []
    assert client.delete(URL, headers=as_("rep")).status_code == 204


def test_what_is_refused_is_kept_there_too(client: Client, as_: As) -> None:
    assert client.put("/api/visits/v1", json=checkin(), headers=as_("rep")).status_code == 201
    headers = {**as_("rep"), "Content-Type": "audio/webm"}
    wrong = client.put(URL, content=SOUND, headers={**headers, "Content-Digest": digest(b"other")})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "digest_mismatch")
    long = client.put(URL, content=b"x" * 2_100_000, headers=headers)
    assert (long.status_code, long.json()["code"]) == (413, "memo_too_large")
    assert client.put(URL, content=SOUND, headers=headers).status_code == 201
    assert client.put(URL, content=b"another", headers=headers).status_code == 409
    kept = client.get("/api/kept", headers=as_("admin")).json()
    assert {(one["bytes"], one["refused"]) for one in kept} == {(7, True), (len(SOUND), True)}
    (one,) = [one for one in kept if one["bytes"] == 7]
    url = f"/api/kept/v1/m1/{one['sha256']}"
    assert client.get(url, headers=as_("admin")).content == b"another"


def test_keys_that_do_not_fit_are_told_as_the_stores_trouble(
    home: Path, as_: As, s3_audio: AudioSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "changed")
    with TestClient(create_app(Settings(home=home, audio=s3_audio)), raise_server_exceptions=False) as client:
        assert client.put("/api/visits/v1", json=checkin(), headers=as_("rep")).status_code == 201
        headers = {**as_("rep"), "Content-Type": "audio/webm"}
        refused = client.put(URL, content=SOUND, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (503, "store_unavailable")
