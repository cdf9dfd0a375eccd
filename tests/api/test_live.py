"""The stream of events, read as a listener reads it, without a network."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.channels import ChannelsPlugin
from litestar.channels.backends.memory import MemoryChannelsBackend

from api.live import CHANNEL, PAGE, Batch, Live
from storage.database import Database
from storage.events import Events

WITHIN_S = 20


@pytest.fixture
def database(home: Path) -> Database:
    return Database(f"sqlite:///{home / 'rounds.db'}")


class Listening:
    """One line, what it said so far, and the ways to make news."""

    def __init__(self, database: Database, channels: ChannelsPlugin, live: Live) -> None:
        self.database, self.channels, self.live = database, channels, live

    def say(self, *subjects: str, kind: Any = "visit") -> int:
        for subject in subjects:
            with self.database.writing() as session:
                Events(session).append(kind, subject)
        with self.database.reading() as session:
            return Events(session).latest()


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[Listening]:
    channels = ChannelsPlugin(MemoryChannelsBackend(), channels=[CHANNEL])
    live = Live(database, channels)
    async with channels, live.running():
        yield Listening(database, channels, live)
    database.close()


def played(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), WITHIN_S))


async def following(stream: AsyncIterator[bytes], count: int) -> list[str]:
    """Subjects of the next events; heartbeats are passed over."""
    found: list[str] = []
    while len(found) < count:
        text = (await anext(stream)).decode()
        found += [line[6:] for line in text.splitlines() if line.startswith("data: ")]
    return [msgspec.json.decode(each)["subject"] for each in found]


async def ended(stream: AsyncIterator[bytes]) -> bool:
    """No more events come; whatever comes before the end is a heartbeat."""
    return all([text.startswith(b":") async for text in stream])


def always() -> bool:
    return True


def test_news_arrives_in_the_form_of_the_standard(database: Database) -> None:
    async def story() -> None:
        async with listening(database) as line:
            stream = line.live.stream(None, always)
            assert (await anext(stream)).startswith(b"retry: ")
            assert await anext(stream) == b": beat\n\n"
            latest = line.say("v1")
            event, ident, data = (await anext(stream)).decode().splitlines()[:3]
            assert (event, ident) == ("event: visit", f"id: {latest}")
            assert msgspec.json.decode(data[6:])["subject"] == "v1"
            await stream.aclose()

    played(story)


def test_a_listener_resumes_without_a_gap(database: Database) -> None:
    async def story() -> None:
        async with listening(database) as line:
            before = line.say("seen")
            missed = [f"missed{n}" for n in range(PAGE + 5)]
            with database.writing() as session:
                for subject in missed:
                    Events(session).append("visit", subject)
            stream = line.live.stream(before, always)
            assert await following(stream, len(missed)) == missed
            line.say("new")
            assert await following(stream, 1) == ["new"]
            await stream.aclose()

    played(story)


def test_a_listener_that_lost_a_batch_reads_it_from_the_table(database: Database) -> None:
    async def story() -> None:
        async with listening(database) as line:
            stream = line.live.stream(None, always)
            await anext(stream)
            await anext(stream)
            latest = line.say("a", "b")
            await line.channels.wait_published(msgspec.json.encode(Batch(after=latest)), CHANNEL)
            assert await following(stream, 2) == ["a", "b"]
            line.say("c")
            assert await following(stream, 1) == ["c"]
            await stream.aclose()

    played(story)


def test_the_line_of_a_device_that_was_shut_out_ends(database: Database) -> None:
    async def story() -> None:
        async with listening(database) as line:
            welcome = [True, False]
            stream = line.live.stream(None, lambda: welcome.pop(0))
            await anext(stream)
            line.say("somebody else", kind="people")
            assert await following(stream, 1) == ["somebody else"]
            line.say("me", kind="people")
            assert await following(stream, 1) == ["me"]
            assert await ended(stream)

    played(story)


def test_all_lines_end_when_the_server_stops(database: Database) -> None:
    async def story() -> None:
        async with listening(database) as line:
            streams = [line.live.stream(None, always) for _ in range(3)]
            waiting: list[Awaitable[bool]] = []
            for stream in streams:
                await anext(stream)
                waiting.append(asyncio.ensure_future(ended(stream)))
            await line.live.end()
            assert await asyncio.gather(*waiting) == [True, True, True]
            late = line.live.stream(None, always)
            await anext(late)
            assert await ended(late)

    played(story)
