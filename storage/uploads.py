"""Uploads that go on where they broke off. A part that arrived is an object of its own in the store of the
recordings, so any web process, on any machine, can take the next one; the database knows nothing of it.

Sending a part again is harmless: where parts overlap they hold the same bytes of the same recording, and the
sum of the whole is checked in the end.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from storage.blobs import PARTS, Blobs, Stored, Upload
from storage.errors import PartBeyond, PartDiffers

ABANDONED = timedelta(days=7)
"""Parts of an upload that nobody went on with for so long are thrown away."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    start: int
    end: int


class Uploads:
    def __init__(self, blobs: Blobs) -> None:
        self.blobs = blobs

    def offset(self, memo_id: str) -> int:
        """How many bytes from the beginning are safe."""
        return max((part.end for part in self._chain(memo_id)), default=0)

    def part(self, memo_id: str, offset: int) -> Upload:
        """Take the bytes from `offset` on; finish it also when the line breaks, so that what came is kept."""
        if offset < 0 or offset > self.offset(memo_id):
            raise PartBeyond
        return self.blobs.begin(f"{PARTS}{memo_id}/{offset:015d}")

    def complete(self, memo_id: str, sha256: str | None = None, length: int | None = None) -> Stored:
        """Put the parts together; they go when the whole is safe. Raises PartDiffers when it is not what was
        meant, and throws the parts away then, because one of them is wrong."""
        with self.blobs.begin(memo_id) as upload:
            at = 0
            for part in self._chain(memo_id):
                for chunk in self.blobs.chunks(part.key, at - part.start, part.end - part.start):
                    upload.write(chunk)
                at = part.end
            if length is not None and at < length:
                raise PartBeyond(f"Only {at} of {length} bytes have arrived.")
            whole = upload.finish()
        wrong = (sha256 is not None and whole.sha256 != sha256) or (length is not None and at != length)
        self.discard(memo_id)
        if wrong:
            self.blobs.delete(whole.key)
            raise PartDiffers("The recording that arrived is not the one that was sent.")
        return whole

    def discard(self, memo_id: str) -> None:
        for part in self._parts(memo_id):
            self.blobs.delete(part.key)

    def prune(self) -> int:
        """Throw away what was abandoned; how many parts."""
        before = datetime.now(UTC) - ABANDONED
        old = [entry.key for entry in self.blobs.entries(PARTS) if entry.written_at < before]
        for key in old:
            self.blobs.delete(key)
        return len(old)

    def _parts(self, memo_id: str) -> list[Part]:
        found = []
        for entry in self.blobs.entries(f"{PARTS}{memo_id}"):
            start = int(entry.key.rsplit("/", 1)[1].split(".")[0])
            found.append(Part(key=entry.key, start=start, end=start + entry.bytes))
        return sorted(found, key=lambda part: (part.start, -part.end))

    def _chain(self, memo_id: str) -> Iterator[Part]:
        """The parts that follow on each other from the first byte; each adds something to those before."""
        reached = 0
        for part in self._parts(memo_id):
            if part.start > reached:
                return
            if part.end > reached:
                yield part
                reached = part.end
