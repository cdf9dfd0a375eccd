"""`jobs`, `verify`, `move`, `seed`: for whoever looks after an installation."""

import sys
from pathlib import Path

from api.commands.company import opened
from api.settings import Settings
from storage.database import Database
from storage.moving import move as move_company
from storage.seeding import Scale
from storage.seeding import seed as seed_company
from storage.settings import AudioSettings
from storage.sound.blobs import open_blobs
from storage.sound.verification import verify as verify_recordings
from storage.visits.visits import Visits
from storage.work.jobs import Jobs


def jobs(settings: Settings) -> None:
    """What waits or runs, and what was given up with its reason; each the newest first."""
    with opened(settings) as database:
        engine = Jobs(database)
        for job in engine.list():
            what = f"memo {job.memo}" if job.memo else "report"
            line = f"{job.asked_at:%Y-%m-%d %H:%M:%S}  {job.status:<10} visit {job.visit}  {what}"
            print(f"{line}  attempt {job.attempt}" + (f"  on {job.worker}" if job.worker else ""))
        engine.close()
        with database.reading() as session:
            failed = Visits(session).failed().items
    for visit in failed:
        why = f"{visit.problem.title} ({visit.problem.code})" if visit.problem else ""
        print(f"{visit.updated_at:%Y-%m-%d %H:%M:%S}  failed     visit {visit.id}  {why}")


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
    """Into another database, recordings too when a place for them is named. May be started again."""
    target = Database(to)
    try:
        with opened(settings) as source:
            here = open_blobs(settings.audio, settings.home)
            there = open_blobs(*place_of(settings, audio)) if audio else None
            moved = move_company(source, target, here, there, told)
    finally:
        target.close()
    print("\nMoved, then read on both sides and summed up:")
    for table, count in moved.rows.items():
        print(f"{count:>9} {table:<24} sum {moved.sums[table][:16]}")
    print(f"{moved.recordings:>9} recordings, each against its receipt")
    print(f"From now on start Rounds with ROUNDS_DATABASE__URL={to}")
    if audio:
        print(f"and with {'ROUNDS_AUDIO__URL' if '://' in audio else 'ROUNDS_HOME'}={audio}")


def place_of(settings: Settings, audio: str) -> tuple[AudioSettings, Path]:
    """A bucket at the endpoint of the settings, or the folder `audio` in another home folder."""
    if "://" in audio:
        return AudioSettings(url=audio, endpoint=settings.audio.endpoint), settings.home
    return AudioSettings(), Path(audio)


def seed(settings: Settings, customers: int, visits: int) -> None:
    """Many made-up customers, visits and finished jobs, to see how the installation bears them."""
    with opened(settings) as database:
        Jobs(database).close()
        seed_company(database, Scale(customers=customers, visits=visits, jobs=visits // 10), told)
    print(file=sys.stderr)


def told(kind: str, count: int) -> None:
    print(f"\r{count} {kind:<30}", end="", file=sys.stderr, flush=True)
