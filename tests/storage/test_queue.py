"""What customers wait for: in which order, with whom, and who did what about it."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from sqlmodel import select

from nlp.types import Commitment, Feedback
from storage.crm.customers import Customers
from storage.crm.merging import Merging
from storage.crm.people import People
from storage.crm.promises import Promises
from storage.database import Database
from storage.errors import BadCursor, TaskDone, TaskTaken, UnknownEmployee, UnknownPromise
from storage.events import Events
from storage.paging import cursor
from storage.records import Because
from storage.tables.visits import PromiseRow
from storage.visits.memos import Memos
from storage.visits.moments import Moments
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.waiting.abilities import Abilities
from storage.waiting.queue import Queue, Task, lift
from storage.work.queue import Listed

from .test_visits import LINKING, REPORT

AT = datetime(2026, 3, 1, 15, tzinfo=UTC)


def day(days: int) -> str:
    """So many days from today, where the company is."""
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


@pytest.fixture
def town(database: Database, rep: str) -> None:
    with database.writing() as session:
        people, customers = People(session), Customers(session)
        people.put("r2", "Otto Reyes", "rep", True)
        people.put("e1", "Emil Roth", "employee", True)
        customers.put("c1", "Bella Vista", (), "12 Harbor Street, Boston 02110", 42.360, -71.053, None)
        customers.put("c2", "Golden Crust", (), "3 Elm Road, Salem 01970", 42.361, -71.054, None)


def heard(
    database: Database,
    jobs: Listed,
    visit: str,
    *,
    customer: str | None = "c1",
    by: str = "r1",
    at: datetime = AT,
    promised: tuple[tuple[str, str | None], ...] = (),
    asked: tuple[str, ...] = (),
    complaints: tuple[str, ...] = (),
    outcome: str = "routine",
    summary: str = "They want to hear from us.",
) -> None:
    """A visit, filed with what was said there; `asked` is what the customer promised."""
    ours = [Commitment(action=action, owner="us", due=due) for action, due in promised]
    theirs = [Commitment(action=action, owner="customer", due=None) for action in asked]
    report = msgspec.structs.replace(
        REPORT,
        customer=customer,
        outcome=outcome,
        summary=summary,
        commitments=(*ours, *theirs),
        feedback=tuple(Feedback(kind="complaint", text=text) for text in complaints),
        next_meeting=None,
    )
    with database.writing() as session:
        Visits(session).check_in(visit, rep=by, at=at, position=None, customer=customer, jobs=jobs)
        Memos(session).note(visit, f"n-{visit}", text="words", at=at, jobs=jobs)
        linking = msgspec.structs.replace(LINKING, customer=customer)
        assert Reports(session).file(visit, Visits(session).revision(visit), report, linking)


def queue(database: Database, me: str = "r1", **asked: object) -> list[Task]:
    with database.reading() as session:
        return list(Queue(session).page(me, **asked).items)  # type: ignore[arg-type]


def only(database: Database) -> Task:
    (task,) = queue(database, whose="all")
    return task


def test_in_the_order_received_and_why_something_goes_ahead(
    database: Database, town: None, jobs: Listed
) -> None:
    hour = timedelta(hours=1)
    heard(database, jobs, "v1", promised=(("bring samples", None), ("call Marco", day(9))), asked=("pay",))
    heard(database, jobs, "v2", at=AT + hour, complaints=("flat bottles",))
    heard(database, jobs, "v3", at=AT + 2 * hour, promised=(("send a quote", day(0)),))
    heard(database, jobs, "v4", at=AT + 3 * hour, promised=(("fix the tap", day(-3)),))
    heard(database, jobs, "v5", at=AT + 4 * hour, outcome="follow_up", summary="Marco wants to taste cider.")
    shown = [(each.action, each.kind, each.ahead) for each in queue(database)]
    assert shown[:3] == [
        ("fix the tap", "promise", "overdue"),
        ("send a quote", "promise", "today"),
        ("flat bottles", "complaint", "complaint"),
    ]
    assert {each[0] for each in shown[3:5]} == {"bring samples", "call Marco"}
    assert shown[5] == ("Marco wants to taste cider.", "follow_up", None)
    assert [(each.action, each.owner) for each in queue(database, owner="customer")] == [("pay", "customer")]


def test_every_page_goes_on_where_the_last_ended(database: Database, town: None, jobs: Listed) -> None:
    for number in range(6):
        said = ((f"p{number}", day(number - 2)), (f"q{number}", None))
        heard(
            database, jobs, f"v{number}", at=AT + timedelta(hours=number // 2), promised=said,
            complaints=(f"c{number}",),
        )  # fmt: skip
    whole, after = [each.id for each in queue(database)], None
    assert len(whole) == 18
    paged: list[str] = []
    with database.reading() as session:
        while True:
            page = Queue(session).page("r1", limit=4, after=after)
            paged += [each.id for each in page.items]
            after = page.after
            if after is None:
                break
        for wrong in (
            cursor("due", "x"),
            cursor("never", "", AT.isoformat(), "x"),
            cursor("due", "", "x", "y"),
        ):
            with pytest.raises(BadCursor):
                Queue(session).page("r1", after=wrong)
    assert paged == whole


def test_overdue_ones_rise_by_themselves(database: Database, town: None, jobs: Listed) -> None:
    """As the worker finds them, and as a page shows them before the worker has looked."""
    heard(database, jobs, "v1", promised=(("old", None), ("young", day(5))))
    with database.writing() as session:
        (row,) = session.exec(select(PromiseRow).where(PromiseRow.action == "young")).all()
        row.due, ident = day(-1), row.id
    before = [each.action for each in queue(database)]
    with database.writing() as session:
        last = Events(session).latest()
        since = lift(session, None)
    assert before == [each.action for each in queue(database)] == ["young", "old"]
    with database.writing() as session:
        assert [each.kind for each in Events(session).after(last)] == ["task"]
        assert session.get_one(PromiseRow, ident).lane == 0
        assert lift(session, since) == since


def test_it_lies_with_those_who_can_do_it(database: Database, town: None, jobs: Listed) -> None:
    with database.writing() as session:
        Abilities(session).put("r2", ("tap handle",), (" salem ", "salem"))
        assert [each.areas for each in Abilities(session).list() if each.employee == "r2"] == [("salem",)]
        with pytest.raises(UnknownEmployee):
            Abilities(session).put("nobody", (), ())
    heard(database, jobs, "v1", promised=(("mend the tap handles", None), ("send prices", None)))
    heard(database, jobs, "v2", customer="c2", complaints=("late",), promised=(("send tea", None),))
    heard(database, jobs, "v3", customer="c1", complaints=("cold",))
    with database.writing() as session:
        Moments(session).put("c1", "k1", kind="call", at=AT, text="x", by="e1", jobs=jobs)
    heard_by_phone(database, "k1")
    lies = {each.action: (each.holder, each.because and each.because.reason) for each in everything(database)}
    assert lies == {
        "mend the tap handles": ("r2", "skill"),
        "send prices": ("r1", "said"),
        "late": ("r2", "area"),
        "send tea": ("r1", "said"),
        "cold": ("r1", "visits"),
        "call back": ("r1", "visits"),
    }
    (call,) = [each for each in everything(database) if each.channel == "call"]
    assert (call.heard_by_name, call.holder_name) == ("Emil Roth", "Dana Whitfield")
    assert {each.action for each in queue(database, "r2")} == {"mend the tap handles", "late"}


def everything(database: Database) -> list[Task]:
    return queue(database, whose="all")


def heard_by_phone(database: Database, moment: str) -> None:
    report = msgspec.structs.replace(
        REPORT, commitments=(Commitment(action="call back", owner="us", due=None),), feedback=()
    )
    with database.writing() as session:
        assert Reports(session).file(moment, Visits(session).revision(moment), report, LINKING)


def test_a_place_that_nobody_knows_goes_to_whoever_is_next_door(
    database: Database, town: None, jobs: Listed
) -> None:
    heard(database, jobs, "v1", customer="c1", by="r2")
    with database.writing() as session:
        Moments(session).put("c2", "k1", kind="call", at=AT, text="x", by="e1", jobs=jobs)
        report = msgspec.structs.replace(
            REPORT, customer="c2", commitments=(), feedback=(Feedback(kind="complaint", text="cold"),)
        )
        linking = msgspec.structs.replace(LINKING, customer="c2")
        Reports(session).file("k1", Visits(session).revision("k1"), report, linking)
    assert [(each.action, each.holder) for each in everything(database)] == [("cold", "r2")]


def test_taken_handed_on_done_and_back(database: Database, town: None, jobs: Listed) -> None:
    heard(database, jobs, "v1", promised=(("send a quote", None),))
    task = only(database).id
    with database.writing() as session:
        last, queue_ = Events(session).latest(), Queue(session)
        assert queue_.take(task, by="r2").because == Because(reason="taken", word=None)
    with database.writing() as session:
        queue_ = Queue(session)
        with pytest.raises(TaskTaken):
            queue_.take(task, by="r1")
        over = queue_.hand(task, "r1", by="r1")
        assert (over.holder, over.taken_at is None) == ("r1", False)
        handed = queue_.hand(task, "e1", by="r1")
        assert (handed.holder_name, handed.taken_at) == ("Emil Roth", None)
        assert handed.because is not None
        assert (handed.because.reason, handed.because.word) == ("handed", "Dana Whitfield")
        with pytest.raises(UnknownEmployee):
            queue_.hand(task, "nobody", by="r1")
        assert queue_.put_back(task).holder == "r1"
        assert queue_.done(task, by="r1").done_at is not None
        with pytest.raises(TaskDone):
            queue_.take(task, by="r1")
        with pytest.raises(UnknownPromise):
            queue_.take("nothing", by="r1")
    assert everything(database) == []
    with database.writing() as session:
        assert Queue(session).undo(task).done_at is None
    assert [each.id for each in everything(database)] == [task]
    with database.reading() as session:
        told = {(each.kind, each.subject) for each in Events(session).after(last)}
        assert told == {("task", task), ("visit", "v1")}


def test_what_is_filed_again_stays_with_its_holder(database: Database, town: None, jobs: Listed) -> None:
    heard(database, jobs, "v1", promised=(("send a quote", None),), complaints=("cold",))
    quote, cold = sorted(everything(database), key=lambda each: each.kind != "promise")
    with database.writing() as session:
        Queue(session).hand(quote.id, "r2", by="m1")
        Queue(session).done(cold.id, by="r1")
        Reports(session).correct("v1", {"outcome": "lost", "customer": "c2"}, by="m1", jobs=jobs)
    task = only(database)
    assert (task.id, task.holder, task.customer) == (quote.id, "r2", "c2")
    with database.reading() as session:
        assert [each.holder_name for each in Promises(session).open(holder="r2")] == ["Otto Reyes"]
        assert Promises(session).open(holder="r1") == ()


def test_who_leaves_leaves_nothing_behind(database: Database, town: None, jobs: Listed) -> None:
    heard(database, jobs, "v1", by="r2", promised=(("send a quote", None),))
    heard(database, jobs, "v2", by="r1")
    with database.writing() as session:
        People(session).shut_out("r2")
    assert [(each.action, each.holder) for each in everything(database)] == [("send a quote", "r1")]
    with database.writing() as session:
        People(session).shut_out("r1")
    assert everything(database)[0].holder is None


def test_a_merge_takes_them_along(database: Database, town: None, jobs: Listed) -> None:
    heard(database, jobs, "v1", customer="c2", complaints=("cold",))
    with database.writing() as session:
        merge = Merging(session).merge("c1", "c2", by="m1")
    assert only(database).customer == "c1"
    with database.writing() as session:
        Merging(session).undo(merge.id)
    assert only(database).customer == "c2"


def test_a_prospect_waits_too(database: Database, town: None, jobs: Listed) -> None:
    heard(database, jobs, "v1", customer=None, complaints=("cold",))
    with database.writing() as session:
        Reports(session).correct("v1", {"new_customer": "Kumo"}, by="m1", jobs=jobs)
    assert (only(database).customer, only(database).customer_name) == (None, "Kumo")
