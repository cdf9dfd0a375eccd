"""What workers do about work that nobody does, a store that is gone, and the order of what waits."""

from typing import cast

from dbos import DBOS
from sqlalchemy import text

from api.watch import Watch
from storage.tables.visits import LeaseRow
from storage.work.leases import clock_s

from .crew import Company, until
from .worker_program import QUICK


def test_work_that_a_living_worker_let_fall_is_picked_up(company: Company) -> None:
    (company.folder / "hold").touch()
    company.start()
    busy = company.visit()
    until(lambda: company.log("extract") == 1)
    fallen = company.visit()
    claim = (
        "UPDATE {} SET status = 'PENDING', executor_id = (SELECT executor FROM worker_lease) WHERE status = "
    )
    table = "workflow_status" if company.database.embedded else "dbos.workflow_status"
    with company.database.engine.begin() as connection:
        claimed = connection.execute(text(claim.format(table) + "'ENQUEUED'"))
    assert claimed.rowcount == 1
    (company.folder / "hold").unlink()
    until(lambda: {company.read(busy).state, company.read(fallen).state} == {"filed"})
    assert company.log("extract") == 2


def test_a_store_that_is_gone_for_long_makes_nothing_fail(embedded: Company) -> None:
    (embedded.folder / "gone").touch()
    embedded.start()
    visit = embedded.visit()
    until(lambda: embedded.log("extract") > len(QUICK.pauses_s) + 1)
    assert embedded.read(visit).state == "processing"
    (embedded.folder / "gone").unlink()
    until(lambda: embedded.read(visit).state == "filed")


def test_one_who_was_away_judges_nobody_for_a_while(company: Company) -> None:
    def seen(ago_s: float) -> None:
        with company.database.writing() as session:
            for executor in ("me", "other"):
                session.merge(LeaseRow(executor=executor, seen_s=clock_s(session) - ago_s))

    watch = Watch(cast(DBOS, None), company.database, "me", alone=False, lease_s=1.0)
    seen(0.0)
    assert watch.living() == {"me", "other"}
    seen(60.0)
    assert watch.living() is None
    assert watch.living() is None
    until(lambda: watch.living() == {"me"})
    sole = Watch(cast(DBOS, None), company.database, "sole", alone=True, lease_s=60.0)
    assert sole.living() == {"sole"}
    assert sole.living() == {"sole", "me"}


def test_a_short_recording_goes_before_a_long_one_that_came_earlier(company: Company) -> None:
    (company.folder / "hold").touch()
    company.start()
    company.visit()
    until(lambda: company.log("extract") == 1)
    long = company.visit(b"this is a long text file" * 20_000)
    short = company.visit()
    (company.folder / "hold").unlink()
    until(lambda: (company.read(short).state, company.read(long).state) == ("filed", "failed"))
    assert company.read(short).updated_at < company.read(long).updated_at
