"""Bytes that arrived are kept, whatever was wrong with them; an administrator finds them."""

import asyncio
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Request

from api.uploads import Intake, receive
from storage.errors import StoreUnavailable
from storage.settings import AudioSettings
from storage.sound.blobs import open_blobs
from storage.sound.uploads import Parts, Uploads

from .conftest import BOTH, As, Client, checkin
from .test_memos import SOUND, digest

URL = "/api/visits/v1/memos/m1"
UPLOAD = f"{URL}/upload?type=audio/webm"
LIMIT = 2_000_000


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


@pytest.fixture
def rep(visit: str, as_: As) -> dict[str, str]:
    return {**as_("rep"), "Content-Type": "audio/webm"}


def kept(client: Client, as_: As) -> list[dict[str, Any]]:
    answer = client.get("/api/kept", headers=as_("admin"))
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()
    return found


def fetched(client: Client, as_: As, one: dict[str, Any]) -> bytes:
    url = f"/api/kept/{one['visit']}/{one['memo']}/{one['sha256']}"
    return client.get(url, headers=as_("admin")).content


def offset(client: Client, rep: dict[str, str]) -> int:
    return int(client.head(UPLOAD, headers=rep).headers["upload-offset"])


def memos(client: Client, rep: dict[str, str]) -> list[str]:
    return [memo["id"] for memo in client.get("/api/visits/v1", headers=rep).json()["memos"]]


def in_pieces(data: bytes) -> Iterator[bytes]:
    for at in range(0, len(data), 300_000):
        yield data[at : at + 300_000]


@pytest.mark.parametrize("announced", [True, False])
def test_of_a_recording_beyond_the_limit_all_that_fits_is_kept(
    client: Client, rep: dict[str, str], as_: As, announced: bool
) -> None:
    long = bytes(range(251)) * 12_000
    answer = client.put(URL, content=long if announced else in_pieces(long), headers=rep)
    assert (answer.status_code, answer.json()["code"]) == (413, "memo_too_large")
    assert f"The first {LIMIT} bytes are kept for 30 days." in answer.json()["detail"]
    assert "/api/kept" in answer.json()["action"]
    (one,) = kept(client, as_)
    assert (one["visit"], one["memo"], one["bytes"], one["refused"]) == ("v1", "m1", LIMIT, False)
    assert fetched(client, as_, one) == long[:LIMIT]
    assert (offset(client, rep), memos(client, rep)) == (LIMIT, [])
    more = {**rep, "Upload-Offset": str(LIMIT), "Upload-Complete": "?1"}
    beyond = client.patch(UPLOAD, content=long[LIMIT:], headers=more)
    assert (beyond.status_code, beyond.json()["code"]) == (413, "memo_too_large")
    assert offset(client, rep) == LIMIT


def test_what_was_altered_on_its_way_is_kept_apart(client: Client, rep: dict[str, str], as_: As) -> None:
    altered = SOUND[:-1] + b"?"
    wrong = client.put(URL, content=altered, headers={**rep, "Content-Digest": digest(SOUND)})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "digest_mismatch")
    assert f"The {len(SOUND)} bytes that arrived are kept apart" in wrong.json()["detail"]
    assert wrong.json()["action"] == "Send the recording again."
    (one,) = kept(client, as_)
    assert (one["refused"], fetched(client, as_, one)) == (True, altered)
    assert (offset(client, rep), memos(client, rep)) == (0, [])
    right = client.put(URL, content=SOUND, headers={**rep, "Content-Digest": digest(SOUND)})
    assert (right.status_code, right.json()["sha256"]) == (201, hashlib.sha256(SOUND).hexdigest())
    assert (memos(client, rep), len(kept(client, as_))) == (["m1"], 1)


