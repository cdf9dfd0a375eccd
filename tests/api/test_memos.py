import base64
import hashlib
from pathlib import Path

import pytest

from .conftest import As, Client

SOUND = bytes(range(256)) * 40
URL = "/api/visits/v1/memos/m1"


@pytest.fixture(autouse=True)
def checked_in(visit: str) -> None:
    """Every memo here is one of visit v1."""


def digest(data: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


@pytest.fixture
def sound(as_: As) -> dict[str, str]:
    return {**as_("rep"), "Content-Type": "audio/webm;codecs=opus"}


def kept(home: Path) -> list[Path]:
    """Whole recordings, and what has not arrived in full; what was refused lies elsewhere."""
    files = [file for folder in ("audio", "incoming") for file in (home / folder).rglob("*")]
    return [file for file in files if file.is_file() and "apart" not in file.parts]


def test_a_receipt_names_what_was_kept(client: Client, sound: dict[str, str], home: Path) -> None:
    receipt = client.put(URL, content=SOUND, headers=sound)
    assert receipt.status_code == 201
    assert receipt.json()["sha256"] == hashlib.sha256(SOUND).hexdigest()
    assert receipt.json()["bytes"] == len(SOUND)
    assert [file.read_bytes() for file in kept(home)] == [SOUND]
    visit = client.get("/api/visits/v1", headers=sound).json()
    assert (visit["state"], visit["memos"][0]["state"]) == ("processing", "received")


def test_the_same_bytes_again_get_the_same_receipt(client: Client, sound: dict[str, str]) -> None:
    first = client.put(URL, content=SOUND, headers=sound)
    again = client.put(URL, content=SOUND, headers=sound)
    assert (again.status_code, again.json()) == (200, first.json())


def test_other_bytes_under_the_same_id(client: Client, sound: dict[str, str], home: Path) -> None:
    client.put(URL, content=SOUND, headers=sound)
    other = client.put(URL, content=SOUND[1:], headers=sound)
    assert (other.status_code, other.json()["code"]) == (409, "memo_differs")
    assert SOUND in [file.read_bytes() for file in kept(home)]


def test_an_empty_recording_is_received(client: Client, sound: dict[str, str]) -> None:
    receipt = client.put(URL, content=b"", headers=sound)
    assert (receipt.status_code, receipt.json()["bytes"]) == (201, 0)


@pytest.mark.parametrize("name", ["Content-Digest", "Repr-Digest"])
def test_a_digest_is_checked(client: Client, sound: dict[str, str], home: Path, name: str) -> None:
    wrong = client.put(URL, content=SOUND, headers={**sound, name: digest(b"other")})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "digest_mismatch")
    assert kept(home) == []
    assert client.get("/api/visits/v1", headers=sound).json()["memos"] == []  # see test_kept for the bytes
    unknown = "sha-512=:AAAA:, "
    assert client.put(URL, content=SOUND, headers={**sound, name: unknown + digest(SOUND)}).status_code == 201


