"""`demo`: a company with a history, through the same repositories and jobs as what phones send.

Moments are moved by whole weeks into the last four, so that 'by Friday' goes on meaning a Friday.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from api.commands.company import opened
from api.settings import Settings
from storage.crm.companies import Companies
from storage.crm.people import People
from storage.crm.world import import_world
from storage.database import Database
from storage.errors import BadWorld
from storage.finding.places import fix
from storage.records import Role
from storage.sound.blobs import Blobs, open_blobs, store
from storage.visits.memos import Memos
from storage.visits.visits import Visits
from storage.work.jobs import Jobs

SPACE = UUID("6f2c3c0e-51b4-4b0e-9c55-2f6d7b8f0a11")
"""Ids are made from the dictations' own, so that a second start finds what the first one made."""
STAFF: tuple[tuple[str, str, Role], ...] = (
    ("demo-admin", "Ada Lindqvist", "admin"),
    ("demo-manager", "Miles Okonjo", "manager"),
    ("demo-employee", "Erin Castellano", "employee"),
)
WEEK, WEEKS = timedelta(weeks=1), 4
SOUND_TYPES = {".webm": "audio/webm", ".mp4": "audio/mp4", ".m4a": "audio/mp4", ".ogg": "audio/ogg"}


def load_demo(settings: Settings, folder: Path) -> None:
    """Does nothing where the demo was loaded before; refuses a company that has visits of its own."""
    lines = (folder / "dictations.jsonl").read_text(encoding="utf-8").splitlines()
    dictations = [json.loads(line) for line in lines if line.strip()]
    blobs = open_blobs(settings.audio, settings.home)
    with opened(settings) as database:
        if not fresh(database, dictations):
            print("The demo company is there already.")
            return
        with database.writing() as session:
            import_world(session, folder / "world.json")
            for ident, name, role in STAFF:
                People(session).put(ident, name, role, True)
            zone = ZoneInfo(Companies(session).get().timezone)
        jobs = Jobs(database)
        for at, dictation in recent(dictations, datetime.now(zone)):
            file_visit(database, blobs, jobs, folder, dictation, at)
        print(f"{len(dictations)} visits")
        jobs.close()
    print("The worker that `rounds serve` starts listens to them now; the feed fills as it goes.")


def fresh(database: Database, dictations: list[dict[str, Any]]) -> bool:
    with database.reading() as session:
        visits = Visits(session).feed(1, None).items
    if visits and visits[0].id not in {visit_id(each) for each in dictations}:
        raise BadWorld("This company has visits of its own: give the demo another ROUNDS_HOME.")
    return not visits


def file_visit(
    database: Database, blobs: Blobs, jobs: Jobs, folder: Path, dictation: dict[str, Any], at: datetime
) -> None:
    """Check-in, then the recording, or the text as a typed note where there is none."""
    checkin, visit = dictation.get("checkin") or {}, visit_id(dictation)
    memo = str(uuid5(SPACE, f"{dictation['id']}-memo"))
    place = None
    if checkin.get("lat") is not None:
        place = fix(checkin["lat"], checkin["lon"], checkin.get("accuracy_m", 30), checkin.get("age_s", 2))
    sound = folder / (dictation.get("audio") or "none")
    stored = store(blobs, memo, pieces(sound)) if sound.is_file() else None
    with database.writing() as session:
        Visits(session).check_in(visit, rep=dictation["rep"], at=at, position=place, customer=None, jobs=jobs)
        if stored is None:
            Memos(session).note(visit, memo, text=dictation["text"], at=at, jobs=jobs)
            return
        kind = SOUND_TYPES[sound.suffix]
        Memos(session).receive(visit, memo, at=at, content_type=kind, blob=stored, position=None, jobs=jobs)


def pieces(file: Path) -> Iterator[bytes]:
    yield file.read_bytes()


def visit_id(dictation: dict[str, Any]) -> str:
    return str(uuid5(SPACE, dictation["id"]))


def recent(dictations: list[dict[str, Any]], now: datetime) -> list[tuple[datetime, dict[str, Any]]]:
    """Each on its weekday and hour in `now`'s zone, moved by whole weeks into the last four; oldest first.

    A dictation without a check-in gets the moment of the last one that has it.
    """
    known = [at for each in dictations if (at := checked_in(each))]
    in_order = sorted(dictations, key=lambda each: checked_in(each) or max(known))
    found = []
    for place, each in enumerate(in_order):
        at = (checked_in(each) or max(known)).astimezone(now.tzinfo).replace(tzinfo=None)
        weeks = (now.replace(tzinfo=None) - at) // WEEK - WEEKS * (len(in_order) - 1 - place) // len(in_order)
        found.append(((at + weeks * WEEK).replace(tzinfo=now.tzinfo), each))
    return sorted(found, key=itemgetter(0))


def checked_in(dictation: dict[str, Any]) -> datetime | None:
    at = (dictation.get("checkin") or {}).get("at")
    return datetime.fromisoformat(at) if at else None
