"""Uploads over bad networks: cut anywhere, sent twice, out of order, with wrong bytes."""

import hashlib
import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import PartBeyond, PartDiffers
from storage.settings import AudioSettings
from storage.sound.blobs import Blobs, open_blobs
from storage.sound.uploads import KEPT, Parts, Uploads

from .conftest import STORES

DATA = random.Random(1).randbytes(50_000)
SUM = hashlib.sha256(DATA).hexdigest()


def parts_of(blobs: Blobs, memo: str = "m1") -> Parts:
    return Parts(blobs, "v1", memo)


def send(parts: Parts, start: int, end: int, data: bytes = DATA) -> None:
    with parts.part(start) as part:
        part.write(data[start:end])
        part.finish()


@given(cuts=st.lists(st.integers(1, len(DATA) - 1), max_size=8), repeat=st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_it_goes_on_where_it_broke(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], repeat: int
) -> None:
    blobs = open_blobs(AudioSettings(), tmp_path_factory.mktemp("home"))
    parts = parts_of(blobs)
    for cut in [*sorted(cuts), len(DATA)]:
        start = max(0, parts.offset() - repeat)
        send(parts, start, max(cut, start))
        assert parts.offset() >= cut
        assert parts.read() == DATA[: parts.offset()]
    assert list(blobs.keys()) == []
    stored = parts.complete(len(DATA), SUM, len(DATA))
    assert blobs.read(stored.key) == DATA
    parts.discard()
    assert (list(blobs.keys()), parts.offset()) == ([stored.key], 0)


@pytest.mark.parametrize("blobs", STORES, indirect=True)
def test_a_gap_is_refused(blobs: Blobs) -> None:
    parts = parts_of(blobs)
    send(parts, 0, 100)
    for start in (101, -1):
        with pytest.raises(PartBeyond):
            parts.part(start)
    with pytest.raises(PartBeyond):
        parts.complete(100, SUM, len(DATA))
    assert parts.offset() == 100


@pytest.mark.parametrize("blobs", STORES, indirect=True)
def test_parts_that_went_meanwhile_make_no_recording(blobs: Blobs) -> None:
    parts = parts_of(blobs)
    send(parts, 0, 100)
    parts.discard()
    with pytest.raises(PartBeyond):
        parts.complete(100)
    assert list(blobs.keys()) == []


@pytest.mark.parametrize("blobs", STORES, indirect=True)
def test_wrong_bytes_never_become_a_recording(blobs: Blobs) -> None:
    parts, wrong = parts_of(blobs), b"x" * 100 + DATA[100:]
    send(parts, 0, 100, wrong)
    send(parts, 100, len(DATA), wrong)
    with pytest.raises(PartDiffers):
        parts.complete(len(DATA), SUM, len(DATA))
    assert (list(blobs.keys()), parts.offset()) == ([], 0)
    (kept,) = Uploads(blobs).kept()
    assert (kept.refused, kept.bytes, kept.visit, kept.memo) == (True, len(DATA), "v1", "m1")
    assert b"".join(Uploads(blobs).read("v1", "m1", kept.sha256)) == wrong


def test_an_upload_is_one_visits_alone(blobs: Blobs) -> None:
    send(parts_of(blobs), 0, 100)
    assert (Parts(blobs, "v2", "m1").offset(), parts_of(blobs, "m10").offset()) == (0, 0)
    assert Uploads(blobs).of("v1", "m1").offset() == 100


def test_what_was_abandoned_is_thrown_away(blobs: Blobs, tmp_path: Path) -> None:
    send(parts_of(blobs), 0, 100)
    with parts_of(blobs).part(0) as refused:
        refused.write(b"other")
        refused.finish(parts_of(blobs).apart(0))
    left = tmp_path / "home" / "incoming" / "left"
    left.write_bytes(b"of a process that died")
    on_its_way = blobs.begin("m2")
    uploads, long_ago = Uploads(blobs), datetime.now(UTC) - KEPT - timedelta(minutes=1)
    assert (uploads.prune(), len(list(uploads.kept()))) == (0, 2)
    for file in [*(tmp_path / "home" / "audio").rglob("*"), left]:
        os.utime(file, (long_ago.timestamp(), long_ago.timestamp()))
    assert (uploads.prune(), list(uploads.kept()), left.exists()) == (2, [], False)
    on_its_way.write(b"still")
    assert on_its_way.finish().bytes == 5
