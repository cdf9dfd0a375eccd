"""Kill everything, at random, and count what is lost. Seeded; prints the counts, fails when one is wrong.

    chaos.py [--database sqlite|URL] [--memos 300] [--heard 20] [--seed 1] [--workers N]

Phones send visits with recordings to a real web process, cut their uploads at random bytes and send them
again until they hold a receipt. Meanwhile web and workers are killed with SIGKILL, connections to PostgreSQL
are cut, and the disk with the recordings (on SQLite the database too) fills up for a while, where a small
one can be mounted (as root, on Linux). First with workers whose engines are canned, then `--heard` memos with
those of the product. On SQLite there is one worker, as in the product, on PostgreSQL there are three.
"""

import argparse
import contextlib
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from blows import Blows, Processes
from ground import MODELS, WORKER, company, databases, free_port, ground, say, surroundings, web_command
from reps import Reps
from sqlmodel import func, select

from storage.errors import StoreUnavailable
from storage.settings import AudioSettings
from storage.sound.blobs import open_blobs
from storage.sound.verification import verify
from storage.tables.visits import LeaseRow, MemoRow, ReportRow, VisitRow

QUIET_S = 300.0
"""How long the last memos may take once nothing is killed any more."""
EVERY_S = (2.0, 8.0)
HEARD_EVERY_S = (10.0, 30.0)
"""Between two blows; models take some seconds to load."""
ROOM_MB, MEMO_MB = 100, 0.3
"""Of the small disk: for the databases, and for each memo."""


class Run:
    """One company under attack."""

    def __init__(self, url: str, home: Path, disk: Path | None, options: argparse.Namespace) -> None:
        self.url, self.home, self.options = url, home, options
        self.counts: Counter[str] = Counter()
        self.port = free_port()
        self.database, token = company(url)
        self.workers = options.workers or (1 if self.database.embedded else 3)
        self.reps = Reps(self.port, token, options.seed, self.counts)
        self.processes = Processes(home, surroundings(url, home))
        self.disk = disk
        (home / "models").symlink_to(MODELS)  # too large for the small disk

    def attack(self) -> None:
        self.processes.start("web", web_command(self.port))
        self._wave([str(WORKER), self.url, str(self.home)], self.options.memos, EVERY_S)
        if self.options.heard:
            self._wave(["-m", "api.cli", "worker"], self.options.heard, HEARD_EVERY_S)
        self.processes.stop()

    def _wave(self, worker: list[str], memos: int, every_s: tuple[float, float]) -> None:
        """Send everything while things are killed, then let the workers come to an end."""
        began, earlier = time.monotonic(), self._seen()
        for number in range(self.workers):
            self.processes.start(f"worker-{number}", worker)
        while len(self._seen() - earlier) < self.workers:
            time.sleep(0.1)
        self.processes.youth_s = 1.5 * (time.monotonic() - began)
        blows = Blows(self.processes, self.database, self.disk, self.options.seed, self.counts)
        killer = threading.Thread(target=blows.rain, args=(every_s,))
        killer.start()
        try:
            self.reps.send_all(memos)
            self._wait(memos // 2)  # slow engines: most is still to be heard, so it goes on for a while
        finally:
            blows.over.set()
            killer.join()
        self.processes.raise_the_dead()
        self._wait(0)
        self.processes.stop("worker")

    def _wait(self, most: int) -> None:
        """Until at most so many visits are worked on, or nothing happens for long."""
        busy, end = self._busy(), time.monotonic() + QUIET_S
        while busy > most and time.monotonic() < end:
            time.sleep(0.5)
            before, busy = busy, self._busy()
            if busy != before:
                end = time.monotonic() + QUIET_S

    def _seen(self) -> set[str]:
        """Workers that showed themselves at some time."""
        with self.database.reading() as session:
            return set(session.exec(select(LeaseRow.executor)))

    def _busy(self) -> int:
        busy = select(func.count()).select_from(VisitRow).where(VisitRow.state == "processing")
        while True:
            with contextlib.suppress(StoreUnavailable), self.database.reading() as session:
                return session.exec(busy).one()  # asked again when our own connection was cut, too

    def judge(self) -> bool:
        """Every acknowledged memo is filed once, none is stuck, all bytes are right."""
        with self.database.reading() as session:
            memos = {row.id: row for row in session.exec(select(MemoRow))}
            visits = {row.id: row for row in session.exec(select(VisitRow))}
            reports = Counter(session.exec(select(ReportRow.visit)))
        receipts = self.reps.receipts
        filed = [memo for memo, visit in receipts.items() if reports[visit] == 1]
        states = Counter(visits[visit].state for visit in receipts.values() if visit in visits)
        for visit in visits.values():
            if visit.problem is not None:
                say(f"{visit.id} {visit.state}: {visit.problem.code} {visit.problem.title}")
        found = verify(self.database, open_blobs(AudioSettings(), self.home))
        wrong = {
            "lost": sum(memo not in memos for memo in receipts),
            "not filed": len(receipts) - len(filed),
            "filed twice": sum(count > 1 for count in reports.values()),
            "stuck": sum(visit.state == "processing" for visit in visits.values()),
            "missing": len(found.missing),
            "damaged": len(found.damaged),
            "wrong receipts": self.counts.pop("wrong receipts", 0),
        }
        log = (self.home / "log").read_text().split()
        say(f"acknowledged {len(receipts)}, filed {len(filed)}, {dict(states)}")
        say(f"canned: transcribed {log.count('transcribe')} times, extracted {log.count('extract')} times")
        say(", ".join(f"{what} {count}" for what, count in sorted(self.counts.items())))
        say(", ".join(f"{what} {count}" for what, count in wrong.items()))
        wanted = self.options.memos + self.options.heard
        return len(receipts) == wanted and not any(wrong.values())


@contextmanager
def small_disk(size_mb: int) -> Iterator[Path | None]:
    """A folder that can be filled; null where nothing can be mounted."""
    with tempfile.TemporaryDirectory(prefix="rounds-chaos-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "rounds-chaos", folder]
        try:
            subprocess.run(mount, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            say(f"the disk is not filled, because no small one can be mounted here: {error}")
            yield None
            return
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def attacked(chosen: str, options: argparse.Namespace) -> bool:
    say(f"== {'SQLite' if chosen == 'sqlite' else 'PostgreSQL'}, seed {options.seed}")
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        room_mb = ROOM_MB + int(MEMO_MB * (options.memos + options.heard))
        disk = stack.enter_context(small_disk(room_mb))
        url, home = stack.enter_context(ground(chosen, disk))
        run = Run(url, home, disk, options)
        try:
            run.attack()
            well = run.judge()
        finally:
            run.processes.end()
            run.database.close()
    say(f"{'all is well' if well else 'NOT WELL'} after {time.monotonic() - began:.0f} s")
    return well


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", help="`sqlite`, or a PostgreSQL server's database; both without it")
    parser.add_argument("--memos", type=int, default=300)
    parser.add_argument("--heard", type=int, default=20, help="memos more, with the product's own engines")
    parser.add_argument("--workers", type=int, default=0, help="0: one on SQLite, three on PostgreSQL")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    return max([not attacked(chosen, options) for chosen in databases(options.database)])


if __name__ == "__main__":
    sys.exit(main())
