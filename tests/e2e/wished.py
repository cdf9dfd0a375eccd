"""What customers of the made-up company asked for and complained of over some months, collected by subject as
a worker would have."""

from sqlmodel import Session
from told import links, report, today_at

from nlp.types import Competitor, Feedback, FeedbackKind
from storage.heard.placing import Placement, Placing
from storage.tables.heard import SubjectRow
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

SMALLER = "smaller-cases"
SUBJECTS = {SMALLER: "Smaller cases", "late": "Late deliveries", "flat": "Flat bottles"}
WISHES: tuple[tuple[str, str, int, FeedbackKind, str, str], ...] = (
    ("c7", "r2", 140, "idea", "The tonic should come in smaller cases.", SMALLER),
    ("c8", "r1", 118, "idea", "They would take six-packs of the ginger beer if we had them.", SMALLER),
    ("c9", "r3", 96, "complaint", "The crates are too big for their little cellar.", SMALLER),
    ("c10", "r2", 64, "idea", "Half cases for the slow season would help.", SMALLER),
    ("c11", "r1", 35, "idea", "Could the kombucha come in a smaller pack.", SMALLER),
    ("c12", "r3", 33, "complaint", "Twenty-four of one kind is too much for the mini bars.", SMALLER),
    ("c13", "r2", 31, "idea", "She asked for smaller cases, they only sell a few.", SMALLER),
    ("c14", "r1", 66, "complaint", "The truck came at noon again, in the middle of lunch.", "late"),
    ("c15", "r3", 34, "complaint", "The delivery was a day late.", "late"),
)
RIVAL = "Evergreen Tap Supply"
PLACED = {words: subject for *_, words, subject in WISHES} | {
    "The last tonic delivery had flat bottles in it, maybe half a case.": "flat"
}


def wished(session: Session) -> None:
    """The visits, the oldest first."""
    jobs = Listed()
    for customer, rep, days_ago, kind, words, _ in WISHES:
        visit, at = f"wish-{customer}", today_at(11, 0, days_ago)
        Visits(session).check_in(visit, rep=rep, at=at, position=None, customer=customer, jobs=jobs)
        Memos(session).note(visit, f"n-{visit}", text=words, at=at, jobs=jobs)
        rivals = (Competitor(name=RIVAL),) if customer in ("c14", "c15") else ()
        said = (Feedback(kind=kind, text=words),)
        made = report(customer, words, outcome="routine", feedback=said, competitors=rivals)
        linking = links((customer, "", 20.0, 0.98))
        assert Reports(session).file(visit, Visits(session).revision(visit), made, linking)


def collected(session: Session) -> None:
    for ident, name in SUBJECTS.items():
        session.add(SubjectRow(id=ident, kind="remark", name=name, vector=b"\0" * 768))
    session.flush()
    placing = Placing(session)
    placing.place(
        [
            Placement(voice=each.voice, vector=b"\0" * 768, subject=PLACED[each.text], name=each.text)
            for each in placing.waiting()
            if each.text in PLACED
        ]
    )
