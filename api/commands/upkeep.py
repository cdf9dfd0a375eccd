"""`jobs`, `verify`, `move`, `seed`: for whoever looks after an installation."""

import sys

from api.commands.company import opened
from api.settings import Settings
from storage.blobs import open_blobs
from storage.database import Database
from storage.jobs import Jobs
from storage.moving import move as move_company
from storage.seeding import Scale
from storage.seeding import seed as seed_company
from storage.settings import AudioSettings
from storage.verification import verify as verify_recordings


def jobs(settings: Settings) -> None:
    """What waits, runs or was given up, the newest first."""
    with opened(settings) as database:
        engine = Jobs(database)
        for job in engine.list():
            what = f"memo {job.memo}" if job.memo else "report"
            line = f"{job.asked_at:%Y-%m-%d %H:%M:%S}  {job.status:<10} visit {job.visit}  {what}"
            print(f"{line}  attempt {job.attempt}" + (f"  on {job.worker}" if job.worker else ""))
        engine.close()


def verify(settings: Settings) -> int:
    """Every recording against its sum, and what belongs to nobody; 1 when something is amiss."""
    with opened(settings) as database:
        found = verify_recordings(database, open_blobs(settings.audio, settings.home))
    print(f"{found.recordings} recordings, {found.bytes / 1e6:.1f} MB read and summed up")
    for name in ("missing", "damaged", "orphans"):
        for each in getattr(found, name):
            print(f"{name.removesuffix('s')}: {each}")
    return 0 if found.well else 1


def move(settings: Settings, to: str, audio: str | None) -> None:
    """Into another database, recordings too when a store for them is named. May be started again."""
    target = Database(to)
    try:
        with opened(settings) as source:
            here = open_blobs(settings.audio, settings.home)
            there = open_blobs(AudioSettings(url=audio), settings.home) if audio else None
            moved = move_company(source, target, here, there, told)
    finally:
        target.close()
    rows = ", ".join(f"{count} {table}" for table, count in moved.rows.items() if count)
    print(f"\nMoved and compared: {rows}; {moved.recordings} recordings.")
    print(f"From now on start Rounds with ROUNDS_DATABASE__URL={to}")


def seed(settings: Settings, customers: int, visits: int) -> None:
    """Many made-up customers and visits, to see how the installation bears them."""
    with opened(settings) as database:
        seed_company(database, Scale(customers=customers, visits=visits), told)
    print(file=sys.stderr)


def told(kind: str, count: int) -> None:
    print(f"\r{count} {kind:<30}", end="", file=sys.stderr, flush=True)
