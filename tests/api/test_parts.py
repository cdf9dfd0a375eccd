"""Uploads that go on where they broke off, over HTTP."""

import hashlib
from pathlib import Path

import pytest

from .conftest import As, Client
from .test_memos import SOUND, digest, kept

URL = "/api/visits/v1/memos/m1/upload?type=audio/webm"
HALF = len(SOUND) // 2


@pytest.fixture(autouse=True)
def checked_in(visit: str) -> None:
    """Every memo here is one of visit v1."""


@pytest.fixture
def rep(as_: As) -> dict[str, str]:
    return {**as_("rep"), "Content-Type": "application/partial-upload"}


def part(offset: int, *, last: bool = False, **more: str) -> dict[str, str]:
    more = {name.replace("_", "-"): value for name, value in more.items()}
    return {"Upload-Offset": str(offset), "Upload-Complete": "?1" if last else "?0", **more}


def progress(client: Client, headers: dict[str, str]) -> tuple[str, str]:
    answer = client.head(URL, headers=headers)
    assert answer.status_code == 204
    assert answer.headers["cache-control"] == "no-store"
    return answer.headers["upload-offset"], answer.headers["upload-complete"]


def test_two_parts_make_a_memo(client: Client, rep: dict[str, str], home: Path) -> None:
    assert progress(client, rep) == ("0", "?0")
    first = client.patch(URL, content=SOUND[:HALF], headers={**rep, **part(0)})
    assert (first.status_code, first.headers["upload-offset"]) == (204, str(HALF))
    assert client.get("/api/visits/v1", headers=rep).json()["memos"] == []
    assert progress(client, rep) == (str(HALF), "?0")
    sums = {"Content_Digest": digest(SOUND[HALF:]), "Repr_Digest": digest(SOUND)}
    headers = {**rep, **part(HALF, last=True, Upload_Length=str(len(SOUND)), **sums)}
    last = client.patch(f"{URL}&lat=42.36&lon=-71.05", content=SOUND[HALF:], headers=headers)
    assert last.status_code == 201
    assert last.json()["sha256"] == hashlib.sha256(SOUND).hexdigest()
    assert [file.read_bytes() for file in kept(home)] == [SOUND]
    visit = client.get("/api/visits/v1", headers=rep).json()
    assert (visit["state"], visit["memos"][0]["content_type"]) == ("processing", "audio/webm")


def test_a_receipt_that_was_lost_is_given_again(client: Client, rep: dict[str, str]) -> None:
    whole = {**rep, **part(0, last=True, Repr_Digest=digest(SOUND))}
    first = client.patch(URL, content=SOUND, headers=whole)
    assert progress(client, rep) == (str(len(SOUND)), "?1")
    again = client.patch(URL, content=b"", headers={**whole, "Upload-Offset": str(len(SOUND))})
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    other = client.patch(URL, content=b"", headers={**whole, "Repr-Digest": digest(b"other")})
    assert (other.status_code, other.json()["code"]) == (409, "memo_differs")


def test_a_part_beyond_what_is_safe(client: Client, rep: dict[str, str]) -> None:
    answer = client.patch(URL, content=SOUND, headers={**rep, **part(1)})
    assert (answer.status_code, answer.json()["code"]) == (409, "part_beyond")


def test_a_part_that_was_altered_is_not_kept(client: Client, rep: dict[str, str]) -> None:
    altered = {**rep, **part(0, Content_Digest=digest(b"other"))}
    answer = client.patch(URL, content=SOUND[:HALF], headers=altered)
    assert (answer.status_code, answer.json()["code"]) == (400, "digest_mismatch")
    assert progress(client, rep) == ("0", "?0")


def test_a_whole_that_is_not_the_one_begins_anew(client: Client, rep: dict[str, str], home: Path) -> None:
    headers = {**rep, **part(0, last=True, Repr_Digest=digest(b"other"))}
    answer = client.patch(URL, content=SOUND, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "part_differs")
    assert progress(client, rep) == ("0", "?0")
    assert kept(home) == []


def test_the_end_is_not_reached_yet(client: Client, rep: dict[str, str]) -> None:
    headers = {**rep, **part(0, last=True, Upload_Length=str(len(SOUND)))}
    answer = client.patch(URL, content=SOUND[:HALF], headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "part_beyond")
    assert progress(client, rep) == (str(HALF), "?0")


def test_the_limit_holds_over_all_parts(client: Client, rep: dict[str, str]) -> None:
    assert client.patch(URL, content=b"x" * 1_500_000, headers={**rep, **part(0)}).status_code == 204
    answer = client.patch(URL, content=b"x" * 600_000, headers={**rep, **part(1_500_000)})
    assert (answer.status_code, answer.json()["code"]) == (413, "memo_too_large")


def test_what_is_not_wanted_is_thrown_away(client: Client, rep: dict[str, str], home: Path) -> None:
    client.patch(URL, content=SOUND[:HALF], headers={**rep, **part(0)})
    assert client.delete(URL, headers=rep).status_code == 204
    assert (progress(client, rep), kept(home)) == (("0", "?0"), [])


@pytest.mark.parametrize(
    "changed", [{"Upload-Offset": "-1"}, {"Upload-Offset": "x"}, {"Upload-Complete": "yes"}]
)
def test_headers_that_do_not_fit(client: Client, rep: dict[str, str], changed: dict[str, str]) -> None:
    answer = client.patch(URL, content=SOUND, headers={**rep, **part(0), **changed})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, next(iter(changed)))


def test_what_is_no_sound_and_what_is_not_ones_own(client: Client, rep: dict[str, str], as_: As) -> None:
    text = client.patch(URL.replace("audio/webm", "text/plain"), content=SOUND, headers={**rep, **part(0)})
    assert (text.status_code, text.json()["code"]) == (415, "unsupported_media")
    for answer in (
        client.patch(URL, content=SOUND, headers={**rep, **part(0), **as_("other")}),
        client.delete(URL, headers=as_("other")),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    unknown = client.patch(URL.replace("v1", "none"), content=SOUND, headers={**rep, **part(0)})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_visit")