@pytest.mark.parametrize("value", ["sha-256=nonsense", "sha-256=:AAAA:", "sha-256=::", "sha-256=:*:"])
def test_a_digest_that_cannot_be_read(client: Client, sound: dict[str, str], value: str) -> None:
    answer = client.put(URL, content=SOUND, headers={**sound, "Content-Digest": value})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_digest")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/octet-stream", "video/avi", "audio/", "", "audio/x y"]
)
def test_what_is_no_sound_is_refused(client: Client, as_: As, kind: str) -> None:
    answer = client.put(URL, content=SOUND, headers={**as_("rep"), "Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media")
    assert "audio/*" in answer.json()["detail"]


@pytest.mark.parametrize(
    "kind", ["audio/mp4", "audio/ogg", "video/mp4", "video/webm", "Audio/X-M4A; codecs=mp4a.40.2"]
)
def test_what_phones_send_is_taken(client: Client, as_: As, kind: str) -> None:
    assert client.put(URL, content=SOUND, headers={**as_("rep"), "Content-Type": kind}).status_code == 201


@pytest.mark.parametrize(
    ("query", "field"),
    [("lat=91&lon=0", "lat"), ("lat=1", "lon"), ("lon=1", "lat"), ("lat=1&lon=x", "lon"), ("at=now", "at"),
     ("at=2026-03-10T14:05:00", "at"), ("lat=1&lon=1&accuracy_m=-1", "accuracy_m")],
)  # fmt: skip
def test_a_query_that_does_not_fit(client: Client, sound: dict[str, str], query: str, field: str) -> None:
    answer = client.put(f"{URL}?{query}", content=SOUND, headers=sound)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_place_that_is_no_number(client: Client, sound: dict[str, str]) -> None:
    answer = client.put(f"{URL}?lat=nan&lon=1", content=SOUND, headers=sound)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_a_memo_brings_a_place_where_the_visit_has_none(client: Client, sound: dict[str, str]) -> None:
    body = {"at": "2026-03-10T14:05:00Z", "position": None}
    client.put("/api/visits/v3", json=body, headers={"Authorization": sound["Authorization"]})
    url = "/api/visits/v3/memos/m3?lat=42.36012&lon=-71.05291&accuracy_m=15&age_s=3"
    assert client.put(url, content=SOUND, headers=sound).status_code == 201
    visit = client.get("/api/visits/v3", headers=sound).json()
    assert visit["candidates"][0]["customer"] == "c1"


def test_unknown_visits_and_those_of_others(client: Client, sound: dict[str, str], as_: As) -> None:
    unknown = client.put("/api/visits/none/memos/m1", content=SOUND, headers=sound)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_visit")
    other = client.put(URL, content=SOUND, headers={**sound, **as_("other")})
    assert (other.status_code, other.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("memo", ["..%2Fescape", "%2e%2e", ".hidden", "a b", "x" * 101])
def test_ids_stay_ids(client: Client, sound: dict[str, str], home: Path, memo: str) -> None:
    assert client.put(f"/api/visits/v1/memos/{memo}", content=SOUND, headers=sound).status_code in (
        400,
        404,
        405,
    )
    assert kept(home) == []


def test_a_recording_is_taken_back_with_its_bytes(
    client: Client, sound: dict[str, str], as_: As, home: Path
) -> None:
    client.put(URL, content=SOUND, headers=sound)
    assert client.delete(URL, headers=as_("other")).status_code == 403
    assert client.delete(URL, headers=as_("manager")).status_code == 204
    assert kept(home) == []
    assert client.delete(URL, headers=as_("rep")).status_code == 204
    again = client.put(URL, content=SOUND, headers=sound)
    assert (again.status_code, again.json()["code"]) == (409, "memo_deleted")


def test_the_recording_is_heard_whole(client: Client, sound: dict[str, str], as_: As) -> None:
    client.put(URL, content=SOUND, headers=sound)
    heard = client.get(f"{URL}/audio", headers=as_("employee"))
    assert (heard.status_code, heard.content) == (200, SOUND)
    assert heard.headers["content-type"] == "audio/webm;codecs=opus"
    assert heard.headers["accept-ranges"] == "bytes"
    assert heard.headers["content-length"] == str(len(SOUND))
    assert heard.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-1", 0, 2), ("bytes=1000-", 1000, 10240), ("bytes=-10", 10230, 10240)],
)
def test_a_part_is_heard(
    client: Client, sound: dict[str, str], as_: As, asked: str, start: int, end: int
) -> None:
    client.put(URL, content=SOUND, headers=sound)
    heard = client.get(f"{URL}/audio", headers={**as_("employee"), "Range": asked})
    assert (heard.status_code, heard.content) == (206, SOUND[start:end])
    assert heard.headers["content-range"] == f"bytes {start}-{end - 1}/{len(SOUND)}"


def test_a_part_that_is_not_there(client: Client, sound: dict[str, str], as_: As) -> None:
    client.put(URL, content=SOUND, headers=sound)
    heard = client.get(f"{URL}/audio", headers={**as_("employee"), "Range": "bytes=99999-"})
    assert (heard.status_code, heard.json()["code"]) == (416, "bad_range")


def test_a_part_of_another_recording_is_the_whole(client: Client, sound: dict[str, str], as_: As) -> None:
    client.put(URL, content=SOUND, headers=sound)
    headers = {**as_("employee"), "Range": "bytes=0-1", "If-Range": '"other"'}
    assert client.get(f"{URL}/audio", headers=headers).content == SOUND


def test_a_note_and_a_memo_that_is_not_there_have_no_sound(client: Client, as_: As) -> None:
    client.put(
        "/api/visits/v1/notes/n1", json={"text": "Hi.", "at": "2026-03-10T18:30:00Z"}, headers=as_("rep")
    )
    for memo in ("n1", "none"):
        heard = client.get(f"/api/visits/v1/memos/{memo}/audio", headers=as_("employee"))
        assert (heard.status_code, heard.json()["code"]) == (404, "unknown_memo")
