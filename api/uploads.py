"""A memo's bytes on their way from the phone into the store, piece by piece: never the whole in memory."""

import asyncio
import base64
import binascii
import hashlib
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

import msgspec
from litestar import Request
from litestar.params import QueryParameter

from api.errors import (
    ApiError,
    BadDigest,
    BadRequest,
    BrokenOff,
    DigestMismatch,
    MemoTooLarge,
    NotAllowed,
    UnsupportedMedia,
)
from api.schemas import FieldError, check_years
from storage.errors import Refused, StoreUnavailable, Unknown
from storage.finding.places import fix
from storage.records import Position
from storage.sound.blobs import Stored, Upload
from storage.sound.uploads import KEPT, Parts

PIECE = 1 << 20
"""Bytes that are written at once; the network hands over about 64 KB each time."""
FORGOTTEN = 1 << 30
"""Bytes beyond the limit that are read on: a client that closes its side after one answer sees it only when
all that it sends is read."""
At = Annotated[
    datetime | None, QueryParameter(description="When it was spoken; else the moment of the upload.")
]
RANGES = {
    "lat": (-90.0, 90.0),
    "lon": (-180.0, 180.0),
    "accuracy_m": (0.0, 50_000_000.0),
    "age_s": (0.0, 10_000_000_000.0),
}


def number(name: str, description: str) -> QueryParameter:
    """Published with its range, which is checked when the bytes are safe."""
    low, high = RANGES[name]
    return QueryParameter(description=description, schema_extra={"minimum": low, "maximum": high})


Lat = Annotated[float | None, number("lat", "Degrees.")]
Lon = Annotated[float | None, number("lon", "Degrees.")]
Accuracy = Annotated[float | None, number("accuracy_m", "Metres.")]
Age = Annotated[float | None, number("age_s", "Seconds.")]
SOUND = re.compile(r"(audio/[a-z0-9.+-]+|video/(mp4|webm))(\s*;.*)?", re.IGNORECASE)
SHA256 = re.compile(r"\s*sha-256\s*=\s*:([A-Za-z0-9+/=]*):\s*(?:;.*)?")


def sound_type(content_type: str) -> str:
    """The content type of a memo, parameters included; raises UnsupportedMedia."""
    content_type = content_type.strip()
    if not SOUND.fullmatch(content_type) or len(content_type) > 200:
        raise UnsupportedMedia
    return content_type


def promised_sum(*headers: str | None) -> bytes | None:
    """The SHA-256 that was sent along (RFC 9530); other algorithms are left to those who know them."""
    sums = set()
    for header in headers:
        for member in (header or "").split(","):
            if member.strip().lower().startswith("sha-256"):
                sums.add(decoded(member))
    if len(sums) > 1:
        raise BadDigest("The two digests contradict each other.")
    return next(iter(sums), None)


