"""What becomes of a visit: repeated sends, states, corrections, and everything that can be undone."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from nlp.types import Commitment, Decided, Doubt, Fields, Linking, Order, Report
from speech.types import Transcript, note
from storage import errors
from storage.crm.customers import Customers
from storage.crm.promises import Promises
from storage.database import Database
from storage.desk.review import review
from storage.pages.brief import customer_page
from storage.records import Problem, Visit
from storage.sound.blobs import Blobs, Stored, store
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

AT = datetime(2026, 3, 10, 18, 5, tzinfo=UTC)
UNSURE = Decided(confidence=0.5, evidence=())
LINKING = Linking(customer="c1", new_customer=None, decided=UNSURE, candidates=(), contacts=())
REPORT = Report(
    customer="c1",
    new_customer=None,
    outcome="order",
    summary="Ordered 5 kegs.",
    contacts=(),
    orders=(Order(product="s1", name="Haze", quantity=5, unit="keg", unit_price=None, confidence=0.8),),
    amounts=(),
    commitments=(Commitment(action="send a quote", owner="us", due="2026-03-13", confidence=0.7),),
    next_meeting=None,
    competitors=(),
    feedback=(),
    personal=(),
    fields=Fields(customer=UNSURE, outcome=UNSURE, next_meeting=UNSURE),
    doubts=(),
)
DEAF = Problem(code="not_audio", title="This is not a recording.", action="Record again.", retryable=False)


@pytest.fixture
def places(database: Database, rep: str) -> None:
    with database.writing() as session:
        Customers(session).put("c1", "Bella Vista", (), None, 42.3601, -71.0530, None)
        Customers(session).put("c2", "The Otter", (), None, 42.3701, -71.0530, None)


@pytest.fixture
def visit(database: Database, places: None, jobs: Listed) -> str:
    with database.writing() as session:
        Visits(session).check_in("v1", rep="r1", at=AT, position=None, customer=None, jobs=jobs)
    return "v1"


def typed(database: Database, jobs: Listed, note_id: str = "n1", text: str = "five kegs") -> int:
    with database.writing() as session:
        Memos(session).note("v1", note_id, text=text, at=AT, jobs=jobs)
        return Memos(session).transcribed(note_id, note(text)) or 0


def filed(database: Database, revision: int, report: Report = REPORT) -> bool:
    with database.writing() as session:
        return Reports(session).file("v1", revision, report, LINKING)


def read(database: Database) -> Visit:
    with database.reading() as session:
        return Visits(session).get("v1")


def voice(database: Database, blobs: Blobs, jobs: Listed, memo: str = "a1", data: bytes = b"sound") -> Stored:
    blob = store(blobs, memo, [data])
    with database.writing() as session:
        receive = Memos(session).receive
        receive("v1", memo, at=AT, content_type="audio/webm", blob=blob, position=None, jobs=jobs)
    return blob


def test_a_memo_is_taken_once(database: Database, visit: str, blobs: Blobs, jobs: Listed) -> None:
    voice(database, blobs, jobs)
    voice(database, blobs, jobs)
    assert jobs.asked == [("v1", "a1")]
    assert read(database).state == "processing"
    with pytest.raises(errors.MemoDiffers):
        voice(database, blobs, jobs, data=b"other")
    with pytest.raises(errors.UnknownVisit), database.writing() as session:
        Memos(session).note("v9", "n1", text="x", at=AT, jobs=jobs)


def test_a_note_is_filed_and_a_stale_report_dropped(database: Database, visit: str, jobs: Listed) -> None:
    old = typed(database, jobs)
    new = typed(database, jobs, "n2", "and a case of tonic")
    assert not filed(database, old)
    assert read(database).state == "processing"
    assert filed(database, new)
    assert filed(database, new)
    done = read(database)
    assert (done.state, done.customer, done.customer_name) == ("filed", "c1", "Bella Vista")
    assert done.transcript is not None
    assert done.transcript.text == "five kegs and a case of tonic"


def test_no_customer_or_a_doubt_needs_a_look(database: Database, visit: str, jobs: Listed) -> None:
    lost = msgspec.structs.replace(REPORT, customer=None, new_customer="Casa Nova")
    filed(database, typed(database, jobs), lost)
    assert (read(database).state, read(database).customer_name) == ("needs_review", "Casa Nova")
    doubt = Doubt(field="orders[0]", reason="The quantity was hard to hear")
    filed(database, typed(database, jobs, "n2"), msgspec.structs.replace(REPORT, doubts=(doubt,)))
    with database.reading() as session:
        (line,) = review(session).items
    assert line.doubts == ("The quantity was hard to hear",)


def test_failed_memos_alone_and_beside_good_ones(
    database: Database, visit: str, blobs: Blobs, jobs: Listed
) -> None:
    voice(database, blobs, jobs)
    with database.writing() as session:
        Memos(session).fail("a1", DEAF)
    assert (read(database).state, read(database).problem) == ("failed", DEAF)
    filed(database, typed(database, jobs))
    assert read(database).state == "needs_review"
    with database.writing() as session:
        Visits(session).retry("v1", jobs=jobs)
    assert (read(database).state, read(database).problem) == ("processing", None)
    assert jobs.asked[-1] == ("v1", "a1")


def test_a_report_that_cannot_be_made_fails_and_is_tried_again(
    database: Database, visit: str, jobs: Listed
) -> None:
    revision = typed(database, jobs)
    with database.writing() as session:
        Reports(session).fail("v1", revision, DEAF)
    assert read(database).state == "failed"
    with database.writing() as session:
        Visits(session).retry("v1", jobs=jobs)
    assert read(database).state == "processing"
    assert filed(database, revision + 1)
    with pytest.raises(errors.NothingToRetry), database.writing() as session:
        Visits(session).retry("v1", jobs=jobs)


def test_corrections_are_kept_and_survive_a_new_extraction(
    database: Database, visit: str, jobs: Listed
) -> None:
    doubt = Doubt(field="orders", reason="unclear")
    filed(database, typed(database, jobs), msgspec.structs.replace(REPORT, doubts=(doubt,)))
    order = {"product": "s1", "name": "Haze", "quantity": 6, "unit": "keg", "unit_price": None}
    with database.writing() as session:
        seen = Reports(session).correct("v1", {"orders": [order], "outcome": "order"}, by="m1", jobs=jobs)
    assert seen.state == "filed"
    assert seen.report is not None
    assert seen.report.orders[0].quantity == 6
    assert seen.report.orders[0].confidence == 1.0
    (correction,) = seen.corrections
    assert (correction.field, correction.by_name) == ("orders", "Mona Berg")
    assert msgspec.json.decode(correction.before)[0]["quantity"] == 5
    filed(database, typed(database, jobs, "n2"), msgspec.structs.replace(REPORT, outcome="complaint"))
    after = read(database)
    assert after.report is not None
    assert (after.report.orders[0].quantity, after.report.outcome, after.state) == (6, "complaint", "filed")
    ten = msgspec.structs.replace(REPORT.orders[0], quantity=10)
    filed(database, typed(database, jobs, "n3"), msgspec.structs.replace(REPORT, orders=(ten,)))
    assert read(database).state == "needs_review"


def test_what_was_told_before_stands_over_what_is_understood(
    database: Database, visit: str, jobs: Listed
) -> None:
    with database.writing() as session:
        Reports(session).tell("v1", {"outcome": "interested"}, by="r1")
    filed(database, typed(database, jobs))
    report = read(database).report
    assert report and (report.outcome, report.fields.outcome.confidence, report.doubts) == (
        "interested",
        1.0,
        (),
    )


def test_a_correction_that_is_no_report_is_refused(database: Database, visit: str, jobs: Listed) -> None:
    with pytest.raises(errors.NoReport), database.writing() as session:
        Reports(session).correct("v1", {"outcome": "order"}, by="m1", jobs=jobs)
    filed(database, typed(database, jobs))
    for patch in ({"outcome": "great"}, {"orders": 7}, {"fields": {}}, {"outcome": None}, {"customer": 3}):
        with pytest.raises(errors.BadReport), database.writing() as session:
            Reports(session).correct("v1", patch, by="m1", jobs=jobs)


def test_a_chosen_customer_stays(database: Database, visit: str, jobs: Listed) -> None:
    filed(database, typed(database, jobs))
    with database.writing() as session:
        chosen = Visits(session).choose_customer("v1", "c2", by="m1", jobs=jobs)
    assert (chosen.state, chosen.customer) == ("processing", "c2")
    assert jobs.asked[-1] == ("v1", None)
    assert filed(database, 2)
    after = read(database)
    assert after.report is not None
    assert (after.state, after.customer, after.report.customer) == ("filed", "c2", "c2")
    with database.writing() as session:
        nobody = Reports(session).correct("v1", {"customer": None}, by="m1", jobs=jobs)
    assert nobody.customer is None
    assert filed(database, 3)
    assert (read(database).customer, read(database).state) == (None, "needs_review")


def test_approved_is_the_end(database: Database, visit: str, jobs: Listed) -> None:
    revision = typed(database, jobs)
    with pytest.raises(errors.NoReport), database.writing() as session:
        Reports(session).approve("v1", by="m1")
    filed(database, revision)
    with database.writing() as session:
        approved = Reports(session).approve("v1", by="m1")
    assert approved.approval is not None
    assert (approved.state, approved.approval.by_name) == ("approved", "Mona Berg")
    with pytest.raises(errors.Approved):
        typed(database, jobs, "n2")
    with pytest.raises(errors.Approved), database.writing() as session:
        Memos(session).delete("v1", "n1", jobs=jobs)
    with database.writing() as session:
        assert not Memos(session).note("v1", "n1", text="five kegs", at=AT, jobs=jobs)[1]


def test_deleting_the_last_memo_takes_the_report_with_it(
    database: Database, visit: str, blobs: Blobs, jobs: Listed
) -> None:
    blob = voice(database, blobs, jobs)
    with database.writing() as session:
        heard = Transcript(text="five kegs", language="en", segments=(), removed=(), length_s=3.0)
        revision = Memos(session).transcribed("a1", heard)
    assert revision is not None
    filed(database, revision)
    with database.writing() as session:
        assert Memos(session).delete("v1", "a1", jobs=jobs) == blob.key
        assert Memos(session).delete("v1", "a1", jobs=jobs) is None
    gone = read(database)
    assert (gone.state, gone.report, gone.memos, gone.customer) == ("open", None, (), None)
    assert not filed(database, revision)
    with database.writing() as session:
        assert Memos(session).transcribed("a1", heard) is None
        assert Promises(session).open() == ()
    with pytest.raises(errors.MemoDeleted):
        voice(database, blobs, jobs)


def test_promises_stay_done_when_filed_again(database: Database, visit: str, jobs: Listed) -> None:
    filed(database, typed(database, jobs))
    with database.writing() as session:
        (promise,) = Promises(session).open(customer="c1")
        assert Promises(session).done(promise.id, by="r1").done_at is not None
    filed(database, typed(database, jobs, "n2"))
    with database.writing() as session:
        assert Promises(session).open() == ()
        assert Promises(session).undo(promise.id).done_at is None
        assert [each.id for each in Promises(session).open(holder="r1")] == [promise.id]
    with pytest.raises(errors.UnknownPromise), database.writing() as session:
        Promises(session).done("nothing", by="r1")


def test_pages_meet_without_gap_or_overlap(database: Database, places: None, jobs: Listed) -> None:
    for number in range(7):
        with database.writing() as session:
            at = AT + timedelta(minutes=number // 2)
            Visits(session).check_in(f"v{number}", rep="r1", at=at, position=None, customer="c1", jobs=jobs)
    for lister in ("feed", "timeline", "listing"):
        seen: list[str] = []
        after = None
        while True:
            with database.reading() as session:
                visits = Visits(session)
                if lister == "feed":
                    page = visits.feed(3, after)
                else:
                    page = (
                        visits.timeline("c1", 3, after)
                        if lister == "timeline"
                        else visits.listing("r1", 3, after)
                    )
            seen += [line.id for line in page.items]
            after = page.after
            if after is None:
                break
        assert sorted(seen) == [f"v{number}" for number in range(7)], lister
    for broken in ("x", "AAAA", "!!"):
        with pytest.raises(errors.BadCursor), database.reading() as session:
            Visits(session).feed(3, broken)


def test_the_customer_page_tells_what_was_heard(database: Database, visit: str, jobs: Listed) -> None:
    filed(database, typed(database, jobs))
    with database.reading() as session:
        page = customer_page(session, "c1")
    assert [(each.name, each.times, each.quantity) for each in page.brief.buys] == [("Haze", 1, 5)]
    assert [promise.action for promise in page.brief.promises] == ["send a quote"]
    assert [line.id for line in page.timeline.items] == ["v1"]


def test_open_promises_with_a_day_come_first_the_earliest_on_top(
    database: Database, visit: str, jobs: Listed
) -> None:
    days = ("2026-03-20", None, "2026-03-11", "2026-03-13")
    promised = tuple(Commitment(action=f"by {day}", owner="us", due=day, confidence=0.7) for day in days)
    filed(database, typed(database, jobs), msgspec.structs.replace(REPORT, commitments=promised))
    with database.reading() as session:
        for whose in ({}, {"customer": "c1"}, {"holder": "r1"}):
            shown = [promise.due for promise in Promises(session).open(**whose)]
            assert shown == ["2026-03-11", "2026-03-13", "2026-03-20", None]
