"""What followers, colleagues and those who ask what customers say read along an index, on both databases."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from nlp.types import Feedback
from storage.database import Database
from storage.heard.placing import Placement, Placing
from storage.heard.subjects import Subjects
from storage.seeding import Scale, seed
from storage.social.comments import Comments
from storage.social.digest import Digests
from storage.social.follows import Follows
from storage.tables.visits import VisitRow

from .telling import file
from .test_plans import POSTGRES_SORT, SQLITE_SORT, overheard, plans

LARGE = "topic|visit|comment|mention|thank|voice|subject|subject_month|follow"
SCAN = {"sqlite": re.compile(rf"^SCAN ({LARGE})$"), "postgresql": re.compile(rf"Seq Scan on ({LARGE})\b")}
SORT = {"sqlite": SQLITE_SORT, "postgresql": POSTGRES_SORT}
ME = "rep-1"


def followed(session: Session) -> None:
    Follows(session, ME).feed(20, Follows(session, ME).feed(20).after)


def talked(session: Session) -> None:
    page = Comments(session)._page("v0", 2, None)
    Comments(session)._page("v0", 2, page.after)


def listed(session: Session) -> None:
    for kind in (None, "remark"):
        first = Subjects(session).list(kind, limit=2)  # type: ignore[arg-type]
        Subjects(session).list(kind, limit=2, after=first.after)  # type: ignore[arg-type]


def spoken(session: Session) -> None:
    one = Subjects(session).list(limit=1).items[0].id
    Subjects(session).voices(one, 2, Subjects(session).voices(one, 2).after)


ORDERED: dict[str, Callable[[Session], object]] = {
    "followed": followed, "comments": talked, "subjects": listed, "voices": spoken,
}  # fmt: skip
ASKED: dict[str, Callable[[Session], object]] = {
    **ORDERED,
    "talk": lambda session: Comments(session).talk("v0"),
    "digest": lambda session: Digests(session, ME).get(datetime.now(UTC)),
    "placing": lambda session: (
        Placing(session).waiting(),
        Placing(session).known(),
        Placing(session).stale(),
    ),
}


@pytest.fixture
def grown(database: Database) -> Iterator[Database]:
    seed(database, Scale(customers=300, visits=1500, reps=5), lambda kind, count: None)
    for number in range(8):
        said = tuple(Feedback(kind="idea", text=f"wish {each}") for each in range(4))
        file(database, f"v{number}", f"seed-{number}", rep=ME, feedback=said)
    with database.writing() as session:
        for number in range(30):
            Comments(session).put(f"v{number % 3}", f"k{number}", "words", by="rep-2")
            Comments(session).thank(f"v{number % 8}", by=f"rep-{number % 5}")
        for number in range(150):
            Follows(session, ME).follow("customer", f"seed-{number}")
        Follows(session, ME).follow("employee", "rep-2")
        placing = Placing(session)
        first: dict[str, str] = {}
        placing.place(
            [
                Placement(
                    voice=each.voice,
                    vector=b"vv",
                    subject=first.setdefault(each.text, each.voice),
                    name=each.text,
                )
                for each in placing.waiting()
            ]
        )
    yield database


def found(database: Database, asked: Callable[[Session], object], *without: str) -> list[str]:
    with database.writing() as session:
        with overheard(session.connection()) as statements:
            asked(session)
        return plans(session, statements, *without)


@pytest.mark.timeout(600)
def test_nothing_is_read_whole_and_no_page_is_sorted(grown: Database) -> None:
    dialect = "sqlite" if grown.embedded else "postgresql"
    for name, asked in ASKED.items():
        lines = found(grown, asked, "seqscan")
        assert lines and [name for line in lines if SCAN[dialect].search(line)] == [], lines
    for name, asked in ORDERED.items():
        lines = found(grown, asked, "seqscan", "sort", "bitmapscan")
        assert [name for line in lines if SORT[dialect].search(line)] == [], lines


def test_the_made_up_company_can_be_followed(grown: Database) -> None:
    with grown.reading() as session:
        newest = Follows(session, ME).feed(5).items
        assert len(newest) == 5
        assert session.get_one(VisitRow, newest[0].id).customer == newest[0].customer
