"""Kill everything, at random, and count what is lost. Seeded; prints the counts, fails when one is wrong.

    chaos.py [--database URL] [--memos 300] [--workers 3] [--seed 1] [--youth 15] [--full-disk]

Phones send visits with recordings to a real web process, cut their uploads at random bytes and send them
again until they hold a receipt. Meanwhile web and workers are killed with SIGKILL, connections to PostgreSQL
are cut, and with --full-disk (as root, on Linux) the disk fills up for a while. The workers are real, their
engines canned.
"""

import argparse
import hashlib
import http.client
import io
import json
import math
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import wave
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlmodel import func, select

from speech.decoding import decode
from storage.blobs import open_blobs
from storage.customers import Customers
from storage.database import Database
from storage.jobs import Jobs
from storage.people import People
from storage.settings import AudioSettings
from storage.tables.visits import MemoRow, ReportRow, VisitRow
from storage.verification import verify

TESTS = Path(__file__).resolve().parents[1]
WORKER = TESTS / "api" / "worker_program.py"
SPEECH = TESTS / "speech" / "fixtures" / "chrome-live.webm"
SPOKEN_S = 2.5
PHONES = 6
CUT = 0.3
"""Share of uploads that are cut."""
QUIET_S = 240.0
"""How long the last memos may take once nothing is killed any more."""


