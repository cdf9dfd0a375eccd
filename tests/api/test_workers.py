"""The worker beside the server: started again whenever it ends, stopped when the server stops or dies."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from api.workers import WorkerProcess

WITHIN_S = 30
SPEAKS = "import sys; open(sys.argv[1], 'w').write('up\\n')"
WAITS = SPEAKS + "; sys.stdin.read()"


def heard(pipe: Path) -> str:
    """Waits for a life of the worker to say that it is up."""
    return pipe.read_text(encoding="ascii")


def test_it_is_started_again_whenever_it_ends(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    async def story() -> None:
        worker = WorkerProcess((sys.executable, "-c", SPEAKS, str(pipe)), first_pause_s=0.0)
        keeping = asyncio.create_task(worker.keep_running())
        for _ in range(3):
            assert await asyncio.to_thread(heard, pipe) == "up\n"
        keeping.cancel()
        await worker.stop()

    asyncio.run(asyncio.wait_for(story(), WITHIN_S))


def test_it_is_asked_to_stop(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    async def story() -> None:
        worker = WorkerProcess((sys.executable, "-c", WAITS, str(pipe)))
        keeping = asyncio.create_task(worker.keep_running())
        assert await asyncio.to_thread(heard, pipe) == "up\n"
        pid = worker.pid
        assert pid is not None
        keeping.cancel()
        await worker.stop()
        await worker.stop()
        assert not Path(f"/proc/{pid}").exists() or Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"

    asyncio.run(asyncio.wait_for(story(), WITHIN_S))


def test_a_worker_whose_server_died_stops_too() -> None:
    program = "from api.workers import stop_with_parent; import signal; stop_with_parent(); signal.pause()"
    worker = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE)
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(timeout=WITHIN_S) == -15
