"""What the company learns, as it learns it: one reader of the event table per web process, many listeners.

Each batch names the event before it, so that a listener that was slow or came late sees the gap and reads the
missed ones from the table: nothing depends on the channel being lossless.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import msgspec
from litestar.channels import ChannelsPlugin

from storage.database import Database
from storage.errors import StorageError
from storage.events import Events
from storage.records import Event

log = logging.getLogger("rounds.live")
CHANNEL = "events"
LOOK_EVERY_S = 0.25
BEAT_EVERY_S = 15.0
"""Proxies and phones drop a connection on which nothing comes for about a minute."""
PAGE = 500


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Events after the one with the id `after`; none is a heartbeat; the last batch of all is `over`."""

    after: int
    events: tuple[Event, ...] = ()
    over: bool = False


decode = msgspec.json.Decoder(Batch).decode


class Live:
    """Reads the table while somebody listens; the listeners share what was read."""

    def __init__(self, database: Database, channels: ChannelsPlugin) -> None:
        self._database, self._channels = database, channels
        self._listeners = 0
        self._over = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        reader = asyncio.create_task(self._read())
        try:
            yield
        finally:
            await self.end()
            reader.cancel()
            with suppress(asyncio.CancelledError):
                await reader

    async def end(self) -> None:
        """Ends every stream, so that a server that stops need not wait for them; they resume elsewhere."""
        self._over = True
        await self._channels.wait_published(msgspec.json.encode(Batch(after=0, over=True)), CHANNEL)

    async def stream(self, since: int | None, welcome: Callable[[], bool]) -> AsyncGenerator[bytes, None]:
        """Events after `since`, or from now on; ends when the device is no longer `welcome`."""
        async with self._channels.start_subscription(CHANNEL) as subscriber:
            self._listeners += 1
            try:
                seen = await asyncio.to_thread(self._latest) if since is None else since
                yield b"retry: 2000\n: welcome\n\n"
                async for batch in self._batches(subscriber.iter_events()):
                    async for event in self._after(seen, batch):
                        seen = event.id
                        yield encode(event)
                        if event.kind == "people" and not await asyncio.to_thread(welcome):
                            return
                    if not batch.events:
                        yield b": beat\n\n"
            finally:
                self._listeners -= 1

    async def _batches(self, arriving: AsyncIterator[bytes]) -> AsyncIterator[Batch]:
        """Begins with an empty batch of now, so that a resuming listener catches up at once."""
        if self._over:
            return
        yield Batch(after=await asyncio.to_thread(self._latest))
        async for raw in arriving:
            batch = decode(raw)
            if batch.over:
                return
            yield batch

    async def _after(self, seen: int, batch: Batch) -> AsyncIterator[Event]:
        """The batch's events that were not seen yet, after those that the listener missed before them."""
        while seen < batch.after:
            missed = await asyncio.to_thread(self._page, seen)
            for event in missed:
                seen = event.id
                yield event
            if len(missed) < PAGE:
                break
        for event in batch.events:
            if event.id > seen:
                yield event

    async def _read(self) -> None:
        last: int | None = None
        beat = asyncio.get_running_loop().time()
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if not self._listeners:
                last = None
                continue
            try:
                found = () if last is None else await asyncio.to_thread(self._page, last)
                start = await asyncio.to_thread(self._latest) if last is None else last
            except StorageError as error:
                log.warning("events cannot be read: %s", error)
                continue
            now = asyncio.get_running_loop().time()
            if found or last is None or now - beat >= BEAT_EVERY_S:
                beat = now
                batch = Batch(after=start, events=found)
                await self._channels.wait_published(msgspec.json.encode(batch), CHANNEL)
            last = found[-1].id if found else start

    def _latest(self) -> int:
        with self._database.reading() as session:
            return Events(session).latest()

    def _page(self, after: int) -> tuple[Event, ...]:
        with self._database.reading() as session:
            return Events(session).after(after, PAGE)


def encode(event: Event) -> bytes:
    """One event in the form of the HTML standard's event stream."""
    return b"event: %b\nid: %d\ndata: %b\n\n" % (event.kind.encode(), event.id, msgspec.json.encode(event))
