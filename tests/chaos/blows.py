"""What is done to a running company: processes killed, connections cut, the disk filled."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import psycopg

from storage.database import Database

KINDS = ("web", "worker", "worker", "connections", "disk")
FULL_S = 2.0
"""How long the disk stays full."""
SPARED = 0.9
"""Share of the young that are not killed yet."""


class Processes:
    """The web and the workers; whatever is killed is started again at once."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self._folder, self._env = folder, env
        self.youth_s = 0.0
        """How long a process takes until it works."""
        self._commands: dict[str, list[str]] = {}
        self._born: dict[str, float] = {}
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str]) -> None:
        self._commands[name], self._born[name] = command, time.monotonic()
        with (self._folder / f"{name}.out").open("ab") as out:
            self._children[name] = subprocess.Popen(
                [sys.executable, *command], env=self._env, stdout=out, stderr=out
            )

    def of(self, kind: str) -> list[str]:
        return [name for name in self._children if name.startswith(kind)]

    def kill(self, name: str, chance: random.Random) -> bool:
        """Mostly one that has had the time to begin; now and then one that is just starting."""
        if time.monotonic() - self._born[name] < self.youth_s and chance.random() < SPARED:
            return False
        self._children[name].send_signal(signal.SIGKILL)
        self._children[name].wait()
        self.start(name, self._commands[name])
        return True

    def raise_the_dead(self) -> int:
        """As a supervisor does; how many had ended by themselves."""
        ended = [name for name, child in self._children.items() if child.poll() is not None]
        for name in ended:
            self.start(name, self._commands[name])
        return len(ended)

    def stop(self, kind: str = "") -> None:
        names = self.of(kind)
        for name in names:
            self._children[name].terminate()
        for name in names:
            self._children.pop(name).wait()

    def end(self) -> None:
        for child in self._children.values():
            if child.poll() is None:
                child.kill()
            child.wait()


class Blows:
    """One every few seconds until it is `over`."""

    def __init__(
        self, processes: Processes, database: Database, disk: Path | None, seed: int, counts: Counter[str]
    ) -> None:
        self.processes, self.database, self.disk, self.counts = processes, database, disk, counts
        self.chance = random.Random(seed)
        self.over = threading.Event()

    def rain(self, every_s: tuple[float, float]) -> None:
        while not self.over.wait(self.chance.uniform(*every_s)):
            self.counts["ended by themselves"] += self.processes.raise_the_dead()
            blow = self.chance.choice(KINDS)
            if blow == "connections" and not self.database.embedded:
                self._cut_connections()
            elif blow == "disk" and self.disk is not None:
                self._fill(self.disk)
            else:
                kind = "web" if blow == "web" else "worker"
                killed = self.processes.kill(self.chance.choice(self.processes.of(kind)), self.chance)
                self.counts[f"{kind} killed"] += killed

    def _cut_connections(self) -> None:
        url = self.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as control:
            control.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        self.counts["connections cut"] += 1

    def _fill(self, disk: Path) -> None:
        filler = disk / "filler"
        try:
            with filler.open("wb") as file:
                while True:
                    file.write(bytes(1 << 16))
                    file.flush()
        except OSError:
            self.counts["disk filled"] += 1
        self.over.wait(FULL_S)
        filler.unlink()
