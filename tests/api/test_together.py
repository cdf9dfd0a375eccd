"""Calls that come at the same time share one answer's work, and nothing else."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import closing
from typing import Any

import pytest

from api.together import MOST, Together

WITHIN_S = 20


def played(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), WITHIN_S))


class Doubling:
    """Doubles numbers once it may; refuses odd ones, and whole batches with a zero in them."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.may = threading.Event()

    def __call__(self, asked: Sequence[int]) -> list[int | Exception]:
        self.batches.append(list(asked))
        self.may.wait(WITHIN_S)
        if 0 in asked:
            raise LookupError
        return [ValueError(each) if each % 2 else 2 * each for each in asked]


async def begun(doubling: Doubling) -> None:
    while not doubling.batches:
        await asyncio.sleep(0)


def test_those_who_come_meanwhile_wait_for_the_next_batch_and_share_it() -> None:
    async def story() -> None:
        doubling = Doubling()
        with closing(Together(doubling)) as together:
            first = asyncio.create_task(together.ask(2))
            await begun(doubling)
            others = [asyncio.create_task(together.ask(2 * number)) for number in range(2, MOST + 4)]
            gone = asyncio.create_task(together.ask(4))
            await asyncio.sleep(0)
            gone.cancel()
            doubling.may.set()
            assert await first == 4
            assert await asyncio.gather(*others) == [4 * number for number in range(2, MOST + 4)]
            assert [len(batch) for batch in doubling.batches] == [1, MOST, 3]

    played(story)


def test_an_error_is_its_callers_alone_unless_the_batch_fails() -> None:
    async def story() -> None:
        doubling = Doubling()
        with closing(Together(doubling)) as together:
            first = asyncio.create_task(together.ask(2))
            await begun(doubling)
            mixed = [asyncio.create_task(together.ask(number)) for number in (3, 4)]
            await asyncio.sleep(0)
            doubling.may.set()
            assert await first == 4
            with pytest.raises(ValueError, match="3"):
                await mixed[0]
            assert await mixed[1] == 8
            failing = await asyncio.gather(together.ask(0), return_exceptions=True)
            assert isinstance(failing[0], LookupError)
            assert await together.ask(6) == 12

    played(story)
