"""Recordings stay as they were received, whole or not at all."""

import hashlib
from pathlib import Path

import pytest

from storage.errors import BlobMissing
from storage.sound.blobs import Blobs, store

from .conftest import STORES

pytestmark = pytest.mark.parametrize("blobs", STORES, indirect=True)
DATA = bytes(range(256)) * 9000


def test_a_recording_comes_back_to_the_byte(blobs: Blobs) -> None:
    stored = store(blobs, "a1", (DATA[at : at + 7000] for at in range(0, len(DATA), 7000)))
    assert (stored.sha256, stored.bytes) == (hashlib.sha256(DATA).hexdigest(), len(DATA))
    assert blobs.read(stored.key) == DATA
    assert blobs.size(stored.key) == len(DATA)
    assert blobs.range(stored.key, 10, 20) == DATA[10:20]
    assert b"".join(blobs.chunks(stored.key, 5, len(DATA))) == DATA[5:]
    assert list(blobs.keys()) == [stored.key]
    assert store(blobs, "a1", [DATA]) == stored


def test_nothing_is_left_of_what_broke_off(blobs: Blobs, tmp_path: Path) -> None:
    def breaking() -> object:
        yield b"some"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store(blobs, "a1", breaking())
    assert list(blobs.keys()) == []
    assert [path for path in (tmp_path / "home").rglob("*") if path.is_file()] == []


def test_an_empty_recording_is_one_too(blobs: Blobs) -> None:
    stored = store(blobs, "a1", [])
    assert (blobs.read(stored.key), stored.bytes) == (b"", 0)


def test_other_bytes_never_replace_what_has_a_receipt(blobs: Blobs) -> None:
    first, second = store(blobs, "a1", [b"one"]), store(blobs, "a1", [b"two"])
    assert (blobs.read(first.key), blobs.read(second.key)) == (b"one", b"two")


def test_what_is_not_there_says_so(blobs: Blobs) -> None:
    for ask in (blobs.read, blobs.size):
        with pytest.raises(BlobMissing):
            ask("xx/nothing")
    blobs.delete("xx/nothing")
    gone = store(blobs, "a1", [b"one"])
    blobs.delete(gone.key)
    with pytest.raises(BlobMissing):
        blobs.read(gone.key)


def test_it_is_told_what_lies_under_a_name_and_it_goes_elsewhere(blobs: Blobs) -> None:
    names = ("parts/v1/m1/000", "parts/v1/m10/000", "apart/v1/m1/000")
    keys = [store(blobs, name, [name.encode()]).key for name in names]
    whole = store(blobs, "a:~.b", [b"whole"]).key
    assert [entry.key for entry in blobs.entries("parts/v1/m1/")] == keys[:1]
    assert sorted(entry.bytes for entry in blobs.entries("parts/")) == [15, 16]
    assert list(blobs.keys()) == [whole]
    blobs.rename(whole, "apart/v1/m2/000.sum")
    assert (list(blobs.keys()), blobs.read("apart/v1/m2/000.sum")) == ([], b"whole")


def test_a_recording_that_is_sent_twice_at_once(blobs: Blobs) -> None:
    with blobs.begin("a1") as one, blobs.begin("a1") as other:
        for upload in (one, other):
            upload.write(DATA)
        assert one.finish() == other.finish()
    assert [blobs.read(key) for key in blobs.keys()] == [DATA]  # noqa: SIM118 - no dict
