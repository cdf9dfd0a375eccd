"""The manager's desk: what comes first, a yes to many, and counts that are what a look at everything says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from sqlmodel import select

from nlp.types import Commitment, Doubt, Feedback, Order, Report
from speech.types import note
from storage import errors
from storage.crm.catalogue import Catalogue
from storage.crm.customers import Customers
from storage.crm.merging import Merging
from storage.crm.promises import Promises
from storage.database import Database
from storage.desk.approving import Approving
from storage.desk.comparing import By, Measures, compare
from storage.desk.rebuilding import count_all
from storage.desk.regions import region_of
from storage.desk.review import ReviewOrder, review, sure
from storage.desk.silent import silent
from storage.desk.table import table
from storage.records import Page, Problem, Stake, VisitSummary
from storage.tables.desk import SeenRow, TallyRow
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .test_visits import AT, LINKING, REPORT

NOTHING = msgspec.structs.replace(REPORT, orders=(), commitments=(), outcome="routine")
DOUBT = Doubt(field="orders", reason="The number was hard to hear.")
BAD, GOOD = (Feedback(kind=kind, text="x") for kind in ("complaint", "compliment"))
SENT = Commitment(action="send a quote", owner="us", due=None)
Told = Callable[..., str]


@pytest.fixture
def told(database: Database, rep: str, jobs: Listed) -> Told:
    """Files a visit with what is changed of an empty report."""
    with database.writing() as session:
        Customers(session).put("c1", "Bella Vista", (), "12 Harbor St, Boston, MA 02110", None, None, None)
        Customers(session).put("c2", "The Otter", (), "Hafenstr. 5, 50667 Köln", None, None, None)
        Customers(session).put("c3", "Never Seen", (), None, None, None, None)
        Catalogue(session).put_product("s1", "Haze", (), "keg", 200.0)

    def tell(ident: str, customer: str | None = "c1", days: int = 0, rep: str = "r1", **said: object) -> str:
        at = AT + timedelta(days=days)
        report = msgspec.structs.replace(NOTHING, customer=customer, **said)
        with database.writing() as session:
            Visits(session).check_in(ident, rep=rep, at=at, position=None, customer=customer, jobs=jobs)
            Memos(session).note(ident, f"n-{ident}", text="said", at=at, jobs=jobs)
            revision = Memos(session).transcribed(f"n-{ident}", note("said")) or 0
            linking = msgspec.structs.replace(LINKING, customer=customer)
            assert Reports(session).file(ident, revision, report, linking)
        return ident

    return tell


def ids(page: Page[VisitSummary]) -> list[str]:
    return [each.id for each in page.items]


def listed(database: Database, order: ReviewOrder) -> list[str]:
    """All, two at a time."""
    found, after = [], None
    with database.reading() as session:
        while True:
            page = review(session, order, 2, after)
            found += ids(page)
            after = page.after
            if after is None:
                return found


def test_what_matters_most_comes_first(database: Database, told: Told) -> None:
    order = Order(product="s1", name="Haze", quantity=50, unit="keg", unit_price=None)
    told("plain", doubts=(DOUBT,))
    told("order", orders=(order,), doubts=(DOUBT,))
    told("both", orders=(order,), feedback=(BAD,), doubts=(DOUBT, DOUBT))
    told("new", customer=None, new_customer="Casa Nova")
    told("sure", orders=(order,))
    told("broken")
    problem = Problem(code="x", title="x", action="x", retryable=True)
    with database.writing() as session:
        Memos(session).note("broken", "n2", text="more", at=AT, jobs=Listed())
        revision = Memos(session).transcribed("n2", note("more")) or 0
        Reports(session).fail("broken", revision, problem)
    assert listed(database, "weight") == ["both", "order", "new", "broken", "plain"]
    assert listed(database, "doubt") == ["broken", "new", "both", "order", "plain"]
    assert listed(database, "newest") == ["broken", "new", "both", "order", "plain"]
    with database.reading() as session:
        first = review(session, "weight").items[0]
        assert ids(sure(session)) == ["sure"]
    assert first.stakes == (Stake(kind="order", amount=10_000.0), Stake(kind="complaint", amount=None))
    for after in ("x", "MTIz", "MR9iH2M"):
        with pytest.raises(errors.BadCursor), database.reading() as session:
            review(session, "weight", 2, after)


def test_all_that_are_sure_are_approved_at_once_and_taken_back(database: Database, told: Told) -> None:
    told("one"), told("two"), told("doubtful", doubts=(DOUBT,))
    with database.reading() as session:
        seen = Approving(session).sure()
    assert (seen.count, seen.more) == (2, False)
    told("later")
    with database.writing() as session:
        yes = Approving(session).approve(seen.until, (), by="m1")
    assert (yes.count, yes.by_name) == (2, "Mona Berg")
    with database.reading() as session:
        approval = Visits(session).get("one").approval
        assert approval is not None
        assert (approval.by, Visits(session).get("later").state) == ("m1", "filed")
    with pytest.raises(errors.NothingSure), database.writing() as session:
        Approving(session).approve(seen.until, ("doubtful",), by="m1")
    with database.writing() as session:  # somebody looks closer meanwhile
        Reports(session).correct("two", {"customer": None}, by="m1", jobs=Listed())
    with database.writing() as session:
        undone = Approving(session).undo(yes.id, by="m1")
    assert undone.undone_at is not None
    with database.reading() as session:
        assert (Visits(session).get("one").state, Visits(session).get("one").approval) == ("filed", None)
        assert Visits(session).get("two").state == "needs_review"
        assert [each.id for each in Approving(session).list()] == [yes.id]
    with pytest.raises(errors.ApprovalDiffers), database.writing() as session:
        Approving(session).undo(yes.id, by="m1")
    with pytest.raises(errors.UnknownApproval), database.writing() as session:
        Approving(session).undo("none", by="m1")


def test_one_that_was_approved_alone_stays_approved(database: Database, told: Told) -> None:
    told("one"), told("two")
    with database.writing() as session:
        Reports(session).approve("one", by="m1")
        yes = Approving(session).approve(datetime.now(UTC), ("one", "two"), by="m1")
    assert yes.count == 1
    with database.writing() as session:
        Approving(session).undo(yes.id, by="m1")
    with database.reading() as session:
        assert Visits(session).get("one").state == "approved"


def total(database: Database, who: str, by: By = "rep") -> Measures:
    with database.reading() as session:
        desk = compare(session, by, AT.date(), AT.date() + timedelta(days=60), 8, AT)
    return next(each.total for each in desk.territories if each.id == who)


def measures(*numbers: int) -> Measures:
    return Measures(**dict(zip(Measures.__struct_fields__, numbers, strict=True)))


def counts(database: Database) -> tuple[list[object], list[object]]:
    with database.reading() as session:
        tallies = [
            row.model_dump() for row in session.exec(select(TallyRow).order_by(TallyRow.kind, TallyRow.day))
        ]
        seen = [row.model_dump() for row in session.exec(select(SeenRow).order_by(SeenRow.customer))]
    filled = [row for row in tallies if any(row[name] for name in Measures.__struct_fields__)]
    return sorted(filled, key=str), seen


def test_counts_follow_whatever_happens(database: Database, told: Told) -> None:
    told("v1", feedback=(BAD, GOOD), commitments=(SENT,))
    told("v2", customer="c2", days=9, rep="m1", feedback=(GOOD,))
    assert total(database, "r1") == measures(1, 1, 0, 1, 0, 1)
    assert total(database, "Boston", "region") == measures(1, 1, 0, 1, 0, 1)
    assert total(database, "Köln", "region") == measures(1, 0, 0, 0, 0, 1)
    with database.writing() as session:
        (promise,) = Promises(session).open(customer="c1")
        Promises(session).done(promise.id, by="r1")
    assert total(database, "r1").kept == 1
    with database.writing() as session:
        Promises(session).undo(promise.id)
        Reports(session).correct("v1", {"feedback": []}, by="m1", jobs=Listed())
    assert total(database, "r1") == measures(1, 1, 0, 0, 0, 0)
    with database.writing() as session:
        merged = Merging(session).merge("c2", "c1", by="m1")
    assert total(database, "Köln", "region").visits == 2
    with database.writing() as session:
        Merging(session).undo(merged.id)
        Visits(session).choose_customer("v2", "c1", by="m1", jobs=Listed())
    assert total(database, "Boston", "region").visits == 2
    kept = counts(database)
    with database.writing() as session:
        count_all(session)
    assert counts(database) == kept


def test_a_check_in_of_which_nothing_was_said_is_no_visit(database: Database, told: Told) -> None:
    with database.writing() as session:
        Visits(session).check_in("v1", rep="r1", at=AT, position=None, customer="c1", jobs=Listed())
    with database.reading() as session:
        (nobody,) = compare(session, "rep", AT.date(), AT.date(), 8, AT).territories
    assert (nobody.id, nobody.customers, nobody.silent) == ("", 3, 3)


def test_territories_over_time(database: Database, told: Told) -> None:
    told("v1", days=0), told("v2", days=1, rep="m1"), told("v3", days=8), told("v4", days=-20)
    start, end = AT.date(), AT.date() + timedelta(days=13)
    with database.reading() as session:
        desk = compare(session, "rep", start, end, 8, AT + timedelta(weeks=12))
        monthly = compare(session, "rep", start - timedelta(days=300), end, 8, AT)
        for wrong in ((end, start), (start - timedelta(days=2_000), end)):
            with pytest.raises(errors.BadPeriod):
                compare(session, "rep", *wrong, 8, AT)
    assert desk.steps == ("2026-03-09", "2026-03-16", "2026-03-23")
    dana, mona, nobody = desk.territories
    assert (dana.name, [each.visits for each in dana.steps]) == ("Dana Whitfield", [1, 1, 0])
    assert (dana.before.visits, dana.customers, dana.silent) == (0, 1, 1)
    assert (mona.name, mona.total.visits, mona.customers) == ("Mona Berg", 1, 0)
    assert (nobody.customers, nobody.silent) == (2, 2)
    assert (monthly.step, len(monthly.steps)) == ("month", 11)
    assert [each.visits for each in monthly.territories[0].steps][-2:] == [1, 2]
    lines = table(desk).splitlines()
    assert lines[1].split(",")[:6] == ["r1", "Dana Whitfield", "2026-03-10", "week", "1", "0"]
    assert lines[4].split(",")[3:5] == ["all", "2"]


def test_silent_customers_are_named(database: Database, told: Told) -> None:
    told("v1", customer="c1"), told("v2", customer="c2", days=5, rep="m1")
    since = AT + timedelta(days=1)
    with database.reading() as session:
        first = silent(session, since, limit=1)
        rest = silent(session, since, limit=1, after=first.after)
        assert [each.id for each in (*first.items, *rest.items)] == ["c1", "c3"]
        assert (first.items[0].rep_name, rest.items[0].at, rest.after) == ("Dana Whitfield", None, None)
        later = since + timedelta(days=30)
        assert [each.id for each in silent(session, later, rep="m1").items] == ["c2"]
        assert [each.id for each in silent(session, later, region="Boston").items] == ["c1"]
        with pytest.raises(errors.BadCursor):
            silent(session, later, after="x")
    with database.writing() as session:
        Customers(session).delete("c3")
    with database.reading() as session:
        assert [each.id for each in silent(session, since).items] == ["c1"]


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("12 Harbor Street, Boston", "Boston"),
        ("5312 Ballard Ave NW, Seattle, WA 98107", "Seattle"),
        ("Hafenstr. 5, 50667 Köln", "Köln"),
        ("10 Downing Street, London SW1A 2AA, UK", "London"),
        ("Somewhere", ""),
        (None, ""),
    ],
)
def test_the_town_in_an_address(address: str | None, region: str) -> None:
    assert region_of(address) == region


def test_days_are_the_companys(database: Database, told: Told) -> None:
    """AT is in the evening of the tenth in UTC; nothing moves while the company has no other zone."""
    told("v1")
    with database.reading() as session:
        assert session.exec(select(TallyRow.day).where(TallyRow.kind == "rep")).all() == [
            date(2026, 3, 10).isoformat()
        ]


def test_reports_that_are_the_same_again_are_counted_once(database: Database, told: Told) -> None:
    same: Report = msgspec.structs.replace(NOTHING, feedback=(BAD,))
    told("v1", feedback=same.feedback)
    with database.writing() as session:
        Reports(session).correct("v1", {"summary": "Else."}, by="m1", jobs=Listed())
    assert total(database, "r1") == measures(1, 0, 0, 1, 0, 0)
