"""A thread beside the worker that sends what waits, so that a slow receiver holds up nobody's memo."""

import logging
import threading
from collections.abc import Callable

from storage.errors import StorageError

LOOK_EVERY_S = 1.0
PRUNE_EVERY = 3_600
"""In looks."""


class Outbox:
    """`deliver` sends one and is false when nothing waits; `prune` forgets what is long done."""

    def __init__(
        self, name: str, patience_s: float, deliver: Callable[[], bool], prune: Callable[[], None]
    ) -> None:
        self._deliver, self._prune, self._patience_s = deliver, prune, patience_s
        self._log = logging.getLogger(f"rounds.{name}")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(self._patience_s)

    def _run(self) -> None:
        looks = 0
        while not self._stop.is_set():
            try:
                if looks % PRUNE_EVERY == 0:
                    self._prune()
                looks += 1
                if self._deliver():
                    continue
            except StorageError as error:
                self._log.warning("the outbox cannot be read: %s", error)
            self._stop.wait(LOOK_EVERY_S)
