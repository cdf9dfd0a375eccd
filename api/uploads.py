"""A memo's bytes on their way from the phone into the store, piece by piece: never the whole in memory."""

import asyncio
import base64
import binascii
import hashlib
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from litestar import Request
from litestar.params import QueryParameter

from api.errors import BadDigest, BadRequest, BrokenOff, DigestMismatch, MemoTooLarge, UnsupportedMedia
from api.schemas import FieldError, check_years
from storage.blobs import Blobs, Stored, Upload
from storage.places import fix
from storage.records import Position
from storage.uploads import Uploads

PIECE = 1 << 20
"""Bytes that are written at once; the network hands over about 64 KB each time."""
At = Annotated[
    datetime | None, QueryParameter(description="When it was spoken; else the moment of the upload.")
]
Lat = Annotated[float | None, QueryParameter(ge=-90, le=90)]
Lon = Annotated[float | None, QueryParameter(ge=-180, le=180)]
Accuracy = Annotated[float | None, QueryParameter(ge=0, le=50_000_000, description="Metres.")]
Age = Annotated[float | None, QueryParameter(ge=0, le=10_000_000_000, description="Seconds.")]
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


async def receive(
    request: Request[Any, Any, Any], blobs: Blobs, memo_id: str, limit: int, promised: bytes | None
) -> Stored:
    """Stores the whole body; `limit` in bytes. Keeps nothing that breaks off, is too large or was altered."""
    check_announced(request, limit, limit)
    with await asyncio.to_thread(blobs.begin, memo_id) as upload:
        await pour(request, upload, limit, limit, promised)
        return await asyncio.to_thread(upload.finish)


async def receive_part(
    request: Request[Any, Any, Any],
    uploads: Uploads,
    memo_id: str,
    offset: int,
    limit: int,
    promised: bytes | None,
) -> None:
    """Stores the body as the bytes from `offset` on; keeps what came when the line breaks."""
    check_announced(request, limit - offset, limit)
    with await asyncio.to_thread(uploads.part, memo_id, offset) as upload:
        try:
            await pour(request, upload, limit - offset, limit, promised)
        except BrokenOff:
            await asyncio.to_thread(upload.finish)
            raise
        await asyncio.to_thread(upload.finish)


async def pour(
    request: Request[Any, Any, Any], upload: Upload, room: int, limit: int, promised: bytes | None
) -> None:
    """`room` is what may still come, in bytes. Raises BrokenOff, MemoTooLarge, DigestMismatch."""
    arrived, total = hashlib.sha256() if promised else None, 0
    async for piece in pieces(request):
        total += len(piece)
        if total > room:
            raise too_large(limit)
        if arrived:
            arrived.update(piece)
        await asyncio.to_thread(upload.write, piece)
    if arrived and promised != arrived.digest():
        raise DigestMismatch


def check_announced(request: Request[Any, Any, Any], room: int, limit: int) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > room:
        raise too_large(limit)


def too_large(limit: int) -> MemoTooLarge:
    return MemoTooLarge(f"The recording is larger than the {limit // 1_000_000} MB that this server takes.")


async def pieces(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    """The body in pieces of about PIECE bytes; nothing is read from the phone while one is written."""
    buffer = bytearray()
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
            yield bytes(buffer)
            buffer.clear()


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of a memo besides its bytes."""

    at: datetime
    position: Position | None


async def spoken(
    at: At = None, lat: Lat = None, lon: Lon = None, accuracy_m: Accuracy = None, age_s: Age = None
) -> Spoken:
    """From the query of an upload's address."""
    return Spoken(at=moment(at, datetime.now(UTC)), position=position(lat, lon, accuracy_m, age_s))


def position(
    lat: float | None, lon: float | None, accuracy_m: float | None, age_s: float | None
) -> Position | None:
    """Where the phone was when the memo was made; with 100 m when it tells no accuracy. Raises BadPlace."""
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        missing = "lat" if lat is None else "lon"
        raise BadRequest(errors=(FieldError(field=missing, message="lat and lon come together"),))
    accuracy_m = 100.0 if accuracy_m is None else accuracy_m
    age_s = 0.0 if age_s is None else age_s
    return fix(lat, lon, accuracy_m, age_s)


def moment(at: datetime | None, now: datetime) -> datetime:
    """When the memo was spoken, with an offset; else now."""
    if at is None:
        return now
    try:
        check_years(at)
    except ValueError as error:
        raise BadRequest(errors=(FieldError(field="at", message=str(error)),)) from error
    if at.tzinfo is None:
        raise BadRequest(errors=(FieldError(field="at", message="needs an offset, such as Z"),))
    return at