class Run:
    """One company under attack."""

    def __init__(self, url: str, home: Path, options: argparse.Namespace) -> None:
        self.url, self.home, self.options = url, home, options
        self.chance = random.Random(options.seed)
        self.counts: Counter[str] = Counter()
        self.receipts: dict[str, str] = {}
        self.over = threading.Event()
        self.port = free_port()
        self.born: dict[str, float] = {}
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.database = Database(url)
        self.database.migrate()
        Jobs(self.database).close()
        with self.database.writing() as session:
            People(session).put("r1", "Dana Whitfield", "rep", True)
            self.token = People(session).issue("r1", "chaos")[0]
            Customers(session).put("c1", "The Brass Otter", ("Brass Otter",), None, 47.66, -122.38, None)

    def attack(self) -> None:
        """Send everything while things are killed, then let the workers come to an end."""
        for name in ("web", *(f"worker-{number}" for number in range(self.options.workers))):
            self.start(name)
        todo = iter(range(self.options.memos))
        lock = threading.Lock()
        phones = [threading.Thread(target=self.phone, args=(todo, lock, seed)) for seed in range(PHONES)]
        killer = threading.Thread(target=self.kill)
        for thread in (*phones, killer):
            thread.start()
        for phone in phones:
            phone.join()
        self.over.set()
        killer.join()
        self.wait_for_the_last()
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            child.wait()

    def start(self, name: str) -> None:
        env = {**os.environ, "ROUNDS_HOME": str(self.home), "ROUNDS_DATABASE__URL": self.url}
        web = ["-m", "api.cli", "serve", "--no-worker", "--no-https", "--port", str(self.port)]
        command = web if name == "web" else [str(WORKER), self.url, str(self.home)]
        self.born[name] = time.monotonic()
        with (self.home / f"{name}.out").open("ab") as out:
            self.children[name] = subprocess.Popen(
                [sys.executable, *command], env=env, stdout=out, stderr=out
            )

    def kill(self) -> None:
        """Something dies every few seconds and is started again."""
        while not self.over.wait(self.chance.uniform(2.0, 8.0)):
            blow = self.chance.choice(["web", "worker", "worker", "connections", "disk"])
            if blow == "connections" and not self.database.embedded:
                self.cut_connections()
            elif blow == "disk" and self.options.full_disk:
                self.fill_disk()
            else:
                kind = "web" if blow == "web" else "worker"
                self.kill_one(self.chance.choice([name for name in self.children if name.startswith(kind)]))

    def kill_one(self, name: str) -> None:
        """Mostly one that has had the time to begin; now and then one that is just starting."""
        if time.monotonic() - self.born[name] < self.options.youth and self.chance.random() < 0.9:
            return
        self.children[name].send_signal(signal.SIGKILL)
        self.children[name].wait()
        self.counts[f"{name.split('-')[0]} killed"] += 1
        self.start(name)

    def cut_connections(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as control:
            control.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        self.counts["connections cut"] += 1

    def fill_disk(self) -> None:
        filler = self.home / "filler"
        try:
            with filler.open("wb") as file:
                while True:
                    file.write(bytes(1 << 16))
        except OSError:
            self.counts["disk filled"] += 1
        self.over.wait(2.0)
        filler.unlink()

    def phone(self, todo: Iterator[int], lock: threading.Lock, seed: int) -> None:
        chance = random.Random(self.options.seed * 1000 + seed)
        while True:
            with lock:
                number = next(todo, None)
            if number is None:
                return
            self.send(chance, str(uuid.UUID(int=chance.getrandbits(128), version=4)))

    def send(self, chance: random.Random, visit: str) -> None:
        """A check-in and a recording, again and again until both are acknowledged."""
        memo, data = str(uuid.UUID(int=chance.getrandbits(128), version=4)), recording(chance)
        at = "2026-03-10T14:05:00-04:00"
        body = json.dumps(
            {"at": at, "position": {"lat": 47.66, "lon": -122.38, "accuracy_m": 15, "age_s": 1}}
        )
        checked_in = False
        while True:
            try:
                if not checked_in:
                    self.call(f"/api/visits/{visit}", body.encode(), "application/json", None)
                    checked_in = True
                cut = chance.randrange(len(data)) if chance.random() < CUT else None
                path = f"/api/visits/{visit}/memos/{memo}?at={at.replace('+', '%2B')}"
                receipt = self.call(path, data, "audio/wav", cut)
                if receipt["sha256"] != hashlib.sha256(data).hexdigest():
                    self.counts["wrong receipts"] += 1
                self.receipts[memo] = visit
                return
            except (OSError, http.client.HTTPException, Refused):
                self.counts["sent again"] += 1
                self.over.wait(0.2)

    def call(self, path: str, body: bytes, content_type: str, cut: int | None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest("PUT", path)
            connection.putheader("Authorization", f"Bearer {self.token}")
            connection.putheader("Content-Type", content_type)
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            connection.send(body[:cut])
            if cut is not None:
                self.counts["uploads cut"] += 1
                raise ConnectionAbortedError
            answer = connection.getresponse()
            content = answer.read()
            if answer.status not in (200, 201):
                self.counts[f"answered {answer.status}"] += 1
                raise Refused
            return json.loads(content)
        finally:
            connection.close()

    def wait_for_the_last(self) -> None:
        end = time.monotonic() + QUIET_S
        while time.monotonic() < end:
            with self.database.reading() as session:
                busy = select(func.count()).select_from(VisitRow).where(VisitRow.state == "processing")
                if not session.exec(busy).one():
                    return
            time.sleep(0.5)

    def judge(self) -> bool:
        """Every acknowledged memo is filed once, none is stuck, all bytes are right."""
        with self.database.reading() as session:
            memos = {row.id: row for row in session.exec(select(MemoRow))}
            visits = {row.id: row for row in session.exec(select(VisitRow))}
            reports = Counter(session.exec(select(ReportRow.visit)))
        filed = [memo for memo, visit in self.receipts.items() if reports[visit] == 1]
        stuck = [visit.id for visit in visits.values() if visit.state == "processing"]
        states = Counter(visits[visit].state for visit in self.receipts.values() if visit in visits)
        for visit in visits.values():
            if visit.problem is not None:
                say(f"{visit.id} {visit.state}: {visit.problem.code} {visit.problem.title}")
        lost = [memo for memo in self.receipts if memo not in memos]
        found = verify(self.database, open_blobs(AudioSettings(), self.home))
        log = (self.home / "log").read_text().split()
        wrong = {
            "lost": len(lost),
            "not filed": len(self.receipts) - len(filed),
            "filed twice": sum(count > 1 for count in reports.values()),
            "stuck": len(stuck),
            "missing": len(found.missing),
            "damaged": len(found.damaged),
            "wrong receipts": self.counts.pop("wrong receipts", 0),
        }
        say(f"acknowledged {len(self.receipts)}, filed {len(filed)}, {dict(states)}")
        say(f"transcribed {log.count('transcribe')} times, extracted {log.count('extract')} times")
        say(", ".join(f"{what} {count}" for what, count in sorted(self.counts.items())))
        say(", ".join(f"{what} {count}" for what, count in wrong.items()))
        return len(self.receipts) == self.options.memos and not any(wrong.values())


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Refused(Exception):
    """The server said no; the phone tries again."""


def recording(chance: random.Random) -> bytes:
    """A few seconds of speech; a chunk that players skip makes each one different."""
    return SPOKEN + b"junk" + (64).to_bytes(4, "little") + chance.randbytes(64)


def spoken() -> bytes:
    samples = decode(SPEECH.read_bytes()).samples[: math.floor(SPOKEN_S * 16_000)]
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes((samples * 32_000).astype("<i2").tobytes())
    return file.getvalue()


SPOKEN = spoken()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def place(options: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    """A database and a folder of the run's own."""
    with tempfile.TemporaryDirectory(prefix="rounds-chaos-") as folder:
        home = Path(folder)
        if options.full_disk:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "rounds-chaos", folder], check=True)
        try:
            if options.database is None:
                yield f"sqlite:///{home / 'rounds.db'}", home
                return
            name = f"rounds_chaos_{uuid.uuid4().hex[:8]}"
            with psycopg.connect(options.database, autocommit=True) as control:
                control.execute(f'CREATE DATABASE "{name}"')
                try:
                    yield options.database.rsplit("/", 1)[0] + f"/{name}", home
                finally:
                    control.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        finally:
            if options.full_disk:
                subprocess.run(["umount", "--lazy", folder], check=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", help="a PostgreSQL server's database; SQLite without it")
    parser.add_argument("--memos", type=int, default=300)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--youth", type=float, default=15.0, help="seconds that a process needs to start")
    parser.add_argument("--full-disk", action="store_true", help="also fill a small disk (needs root)")
    options = parser.parse_args(arguments)
    with place(options) as (url, home):
        run = Run(url, home, options)
        began = time.monotonic()
        try:
            run.attack()
            well = run.judge()
        finally:
            for child in run.children.values():
                if child.poll() is None:
                    child.kill()
                    child.wait()
            run.database.close()
        say(f"{'all is well' if well else 'NOT WELL'} after {time.monotonic() - began:.0f} s")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