def test_a_wrong_part_and_a_wrong_whole_are_kept_apart(client: Client, rep: dict[str, str], as_: As) -> None:
    first = {**rep, "Upload-Offset": "0", "Upload-Complete": "?0"}
    part = client.patch(UPLOAD, content=b"altered", headers={**first, "Content-Digest": digest(SOUND)})
    assert (part.status_code, part.json()["code"]) == (400, "digest_mismatch")
    last = {**first, "Upload-Complete": "?1", "Repr-Digest": digest(SOUND)}
    whole = client.patch(UPLOAD, content=b"another", headers=last)
    assert (whole.status_code, whole.json()["code"]) == (400, "part_differs")
    assert {fetched(client, as_, one) for one in kept(client, as_)} == {b"altered", b"another"}
    assert all(one["refused"] for one in kept(client, as_))
    assert client.patch(UPLOAD, content=SOUND, headers=last).status_code == 201


def test_a_recording_may_come_before_its_visit(client: Client, rep: dict[str, str], as_: As) -> None:
    url = "/api/visits/later/memos/m9"
    early = client.put(url, content=SOUND, headers=rep)
    assert (early.status_code, early.json()["code"]) == (404, "unknown_visit")
    assert f"The first {len(SOUND)} bytes are kept" in early.json()["detail"]
    assert early.json()["action"] == "Send the check-in first."
    checked_in = {"Authorization": rep["Authorization"]}
    assert client.put("/api/visits/later", json=checkin(), headers=checked_in).status_code == 201
    end = {**rep, "Upload-Offset": str(len(SOUND)), "Upload-Complete": "?1", "Repr-Digest": digest(SOUND)}
    assert client.patch(f"{url}/upload?type=audio/webm", headers=end).status_code == 201
    assert kept(client, as_) == []


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [("Content-Type", "text/plain", 415), ("Content-Digest", "sha-256=:*:", 400),
     ("Repr-Digest", "sha-256=x", 400)],
)  # fmt: skip
@pytest.mark.parametrize("start", [None, 0, 7])
def test_what_comes_under_a_wrong_label_is_kept_apart(
    client: Client, rep: dict[str, str], as_: As, header: str, value: str, status: int, start: int | None
) -> None:
    """Whole, as the first part, and as a part behind others that never came."""
    if start is None:
        answer = client.put(URL, content=SOUND, headers={**rep, header: value})
    else:
        url = UPLOAD.replace("audio/webm", "text/plain") if header == "Content-Type" else UPLOAD
        part = {**rep, "Upload-Offset": str(start), "Upload-Complete": "?0"}
        answer = client.patch(url, content=SOUND, headers={**part, header: value})
    assert answer.status_code == status
    assert f"The {len(SOUND)} bytes that arrived are kept apart for 30 days." in answer.json()["detail"]
    (one,) = kept(client, as_)
    assert (one["refused"], fetched(client, as_, one)) == (True, SOUND)
    assert (offset(client, rep), memos(client, rep)) == (0, [])


def test_what_another_rep_sends_is_kept_apart(client: Client, rep: dict[str, str], as_: As) -> None:
    """It must not become a part of the owner's recording."""
    answer = client.put(URL, content=b"another", headers={**rep, **as_("other")})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    (one,) = kept(client, as_)
    assert (one["refused"], fetched(client, as_, one)) == (True, b"another")
    assert (offset(client, rep), memos(client, rep)) == (0, [])


@pytest.mark.parametrize("query", ["lat=91&lon=0", "lat=1", "lat=nan&lon=1", "at=2026-03-10T14:05:00"])
def test_a_wrong_place_or_moment_costs_no_bytes(
    client: Client, rep: dict[str, str], as_: As, query: str
) -> None:
    answer = client.put(f"{URL}?{query}", content=SOUND, headers=rep)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert (offset(client, rep), memos(client, rep)) == (len(SOUND), [])
    assert client.put(URL, content=SOUND, headers=rep).status_code == 201
    assert kept(client, as_) == []