def decoded(member: str) -> bytes:
    found = SHA256.fullmatch(member)
    try:
        digest = base64.b64decode(found.group(1), validate=True) if found else b""
    except binascii.Error:
        digest = b""
    if len(digest) != hashlib.sha256().digest_size:
        raise BadDigest
    return digest


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What the headers tell of a body."""

    kind: str = ""
    sums: tuple[bytes | None, ...] = (None, None)
    """The SHA-256 of each thing that was promised."""
    refusal: ApiError | None = None
    """Why it cannot be taken under this label; the bytes are kept all the same."""


def label(kind: str, *promised: tuple[str | None, ...]) -> Label:
    """From a content type, and the digest headers of each thing that is promised."""
    try:
        return Label(kind=sound_type(kind), sums=tuple(promised_sum(*headers) for headers in promised))
    except (UnsupportedMedia, BadDigest) as error:
        return Label(refusal=error)


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """How a body is to be taken, and what becomes of it when it is not."""

    parts: Parts
    offset: int = 0
    limit: int
    """Of the whole recording, in bytes."""
    promised: bytes | None
    """The SHA-256 of the body, when it was sent along."""
    refusal: Exception | None
    """Known before the body is read; it is raised when the bytes are safe."""

    @property
    def begin(self) -> Callable[[], Upload]:
        """A part that is refused for itself may begin anywhere."""
        whole = isinstance(self.refusal, NOT_MEANT)
        return self.parts.whole if whole else partial(self.parts.part, self.offset)

    def room(self, upload: Upload) -> int:
        """Bytes that may still come."""
        return max(0, self.limit - self.offset - upload.size)


async def receive(request: Request[Any, Any, Any], intake: Intake) -> Stored:
    """Stores the body as a whole recording."""
    with await asyncio.to_thread(intake.parts.whole) as upload:
        await pour(request, upload, intake)
        return await asyncio.to_thread(upload.finish)


async def receive_part(request: Request[Any, Any, Any], intake: Intake) -> int:
    """Stores the body as the bytes from the offset on; answers with where it ends."""
    with await asyncio.to_thread(intake.begin) as upload:
        await pour(request, upload, intake)
        await asyncio.to_thread(upload.finish)
        return intake.offset + upload.size


async def pour(request: Request[Any, Any, Any], upload: Upload, intake: Intake) -> None:
    """Writes the body as far as the limit lets it. Whatever is then refused is kept. Raises BrokenOff,
    MemoTooLarge, DigestMismatch, the refusal, and StoreUnavailable when the server stops meanwhile."""
    buffer = bytearray()
    try:
        beyond = 0
        async for piece in pieces(request, buffer):
            room = intake.room(upload)
            await asyncio.to_thread(upload.write, piece[:room])
            beyond += max(0, len(piece) - room)
            if beyond > FORGOTTEN:
                break
        if beyond:
            raise too_large(intake.limit)
        if intake.promised is not None and intake.promised.hex() != upload.sha256:
            raise DigestMismatch
        if intake.refusal is not None:
            raise intake.refusal
    except asyncio.CancelledError as error:  # the server stops: there is no time left to wait for a thread
        stopping = StoreUnavailable("The server is being stopped.")
        upload.write(bytes(buffer[: intake.room(upload)]))
        keep(upload, intake, stopping)
        raise stopping from error
    except (ApiError, Unknown, Refused) as error:
        await asyncio.to_thread(keep, upload, intake, error)
        raise


NOT_MEANT = (BadDigest, DigestMismatch, NotAllowed, UnsupportedMedia)
"""An upload cannot go on behind bytes that were refused for these."""


def keep(upload: Upload, intake: Intake, error: BaseException) -> None:
    """As a part that the upload can go on behind; apart when it is not what was sent. The error says so."""
    wrong, safe = isinstance(error, NOT_MEANT), intake.offset + upload.size
    if upload.size:
        upload.finish(intake.parts.apart(intake.offset) if wrong else intake.parts.name(intake.offset))
    if wrong:
        error.add_note(f"The {upload.size} bytes that arrived are kept apart for {KEPT.days} days.")
    elif safe:
        error.add_note(f"The first {safe} bytes are kept for {KEPT.days} days.")


def too_large(limit: int) -> MemoTooLarge:
    return MemoTooLarge(f"The recording is larger than the {limit // 1_000_000} MB that this server takes.")


async def pieces(request: Request[Any, Any, Any], buffer: bytearray) -> AsyncIterator[bytes]:
    """The body in pieces of about PIECE bytes, gathered in `buffer`; nothing is read from the phone while one
    is written."""
    more = True
    while more:
        message = await request.receive()
        if message["type"] != "http.request":
            if buffer:
                yield bytes(buffer)
            raise BrokenOff
        buffer += message["body"]
        more = message["more_body"]
        if len(buffer) >= PIECE or (buffer and not more):
            piece = bytes(buffer)
            buffer.clear()
            yield piece


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of a memo besides its bytes."""

    at: datetime
    position: Position | None
    refusal: Exception | None
    """Why it cannot be taken as it was told; the bytes are kept all the same."""


async def spoken(
    at: At = None, lat: Lat = None, lon: Lon = None, accuracy_m: Accuracy = None, age_s: Age = None
) -> Spoken:
    """From the query of an upload's address."""
    now = datetime.now(UTC)
    try:
        place = position({"lat": lat, "lon": lon, "accuracy_m": accuracy_m, "age_s": age_s})
        return Spoken(at=moment(at, now), position=place, refusal=None)
    except BadRequest as error:
        return Spoken(at=now, position=None, refusal=error)


def position(told: dict[str, float | None]) -> Position | None:
    """Where the phone was when the memo was made; with 100 m when it tells no accuracy."""
    for name, (low, high) in RANGES.items():
        value = told[name]
        if value is not None and not low <= value <= high:
            raise misfit(name, f"expected a number from {low:.0f} to {high:.0f}")
    lat, lon, accuracy_m, age_s = told.values()
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        raise misfit("lat" if lat is None else "lon", "lat and lon come together")
    return fix(lat, lon, 100.0 if accuracy_m is None else accuracy_m, 0.0 if age_s is None else age_s)


def misfit(field: str, message: str) -> BadRequest:
    return BadRequest(errors=(FieldError(field=field, message=message),))


def moment(at: datetime | None, now: datetime) -> datetime:
    """When the memo was spoken, with an offset; else now."""
    if at is None:
        return now
    try:
        check_years(at)
    except ValueError as error:
        raise misfit("at", str(error)) from error
    if at.tzinfo is None:
        raise misfit("at", "needs an offset, such as Z")
    return at
