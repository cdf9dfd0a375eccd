"""Uploads over bad networks: cut anywhere, sent twice, out of order, with wrong bytes."""

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.blobs import Blobs, open_blobs
from storage.errors import PartBeyond, PartDiffers
from storage.settings import AudioSettings
from storage.uploads import Uploads

DATA = random.Random(1).randbytes(50_000)
SUM = hashlib.sha256(DATA).hexdigest()


def send(uploads: Uploads, start: int, end: int, data: bytes = DATA) -> None:
    with uploads.part("m1", start) as part:
        part.write(data[start:end])
        part.finish()


@given(cuts=st.lists(st.integers(1, len(DATA) - 1), max_size=8), repeat=st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_it_goes_on_where_it_broke(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], repeat: int
) -> None:
    blobs = open_blobs(AudioSettings(), tmp_path_factory.mktemp("home"))
    uploads = Uploads(blobs)
    for cut in [*sorted(cuts), len(DATA)]:
        start = max(0, uploads.offset("m1") - repeat)
        send(uploads, start, max(cut, start))
        assert uploads.offset("m1") >= cut
    assert list(blobs.keys()) == []
    stored = uploads.complete("m1", SUM, len(DATA))
    assert blobs.read(stored.key) == DATA
    assert (list(blobs.keys()), uploads.offset("m1")) == ([stored.key], 0)


def test_a_gap_is_refused(blobs: Blobs) -> None:
    uploads = Uploads(blobs)
    send(uploads, 0, 100)
    for start in (101, -1):
        with pytest.raises(PartBeyond):
            uploads.part("m1", start)
    with pytest.raises(PartBeyond):
        uploads.complete("m1", SUM, len(DATA))
    assert uploads.offset("m1") == 100


def test_wrong_bytes_never_become_a_recording(blobs: Blobs) -> None:
    uploads = Uploads(blobs)
    send(uploads, 0, 100, b"x" * 100)
    send(uploads, 100, len(DATA))
    with pytest.raises(PartDiffers):
        uploads.complete("m1", SUM, len(DATA))
    assert (list(blobs.keys()), uploads.offset("m1"), uploads.prune()) == ([], 0, 0)
