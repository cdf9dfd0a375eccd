"""What to say first, and the brief that it stands on."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from nlp.types import Commitment, Contact, Evidence, Feedback, Personal
from storage.database import Database
from storage.pages.brief import customer_page
from storage.pages.opening import opening
from storage.pages.story import Brief, Remark, Told
from storage.records import Promise
from storage.work.queue import Listed

from .test_visits import AT, REPORT, filed, places, typed, visit

__all__ = ("places", "visit")

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
TODAY = "2026-03-20"
HEARD = (Evidence(memo="m1", start=0, end=9, start_s=1.0, end_s=2.5),)
EMPTY = Brief(
    opening=None, moments=(), promises=(), compliment=None, complaint=None, ideas=(), personal=(),
    competitors=(), buys=(), next_meeting=None,
)  # fmt: skip


def remark(kind: str, days: int = 5) -> Remark:
    at = NOW - timedelta(days=days)
    return Remark(visit="v1", at=at, kind=kind, who=None, text=kind, evidence=HEARD)


def promise(owner: str, due: str | None) -> Promise:
    return Promise(
        id="p1", visit="v1", customer="c1", customer_name="Bella", action=f"{owner} {due}", due=due,
        owner=owner, said_at=NOW, done_at=None, evidence=HEARD, holder=None, holder_name=None,  # type: ignore[arg-type]
    )  # fmt: skip


MET = Told(
    visit="v1", kind="call", at=NOW, rep_name="Dana", people=("Marco",), outcome=None, summary="Called."
)


@pytest.mark.parametrize(
    ("told", "kind", "text"),
    [
        ({}, None, None),
        ({"moments": (MET,)}, "visited", "Called."),
        ({"moments": (MET,), "personal": (remark("personal"),)}, "personal", "personal"),
        ({"compliment": remark("compliment"), "personal": (remark("personal"),)}, "compliment", "compliment"),
        ({"moments": (MET,), "next_meeting": "2026-03-24"}, "meeting", "Called."),
        ({"promises": (promise("customer", "2026-03-19"),)}, "asked", "customer 2026-03-19"),
        ({"promises": (promise("customer", "2026-03-21"),)}, None, None),
        ({"promises": (promise("us", None),), "next_meeting": "2026-03-24"}, "due", "us None"),
        ({"complaint": remark("complaint"), "promises": (promise("us", None),)}, "complaint", "complaint"),
        (
            {"complaint": remark("complaint", 9), "compliment": remark("compliment", 2)},
            "compliment",
            "compliment",
        ),
        ({"complaint": remark("complaint", 91)}, None, None),
        (
            {"complaint": remark("complaint"), "promises": (promise("us", "2026-03-19"),)},
            "owed",
            "us 2026-03-19",
        ),
    ],
)  # fmt: skip
def test_what_is_owed_comes_before_what_is_nice(
    told: dict[str, object], kind: str | None, text: str | None
) -> None:
    first = opening(replace(EMPTY, **told), TODAY, NOW)
    assert (first and first.kind, first and first.text) == (kind, text)


def test_each_line_says_where_it_was_said(database: Database, visit: str, jobs: Listed) -> None:
    marco = Contact(id=None, name="Marco", role="chef", phone=None, email=None)
    report = replace(
        REPORT,
        contacts=(marco,),
        orders=(replace(REPORT.orders[0], evidence=HEARD),),
        commitments=(Commitment(action="send a quote", owner="us", due="2026-03-13", evidence=HEARD),),
        feedback=(
            Feedback(kind="complaint", text="too late", evidence=HEARD),
            Feedback(kind="idea", text="smaller cases", evidence=HEARD),
        ),
        personal=(Personal(person="Marco", fact="fishes", evidence=HEARD),),
    )
    filed(database, typed(database, jobs), report)
    with database.reading() as session:
        brief = customer_page(session, "c1").brief
    (met,) = brief.moments
    assert (met.visit, met.kind, met.at, met.people, met.outcome) == ("v1", "visit", AT, ("Marco",), "order")
    lines = (brief.opening, brief.promises[0], brief.ideas[0], brief.personal[0], brief.buys[0])
    assert all(line and (line.visit, line.evidence) == ("v1", HEARD) for line in lines)
    assert brief.opening and (brief.opening.kind, brief.opening.due) == ("owed", "2026-03-13")
    assert (brief.personal[0].who, brief.buys[0].unit) == ("Marco", "keg")
