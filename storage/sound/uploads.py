"""Uploads that go on where they broke off, and what was refused on its way in. Each piece is an object of its
own in the store of the recordings, so any web process, on any machine, can take the next one; the database
knows nothing of it.

Sending a part again is harmless: where parts overlap they hold the same bytes of the same recording, and the
sum of the whole is checked in the end.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from storage.errors import BlobMissing, PartBeyond, PartDiffers
from storage.sound.blobs import APART, PARTS, Blobs, Stored, Upload

KEPT = timedelta(days=30)
"""How long what nobody went on with is kept; time enough for a holiday."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    start: int
    end: int


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that arrived and became no memo, for whoever looks after the installation."""

    visit: str
    memo: str
    offset: int
    """Where in the recording they begin."""
    bytes: int
    sha256: str
    received_at: datetime
    refused: bool
    """They are not what was meant, or there was no place for them; else the upload can go on behind them."""


class Parts:
    """What is here of one recording before it is a memo."""

    def __init__(self, blobs: Blobs, visit_id: str, memo_id: str) -> None:
        self.blobs, self.memo_id, self.folder = blobs, memo_id, f"{visit_id}/{memo_id}/"

    def name(self, offset: int) -> str:
        """Of bytes that the upload can go on behind."""
        return f"{PARTS}{self.folder}{offset:015d}"

    def apart(self, offset: int) -> str:
        """Of bytes that must not become part of the recording."""
        return f"{APART}{self.folder}{offset:015d}"

    def offset(self) -> int:
        """How many bytes from the beginning are safe."""
        return max((part.end for part in self._chain()), default=0)

    def read(self) -> bytes:
        """All bytes from the beginning that are safe so far."""
        pieces, reached = [], 0
        for part in self._chain():
            pieces.append(self.blobs.range(part.key, reached - part.start, part.end - part.start))
            reached = part.end
        return b"".join(pieces)

    def whole(self) -> Upload:
        """Take the recording in one piece."""
        return self.blobs.begin(self.memo_id)

    def part(self, offset: int) -> Upload:
        """Take the bytes from `offset` on; finish it also when the line breaks, so that what came is kept."""
        if offset < 0 or offset > self.offset():
            raise PartBeyond
        return self.blobs.begin(self.name(offset))

    def complete(self, reached: int, sha256: str | None = None, length: int | None = None) -> Stored:
        """Put the parts together, which stay until `discard`. `reached` is the end of the last part.
        Raises PartDiffers when the whole is not what was meant: then all of it is kept apart and the upload
        begins anew, because one of the parts is wrong."""
        with self.blobs.begin(self.memo_id) as upload:
            self._join(upload)
            at = upload.size
            if at < max(reached, length or 0):
                raise PartBeyond(f"Only {at} of {max(reached, length or 0)} bytes have arrived.")
            wrong = (sha256 is not None and upload.sha256 != sha256) or (length is not None and at != length)
            whole = upload.finish(self.apart(0) if wrong else None)
        if wrong:
            self.discard()
            raise PartDiffers("The recording that arrived is not the one that was sent; it is kept apart.")
        return whole

    def set_apart(self, stored: Stored) -> None:
        """A whole recording that no memo will claim."""
        self.blobs.rename(stored.key, f"{self.apart(0)}.{stored.sha256}")

    def discard(self) -> None:
        for part in self._parts():
            self.blobs.delete(part.key)

    def _join(self, upload: Upload) -> None:
        try:
            for part in self._chain():
                for chunk in self.blobs.chunks(part.key, upload.size - part.start, part.end - part.start):
                    upload.write(chunk)
        except BlobMissing as error:  # another request completed or cancelled it meanwhile
            raise PartBeyond from error

    def _parts(self) -> list[Part]:
        found = []
        for entry in self.blobs.entries(PARTS + self.folder):
            start = int(entry.key.rsplit("/", 1)[1].split(".")[0])
            found.append(Part(key=entry.key, start=start, end=start + entry.bytes))
        return sorted(found, key=lambda part: (part.start, -part.end))

    def _chain(self) -> Iterator[Part]:
        """The parts that follow on each other from the first byte; each adds something to those before."""
        reached = 0
        for part in self._parts():
            if part.start > reached:
                return
            if part.end > reached:
                yield part
                reached = part.end


class Uploads:
    """All that is kept and is no memo."""

    def __init__(self, blobs: Blobs) -> None:
        self.blobs = blobs

    def of(self, visit_id: str, memo_id: str) -> Parts:
        return Parts(self.blobs, visit_id, memo_id)

    def kept(self) -> Iterator[Kept]:
        for area in (PARTS, APART):
            for entry in self.blobs.entries(area):
                _, visit, memo, name = entry.key.split("/")
                offset, sha256 = name.split(".")
                yield Kept(
                    visit=visit,
                    memo=memo,
                    offset=int(offset),
                    bytes=entry.bytes,
                    sha256=sha256,
                    received_at=entry.written_at,
                    refused=area == APART,
                )

    def read(self, visit_id: str, memo_id: str, sha256: str) -> Iterator[bytes]:
        """Some bytes that were kept, a piece at a time; raises BlobMissing."""
        for area in (PARTS, APART):
            for entry in self.blobs.entries(f"{area}{visit_id}/{memo_id}/"):
                if entry.key.endswith(f".{sha256}"):
                    return self.blobs.chunks(entry.key, 0, entry.bytes)
        raise BlobMissing("Nothing is kept under this name; it may have been completed, or thrown away.")

    def prune(self) -> int:
        """Throw away what was abandoned; how many."""
        before = datetime.now(UTC) - KEPT
        old = [
            entry.key
            for area in (PARTS, APART)
            for entry in self.blobs.entries(area)
            if entry.written_at < before
        ]
        for key in old:
            self.blobs.delete(key)
        self.blobs.sweep()
        return len(old)
