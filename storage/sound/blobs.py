"""Recordings as they were received, in a folder or an S3-compatible store.

A key names its memo and its sha256, so no write ever changes bytes that somebody has a receipt for.
"""

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from uuid import uuid4

import msgspec
import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, S3Store

from storage.database import translated
from storage.errors import BlobMissing, StoreUnavailable
from storage.settings import AudioSettings

PARTS, APART = "parts/", "apart/"
"""Where the parts of uploads lie until they are whole, and what was refused after it had arrived."""
LEFT_OVER = timedelta(days=1)
"""A file on its way in that was not written to for so long is a dead process'."""
CHUNK = 1 << 20
"""Bytes that are read at once."""


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """Where a recording lies, and what it must add up to."""

    key: str
    sha256: str
    bytes: int


class Upload(Protocol):
    """A recording on its way in; whatever is not finished leaves nothing behind."""

    size: int
    """Bytes that were written."""

    @property
    def sha256(self) -> str: ...
    def write(self, chunk: bytes) -> None: ...
    def finish(self, name: str | None = None) -> Stored:
        """Safe when this returns; under another name than it was begun with when one is given."""
        ...

    def discard(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One object in the store."""

    key: str
    bytes: int
    written_at: datetime


class Blobs(Protocol):
    def begin(self, name: str) -> Upload: ...
    def size(self, key: str) -> int: ...
    def read(self, key: str) -> bytes: ...
    def range(self, key: str, start: int, end: int) -> bytes: ...
    def chunks(self, key: str, start: int, end: int) -> Iterator[bytes]: ...
    def delete(self, key: str) -> None: ...
    def rename(self, key: str, to: str) -> None: ...
    def sweep(self) -> None: ...
    def keys(self) -> Iterator[str]: ...
    def entries(self, prefix: str) -> Iterator[Entry]: ...


class ObjectBlobs:
    """Both kinds of store. `incoming` is a folder on this machine; with a local store it must be on the same
    disk as `folder`, because finishing is a rename."""

    def __init__(self, store: ObjectStore, incoming: Path, folder: Path | None) -> None:
        self.store, self.incoming, self.folder = store, incoming, folder
        incoming.mkdir(parents=True, exist_ok=True)

    def begin(self, name: str) -> "Spool":
        """`name` is the memo's id, or a folder of PARTS or APART and an offset in it."""
        return Spool(self, name, self.incoming / uuid4().hex)

    def adopt(self, name: str, file: Path, sha256: str) -> Stored:
        """Take over a finished, synced file of `incoming`; it is safe when this returns."""
        size, key = file.stat().st_size, key_of(name, sha256)
        with translated(), store_errors():
            if self.folder is None:
                with file.open("rb") as source:
                    obstore.put(self.store, key, source)
                file.unlink()
            else:
                target = self.folder / key
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
                for folder in (target.parent, *target.parent.parents):
                    sync_folder(folder)
                    if folder == self.folder:
                        break
        return Stored(key=key, sha256=sha256, bytes=size)

    def size(self, key: str) -> int:
        with store_errors():
            return obstore.head(self.store, key)["size"]

    def read(self, key: str) -> bytes:
        with store_errors():
            return bytes(obstore.get(self.store, key).bytes())

    def range(self, key: str, start: int, end: int) -> bytes:
        """Bytes from `start` up to but not including `end`."""
        with store_errors():
            return bytes(obstore.get_range(self.store, key, start=start, end=end))

    def chunks(self, key: str, start: int, end: int) -> Iterator[bytes]:
        for at in range(start, end, CHUNK):
            yield self.range(key, at, min(at + CHUNK, end))

    def delete(self, key: str) -> None:
        """Gone afterwards, whether it was there or not."""
        try:
            with store_errors():
                obstore.delete(self.store, key)
        except BlobMissing:
            return

    def rename(self, key: str, to: str) -> None:
        """Both are whole keys."""
        with translated(), store_errors():
            obstore.rename(self.store, key, to)

    def sweep(self) -> None:
        """Throw away what processes that died left on its way in."""
        before = (datetime.now(UTC) - LEFT_OVER).timestamp()
        for file in self.incoming.iterdir():
            with suppress(FileNotFoundError):
                if file.stat().st_mtime < before:
                    file.unlink()

    def keys(self) -> Iterator[str]:
        """Of whole recordings; parts and what was refused are none."""
        return (entry.key for entry in self.entries("") if not entry.key.startswith((PARTS, APART)))

    def entries(self, prefix: str) -> Iterator[Entry]:
        with store_errors():
            for batch in obstore.list(self.store, prefix=prefix or None):
                for found in batch:
                    yield Entry(key=found["path"], bytes=found["size"], written_at=found["last_modified"])


class Spool:
    """A file under its temporary name."""

    def __init__(self, blobs: ObjectBlobs, name: str, path: Path) -> None:
        self.blobs, self.name, self.path = blobs, name, path
        self.sum, self.size = hashlib.sha256(), 0
        self.lock = threading.Lock()  # a server that stops may finish while a thread still writes
        with translated():
            self.file = path.open("xb")

    @property
    def sha256(self) -> str:
        return self.sum.hexdigest()

    def write(self, chunk: bytes) -> None:
        with translated(), self.lock:
            self.file.write(chunk)
            self.sum.update(chunk)
            self.size += len(chunk)

    def finish(self, name: str | None = None) -> Stored:
        """Synced and under its own name when this returns: only then may a receipt be given."""
        with translated(), self.lock:
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
        return self.blobs.adopt(name or self.name, self.path, self.sha256)

    def discard(self) -> None:
        if not self.file.closed:
            with suppress(OSError):  # a full disk refuses the last buffered bytes; they are not wanted
                self.file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn what obstore says into our own errors."""
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        raise BlobMissing from error
    except BaseError as error:  # no answer, or a refusal: wrong keys are mended on this side
        raise StoreUnavailable("The store of the recordings cannot be used at the moment.") from error


def key_of(name: str, sha256: str) -> str:
    return f"{name}.{sha256}" if name.startswith((PARTS, APART)) else f"{name[:2]}/{name}.{sha256}"


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def store(blobs: Blobs, memo_id: str, chunks: Iterable[bytes]) -> Stored:
    """Keep a whole recording."""
    with blobs.begin(memo_id) as upload:
        for chunk in chunks:
            upload.write(chunk)
        return upload.finish()


def open_blobs(settings: AudioSettings, home: Path) -> Blobs:
    """The store that the settings name; keys of an S3 store come from the usual AWS variables."""
    incoming = home / "incoming"
    if settings.url is None:
        folder = home / "audio"
        folder.mkdir(parents=True, exist_ok=True)
        return ObjectBlobs(LocalStore(folder), incoming, folder)
    if settings.endpoint is None:
        remote = S3Store.from_url(settings.url)
    else:
        plain = settings.endpoint.startswith("http://")
        remote = S3Store.from_url(
            settings.url, endpoint=settings.endpoint, client_options={"allow_http": plain}
        )
    return ObjectBlobs(remote, incoming, None)
