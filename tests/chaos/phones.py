"""Phones for measurements: connections that stay open, each sending one request after the other."""

import asyncio
import json
import time
import uuid
from collections.abc import Callable
from typing import Any

import msgspec

AT = "2026-03-10T14:05:00-04:00"
Request = tuple[str, str, bytes]
"""Method, address and body."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    rate: float
    p50_ms: float
    p99_ms: float

    def __str__(self) -> str:
        return f"{self.rate:.0f}/s, p50 {self.p50_ms:.1f} ms, p99 {self.p99_ms:.1f} ms"


def check_in(number: int) -> Request:
    """Somewhere around a city of the made-up company."""
    position = {"lat": 25.0 + number % 100 / 1000, "lon": -122.0, "accuracy_m": 20, "age_s": 1}
    return "PUT", f"/api/visits/{uuid.uuid4()}", json.dumps({"at": AT, "position": position}).encode()


async def ask(port: int, tokens: list[str], count: int, request: Callable[[int], Request]) -> Asked:
    """One phone a token; `count` requests among them."""
    todo, times = iter(range(count)), []

    async def phone(token: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in todo:
            began = time.perf_counter()
            await asked(reader, writer, token, request(number))
            times.append((time.perf_counter() - began) * 1000)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*map(phone, tokens))
    rate = count / (time.perf_counter() - began)
    times.sort()
    return Asked(rate=rate, p50_ms=times[len(times) // 2], p99_ms=times[int(len(times) * 0.99) - 1])


async def asked(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str, request: Request
) -> Any:
    method, path, body = request
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    writer.write(f"{head}\r\n".encode() + body)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    if not answer.startswith(("http/1.1 201", "http/1.1 200")):
        raise SystemExit(answer)
    return await reader.readexactly(int(answer.split("content-length:")[1].split("\r\n")[0]))


async def open_stream(port: int, token: str) -> asyncio.StreamReader:
    """A line of events, past its welcome."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    )
    await reader.readuntil(b": welcome\n\n")
    await reader.readuntil(b": beat\n\n")
    reader.writer = writer  # type: ignore[attr-defined]  # kept open as long as the reader
    return reader


async def ask_each(port: int, token: str, requests: list[Request]) -> list[float]:
    """One phone, one request after the other; how long each took, in ms."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    for request in requests:
        began = time.perf_counter()
        await asked(reader, writer, token, request)
        times.append((time.perf_counter() - began) * 1000)
    writer.close()
    return times
