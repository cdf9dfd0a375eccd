"""A real server in a process of its own, for what an application in the test's process cannot show."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READY_WITHIN_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    def __init__(self, process: "subprocess.Popen[bytes]", port: int, https_port: int, log: Path) -> None:
        self.process, self.port, self.https_port, self.log = process, port, https_port, log
        self.url = f"http://127.0.0.1:{port}"

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/api/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(home: Path, *options: str, program: tuple[str, ...] = ("-m", "api.cli")) -> Iterator[Served]:
    """Waits until it is ready, and asks it to stop at the end."""
    port, https_port = free_port(), free_port()
    command = [sys.executable, *program, "serve", "--port", str(port), "--https-port", str(https_port)]
    log = home / "server.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [*command, *options], env={**os.environ, "ROUNDS_HOME": str(home)}, stdout=sink, stderr=sink
        )
    server = Served(process, port, https_port, log)
    until = time.monotonic() + READY_WITHIN_S
    try:
        while not server.ready():
            assert process.poll() is None, server.said()
            assert time.monotonic() < until, server.said()
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)
