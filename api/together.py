"""Calls that come at the same time are answered together: one query or one commit serves them all.

While one batch is worked on in a thread, the next ones gather; a call that comes alone does not wait. What
answers a call begins after the call came, so nothing that it is told is older than the question.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

MOST = 100
"""Calls of one batch: bounds the time for which the database's writer is held."""


class Together(Generic[Asked, Answer]):
    """`answer` gives each call of a batch its answer or its error; one that it raises is everybody's."""

    def __init__(self, answer: Callable[[Sequence[Asked]], Sequence[Answer | Exception]]) -> None:
        self._answer = answer
        self._waiting: deque[tuple[Asked, asyncio.Future[Answer]]] = deque()
        self._work: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1)

    async def ask(self, asked: Asked) -> Answer:
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answered))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._answer_all())
        return await answered

    async def _answer_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            try:
                asked = [each for each, _ in batch]
                answers = await loop.run_in_executor(self._thread, self._answer, asked)
            except Exception as error:  # noqa: BLE001 - each caller raises it
                answers = [error] * len(batch)
            for (_, answered), answer in zip(batch, answers, strict=True):
                if answered.done():  # its caller has gone away
                    continue
                if isinstance(answer, Exception):
                    answered.set_exception(answer)
                else:
                    answered.set_result(answer)

    def close(self) -> None:
        self._thread.shutdown()
