"""The worker beside an embedded server: a process of its own, started again whenever it ends."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from asyncio.subprocess import PIPE, Process

log = logging.getLogger("rounds.worker")
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
STEADY_AFTER_S = 60.0
"""A worker that ran this long was well: the pause before the next start begins anew."""
STOP_WITHIN_S = 100.0
"""A stage that is running finishes; a long memo takes a minute or two."""
COMMAND = (sys.executable, "-m", "api.cli", "worker", "--with-parent")


class WorkerProcess:
    """Holds the child's input open: however this process dies, the child reads its end and stops too."""

    def __init__(self, command: tuple[str, ...] = COMMAND, first_pause_s: float = FIRST_PAUSE_S) -> None:
        self._command, self._first_pause_s = command, first_pause_s
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def keep_running(self) -> None:
        pause = self._first_pause_s
        clock = asyncio.get_running_loop().time
        while True:
            began = clock()
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, start_new_session=True
            )
            code = await self._process.wait()
            pause = self._first_pause_s if clock() - began >= STEADY_AFTER_S else pause
            log.warning("the worker ended (%s); starting it again in %.0f s", code, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    async def stop(self) -> None:
        """Gently, then not."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_WITHIN_S)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def stop_with_parent() -> None:
    """In the worker: ends this process gently once the one that started it is gone."""

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