def test_other_bytes_of_a_memo_are_kept_apart(client: Client, rep: dict[str, str], as_: As) -> None:
    assert client.put(URL, content=SOUND, headers=rep).status_code == 201
    other = client.put(URL, content=b"another", headers=rep)
    assert (other.status_code, other.json()["code"]) == (409, "memo_differs")
    assert "What was sent is kept apart for 30 days." in other.json()["detail"]
    (one,) = kept(client, as_)
    assert (one["refused"], fetched(client, as_, one)) == (True, b"another")


def test_a_memo_of_another_visit_keeps_its_bytes(client: Client, rep: dict[str, str], as_: As) -> None:
    assert client.put(URL, content=SOUND, headers=rep).status_code == 201
    checked_in = {"Authorization": rep["Authorization"]}
    assert client.put("/api/visits/v2", json=checkin(), headers=checked_in).status_code == 201
    taken = client.put("/api/visits/v2/memos/m1", content=SOUND, headers=rep)
    assert (taken.status_code, taken.json()["code"]) == (409, "memo_differs")
    assert client.get(f"{URL}/audio", headers=rep).content == SOUND
    assert kept(client, as_) == []


def test_what_was_taken_back_does_not_return(
    client: Client, rep: dict[str, str], as_: As, home: Path
) -> None:
    assert client.put(URL, content=SOUND, headers=rep).status_code == 201
    assert client.delete(URL, headers=rep).status_code == 204
    late = client.put(URL, content=SOUND, headers=rep)
    assert (late.status_code, late.json()["code"]) == (409, "memo_deleted")
    assert kept(client, as_) == []
    assert [file for file in (home / "audio").rglob("*") if file.is_file()] == []


def test_it_says_whose_it_is_and_why(client: Client, rep: dict[str, str], as_: As) -> None:
    part = {**rep, "Upload-Offset": "0", "Upload-Complete": "?0"}
    assert client.patch(UPLOAD, content=SOUND, headers=part).status_code == 204
    more = {**part, "Upload-Offset": str(len(SOUND))}
    assert client.patch(UPLOAD, content=b"and more", headers=more).status_code == 204
    client.put("/api/visits/v1/memos/m2", content=b"x" * (LIMIT + 1), headers=rep)
    client.put("/api/visits/v1/memos/m3", content=b"?", headers={**rep, "Content-Digest": digest(SOUND)})
    client.put("/api/visits/v1/memos/m4", content=SOUND, headers=rep)
    client.put("/api/visits/v1/memos/m4", content=b"another", headers=rep)
    client.put("/api/visits/later/memos/m5", content=SOUND, headers=rep)
    found = {one["memo"]: one for one in kept(client, as_)}
    assert {memo: one["why"] for memo, one in found.items()} == {
        "m1": "broken_off",
        "m2": "too_large",
        "m3": "damaged",
        "m4": "differs",
        "m5": "no_visit",
    }
    assert (found["m1"]["bytes"], found["m1"]["rep_name"]) == (len(SOUND) + 8, "Dana Whitfield")
    assert (found["m5"]["rep_name"], found["m5"]["at"]) == (None, None)


@pytest.mark.parametrize("refused", [True, False])
def test_what_is_kept_becomes_a_memo_or_goes(
    client: Client, rep: dict[str, str], as_: As, refused: bool
) -> None:
    if refused:
        client.put(URL, content=SOUND, headers={**rep, "Content-Digest": digest(b"?")})
    else:
        for at, half in ((0, SOUND[:9]), (9, SOUND[9:])):
            headers = {**rep, "Upload-Offset": str(at), "Upload-Complete": "?0"}
            client.patch(UPLOAD, content=half, headers=headers)
    (one,) = kept(client, as_)
    url = f"/api/kept/v1/m1/{one['sha256']}"
    receipt = client.post(f"{url}/file", headers=as_("admin"))
    assert (receipt.status_code, receipt.json()["sha256"]) == (200, hashlib.sha256(SOUND).hexdigest())
    memo = receipt.json()["memo"]
    assert memos(client, rep) == [memo]
    assert client.get(f"/api/visits/v1/memos/{memo}/audio", headers=rep).content == SOUND
    assert kept(client, as_) == []
    assert client.post(f"{url}/file", headers=as_("admin")).status_code == 404
    other = {**rep, "Content-Digest": digest(SOUND)}
    client.put("/api/visits/v1/memos/m2", content=b"altered", headers=other)
    (left,) = kept(client, as_)
    gone = f"/api/kept/v1/m2/{left['sha256']}"
    assert client.delete(gone, headers=as_("admin")).status_code == 204
    assert (kept(client, as_), client.delete(gone, headers=as_("admin")).status_code) == ([], 404)


