"""A memo's bytes on their way from the phone into the store, piece by piece: never the whole in memory."""

import asyncio
import base64
import binascii
import hashlib
import re
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from litestar import Request

from api.errors import BadDigest, BadRequest, BrokenOff, DigestMismatch, MemoTooLarge, UnsupportedMedia
from api.schemas import FieldError, check_years
from storage.blobs import Blobs, Stored
from storage.places import fix
from storage.records import Position

PIECE = 1 << 20
"""Bytes that are written at once; the network hands over about 64 KB each time."""
SOUND = re.compile(r"(audio/[a-z0-9.+-]+|video/(mp4|webm))(\s*;.*)?", re.IGNORECASE)
SHA256 = re.compile(r"\s*sha-256\s*=\s*:([A-Za-z0-9+/=]*):\s*(?:;.*)?")


def sound_type(request: Request[Any, Any, Any]) -> str:
    """The content type of a memo, parameters included; raises UnsupportedMedia."""
    content_type = request.headers.get("content-type", "").strip()
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
    """Stores the body; `limit` in bytes. Keeps nothing that breaks off, is too large or was altered."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise too_large(limit)
    arrived, total = hashlib.sha256() if promised else None, 0
    upload = await asyncio.to_thread(blobs.begin, memo_id)
    with upload:
        async for piece in pieces(request):
            total += len(piece)
            if total > limit:
                raise too_large(limit)
            if arrived:
                arrived.update(piece)
            await asyncio.to_thread(upload.write, piece)
        if arrived and promised != arrived.digest():
            raise DigestMismatch
        return await asyncio.to_thread(upload.finish)


def too_large(limit: int) -> MemoTooLarge:
    return MemoTooLarge(f"The recording is larger than the {limit // 1_000_000} MB that this server takes.")


async def pieces(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    """The body in pieces of about PIECE bytes; nothing is read from the phone while one is written."""
    buffer = bytearray()
    more = True
    while more:
        message = await request.receive()
        if message["type"] != "http.request":
            raise BrokenOff
        buffer += message["body"]
        more = message["more_body"]
        if len(buffer) >= PIECE or (buffer and not more):
            yield bytes(buffer)
            buffer.clear()


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
