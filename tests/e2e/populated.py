"""A company in the middle of a day, written straight into its database, so that no model has to listen.

The rep Caleb Whitmore was at six customers today; what was said at the first is the demo's own recording.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browsing import BUILT, Server, serving
from sqlmodel import Session
from told import APPROVED, DEMO, SHORT, brass_otter, dictation, heard, links, report, today_at
from wished import collected, wished

from api.settings import read_settings
from nlp.types import Doubt, Linking, Report
from storage.crm.people import People
from storage.crm.world import import_world
from storage.database import Database
from storage.finding.places import fix
from storage.records import Problem
from storage.social.comments import Comments
from storage.social.follows import Follows
from storage.sound.blobs import Blobs, open_blobs, store
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

REP, MANAGER, EMPLOYEE, ADMIN = "Caleb Whitmore", "Miles Okonjo", "Erin Castellano", "Ada Lindqvist"
HERE = {"latitude": 47.6664, "longitude": -122.3835, "accuracy": 12}
"""In front of The Brass Otter, with two other customers in the same street."""
SPOKEN, ASKING, FAILED, OPEN = "spoken", "asking", "failed", "open"
JOBS = Listed()


def file(session: Session, visit: str, made: Report, linking: Linking) -> None:
    assert Reports(session).file(visit, Visits(session).revision(visit), made, linking)


def fill(database: Database, blobs: Blobs) -> None:
    with database.writing() as session:
        import_world(session, DEMO / "world.json")
        people = People(session)
        people.put("boss", MANAGER, "manager", True)
        people.put("desk", EMPLOYEE, "employee", True)
        people.put("ada", ADMIN, "admin", True)
        wished(session)
        spoken(session, blobs)
        typed(session)
        unfinished(session)
        collected(session)
        said_about(session)


def spoken(session: Session, blobs: Blobs) -> None:
    text, at = " ".join(dictation().split()), today_at(9, 10)
    sound = store(blobs, "m-spoken", [(DEMO / "audio" / "bev-001.webm").read_bytes()])
    here = fix(HERE["latitude"], HERE["longitude"], HERE["accuracy"], 2)
    Visits(session).check_in(SPOKEN, rep="r1", at=at, position=here, customer=None, jobs=JOBS)
    Memos(session).receive(
        SPOKEN, "m-spoken", at=at, content_type="audio/webm", blob=sound, position=None, jobs=JOBS
    )
    Memos(session).transcribed("m-spoken", heard(text))
    file(session, SPOKEN, brass_otter("m-spoken", text), links(("c1", "The Brass Otter", 14.0, 0.97)))


def typed(session: Session) -> None:
    for visit, rep, customer, at, words, made in SHORT:
        Visits(session).check_in(visit, rep=rep, at=at, position=None, customer=customer, jobs=JOBS)
        Memos(session).note(visit, f"n-{visit}", text=words, at=at, jobs=JOBS)
        file(session, visit, made, links((customer, "", 20.0, 0.98)))
    Reports(session).correct(APPROVED, {"outcome": "interested"}, by="boss", jobs=JOBS)
    Reports(session).approve(APPROVED, by="boss")


def unfinished(session: Session) -> None:
    """One that asks for its customer, one that failed, one of which nothing was said yet."""
    visits, memos = Visits(session), Memos(session)
    here = fix(HERE["latitude"], HERE["longitude"], HERE["accuracy"], 2)
    at = today_at(13, 5)
    visits.check_in(ASKING, rep="r1", at=at, position=here, customer=None, jobs=JOBS)
    memos.note(ASKING, "n-asking", text="They take two kegs of pilsner.", at=at, jobs=JOBS)
    unsure = (Doubt(field="customer", reason="Three customers are this close to each other."),)
    near = links(
        ("c1", "The Brass Otter", 14.0, 0.44),
        ("c3", "Gull & Gimlet", 32.0, 0.31),
        ("c2", "Nordlys Taproom", 60.0, 0.2),
    )
    file(session, ASKING, report(None, "They take two kegs of Deception Pass Pilsner.", doubts=unsure), near)
    at = today_at(14, 15)
    visits.check_in(FAILED, rep="r1", at=at, position=here, customer="c3", jobs=JOBS)
    memos.note(FAILED, "n-failed", text="Nothing new.", at=at, jobs=JOBS)
    why = Problem(
        code="worker_gave_up", title="This visit could not be filed.", action="Try again.", retryable=True
    )
    Reports(session).fail(FAILED, visits.revision(FAILED), why)
    visits.check_in(OPEN, rep="r1", at=today_at(14, 50), position=None, customer="c21", jobs=JOBS)


def said_about(session: Session) -> None:
    """What colleagues say of the first visit, and what the employee follows."""
    comments = Comments(session)
    comments.thank(SPOKEN, by="desk")
    comments.put(SPOKEN, "k1", "I can credit the flat bottles today. @Miles Okonjo fine with you?", by="desk")
    comments.put(SPOKEN, "k2", "Yes, please do. @Caleb Whitmore well spotted.", by="boss")
    Follows(session, "desk").follow("customer", "c1")
    Follows(session, "desk").follow("employee", "r2")
    Follows(session, "r1").follow("customer", "c27")


@contextmanager
def populated(home: Path) -> Iterator[Server]:
    """The web alone: nothing that is sent to it is heard."""
    settings = read_settings({"ROUNDS_HOME": str(home)})
    database = Database(settings.database_url)
    database.migrate()
    blobs = open_blobs(settings.audio, home)
    fill(database, blobs)
    database.close()
    assert BUILT.is_file(), "the web app is not built: make setup"
    with serving(home, alone=True) as server:
        yield server