def test_what_has_no_visit_waits_for_it(client: Client, rep: dict[str, str], as_: As) -> None:
    client.put("/api/visits/later/memos/m9", content=SOUND, headers=rep)
    (one,) = kept(client, as_)
    answer = client.post(f"/api/kept/later/m9/{one['sha256']}/file", headers=as_("admin"))
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_visit")
    assert len(kept(client, as_)) == 1


def test_only_administrators_see_what_is_kept(client: Client, rep: dict[str, str], as_: As) -> None:
    sha256 = "0" * 64
    for url in ("/api/kept", f"/api/kept/v1/m1/{sha256}"):
        assert client.get(url, headers=as_("manager")).status_code == 403
    gone = client.get(f"/api/kept/v1/m1/{sha256}", headers=as_("admin"))
    assert (gone.status_code, gone.json()["code"]) == (404, "recording_missing")


def test_a_server_that_stops_keeps_what_has_come(tmp_path: Path) -> None:
    blobs = open_blobs(AudioSettings(), tmp_path)
    waiting = asyncio.Event()

    class Slow:
        """A phone that sends once and then takes its time."""

        messages = iter([{"type": "http.request", "body": b"x" * 1_500_000, "more_body": True}])

        async def receive(self) -> dict[str, Any]:
            message = next(self.messages, None)
            if message is None:
                waiting.set()
                await asyncio.Event().wait()
            return message or {}

    async def stopped() -> None:
        slow: Request[Any, Any, Any] = Slow()  # type: ignore[assignment]
        parts = Parts(blobs, "v1", "m1")
        intake = Intake(parts=parts, limit=LIMIT, promised=None, refusal=None)
        task = asyncio.create_task(receive(slow, intake))
        await waiting.wait()
        task.cancel()
        with pytest.raises(StoreUnavailable):
            await task
        assert parts.offset() == 1_500_000

    asyncio.run(stopped())
    assert [one.refused for one in Uploads(blobs).kept()] == [False]


@pytest.mark.parametrize("seed", range(3))
def test_parts_cut_anywhere_and_sent_again_make_the_recordings(
    client: Client, rep: dict[str, str], seed: int
) -> None:
    """Three phones take turns; each goes on from any byte that it sent before."""
    chance = random.Random(seed)
    sounds = {f"m{number}": chance.randbytes(20_000) for number in range(3)}
    waiting = dict(sounds)
    while waiting:
        memo = chance.choice(sorted(waiting))
        url, sound = f"/api/visits/v1/memos/{memo}/upload?type=audio/webm", waiting[memo]
        safe = int(client.head(url, headers=rep).headers["upload-offset"])
        start = chance.randint(0, safe)
        part = sound[start : start + chance.randint(0, 9_000)]
        last = start + len(part) == len(sound)
        headers = {
            **rep,
            "Upload-Offset": str(start),
            "Upload-Complete": "?1" if last else "?0",
            "Content-Digest": digest(part),
            "Repr-Digest": digest(sound),
        }
        answers = [client.patch(url, content=part, headers=headers) for _ in range(2)]
        if last:
            assert [answer.status_code for answer in answers] == [201, 200]
            assert answers[0].json() == answers[1].json()
            del waiting[memo]
        else:
            assert {int(a.headers["upload-offset"]) for a in answers} == {max(safe, start + len(part))}
    for memo, sound in sounds.items():
        assert client.get(f"/api/visits/v1/memos/{memo}/audio", headers=rep).content == sound
