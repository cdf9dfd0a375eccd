"""The seam to the job engine (DBOS Transact): work is asked for in the transaction that makes it necessary.

The rows are the truth. The engine remembers how far a piece of work has come; where the two disagree,
`reconcile` asks again. Its tables lie in the same database, so one commit holds both.
"""

import logging
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from dbos import DBOS, DBOSClient, EnqueueOptions, WorkflowStatus
from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from storage.database import Database
from storage.records import Job, Problem
from storage.rows import locked_visit
from storage.tables.visits import MemoRow, VisitRow
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.view import alive as alive_memos
from storage.work.leases import SHOWN_S, alive

QUEUE = "visits"
WORKFLOW, AHEAD = "visit_pipeline", "listen_ahead"
VERSION = "pipeline-1"
"""Constant over releases: the engine leaves work of another version alone. Change it only with an empty
queue, and do not reorder or remove stages without changing it."""
CRASHES = 4
"""Times that a piece of work may take its worker down before it is given up."""
LAST = 1_000_000
"""Priority of listening ahead: after every memo that is whole."""
UNDER_WAY = ("PENDING", "ENQUEUED", "DELAYED")
ENDED = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
KEPT = timedelta(days=7)
"""How long the engine's history of finished work is kept."""
PRUNED_AT_ONCE = 500
OVERDUE = timedelta(seconds=60)
"""A visit that is worked on for longer than this is looked up in the engine."""

CRASHED = Problem(
    code="worker_crashed",
    title="The program that listens to recordings stopped several times while it worked on this one.",
    action="Try again; if it stops again, record it in shorter parts or type a note. The recording is kept.",
    retryable=False,
)


if sqlite3.sqlite_version_info < (3, 42):  # Debian 12 has 3.40

    @event.listens_for(Engine, "connect")
    def tell_time(connection: object, _: object) -> None:
        """On Python 3.12 the engine's tables ask for `unixepoch('subsec')`, null before 3.42."""
        if isinstance(connection, sqlite3.Connection):
            connection.create_function("unixepoch", 1, lambda _: time.time())


class Jobs:
    """One for each process. Opening brings the engine's own tables to their newest form."""

    def __init__(self, database: Database) -> None:
        logging.getLogger("dbos").setLevel(logging.WARNING)  # its greetings are for its own users
        DBOS.migrate(database.url)
        if database.embedded:
            _index_by_status(database)
        self.database = database
        self.client = DBOSClient(
            system_database_url=database.url, system_database_pool_size=2, retry_connection_errors=False
        )

    def enqueue(self, session: Session, visit: str, memo: str | None, length_s: float) -> None:
        """Ask for this work once the session commits; the shortest goes first."""
        session.flush()
        self.client.enqueue_in_transaction(session, asked(visit, memo, length_s), visit, memo, length_s, 1)

    def listen_ahead(self, visit: str, memo: str) -> None:
        """Ask that a recording which still arrives be listened to; once, however often it is asked."""
        options = EnqueueOptions(
            workflow_name=AHEAD,
            queue_name=QUEUE,
            workflow_id=f"{visit}/{memo}/ahead-{uuid4().hex[:12]}",
            app_version=VERSION,
            priority=LAST,
            deduplication_id=f"ahead/{memo}",
            duplication_policy="return-existing",
        )
        self.client.enqueue(options, visit, memo)

    def waiting(self) -> bool:
        """A visit waits for a worker."""
        return bool(
            self.client.list_workflows(
                status="ENQUEUED", name=WORKFLOW, limit=1, load_input=False, load_output=False
            )
        )

    def worker_running(self, session: Session) -> bool:
        return bool(alive(session, SHOWN_S))

    def list(self, limit: int = 100) -> tuple[Job, ...]:
        """What waits, runs or was given up, the newest first; the finished are not shown."""
        shown = [*UNDER_WAY, "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
        found = self.client.list_workflows(
            status=shown, name=WORKFLOW, limit=limit, sort_desc=True, load_output=False
        )
        return tuple(_job(each) for each in found)

    def reconcile(self, overdue: timedelta = OVERDUE) -> int:
        """Ask again for work that a visit waits for and the engine knows nothing of; how often it was."""
        with self.database.reading() as session:
            late = select(VisitRow.id).where(
                VisitRow.state == "processing", col(VisitRow.updated_at) < datetime.now(UTC) - overdue
            )
            waiting = list(session.exec(late.order_by(col(VisitRow.updated_at)).limit(100)))
        known = self._under_way() if waiting else frozenset()
        return sum(self._mend(visit, overdue) for visit in waiting if visit not in known)

    def prune(self) -> bool:
        """Forget some old finished work; whether there may be more."""
        before = (datetime.now(UTC) - KEPT).isoformat()
        old = self.client.list_workflows(
            status=list(ENDED),
            name=[WORKFLOW, AHEAD],
            completed_before=before,
            limit=PRUNED_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        if old:
            self.client.delete_workflows([each.workflow_id for each in old])
        return len(old) == PRUNED_AT_ONCE

    def close(self) -> None:
        self.client.destroy()

    def _under_way(self) -> frozenset[str]:
        """Visits for which the engine has work; to ask for one visit alone it reads all its history."""
        found = self.client.list_workflows(
            status=list(UNDER_WAY), name=WORKFLOW, load_input=False, load_output=False
        )
        return frozenset(each.workflow_id.partition("/")[0] for each in found)

    def _mend(self, visit_id: str, overdue: timedelta) -> bool:
        known = self.client.list_workflows(
            workflow_id_prefix=f"{visit_id}/",
            name=WORKFLOW,
            sort_desc=True,
            load_input=False,
            load_output=False,
        )
        if any(each.status in UNDER_WAY for each in known):
            return False
        crashed = bool(known) and known[0].status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
        with self.database.writing() as session:
            visit = locked_visit(session, visit_id)
            if visit.state != "processing" or visit.updated_at > datetime.now(UTC) - overdue:
                return False
            unheard = session.exec(alive_memos(visit_id).where(MemoRow.state == "received")).all()
            for memo in unheard:
                if crashed:
                    Memos(session).fail(memo.id, CRASHED)
                else:
                    self.enqueue(session, visit_id, memo.id, 0.0)
            if not unheard and crashed:
                Reports(session).fail(visit_id, visit.revision, CRASHED)
            elif not unheard:
                self.enqueue(session, visit_id, None, 0.0)
        return True


def _index_by_status(database: Database) -> None:
    """The engine's own index of what is under way serves PostgreSQL alone: SQLite takes a partial index only
    where the query spells its condition out, and would read all history at each beat of a worker."""
    with database.writing() as session:
        session.connection().exec_driver_sql(
            "CREATE INDEX IF NOT EXISTS ix_workflow_by_status ON workflow_status (status, created_at)"
        )


def asked(visit: str, memo: str | None, length_s: float) -> EnqueueOptions:
    """A new piece of work. Its name begins with the visit's, so that a visit's work can be found."""
    return EnqueueOptions(
        workflow_name=WORKFLOW,
        queue_name=QUEUE,
        workflow_id=f"{visit}/{memo or 'visit'}/{uuid4().hex[:12]}",
        app_version=VERSION,
        priority=max(1, int(length_s)),
    )


def _job(status: WorkflowStatus) -> Job:
    visit, memo, _ = status.workflow_id.split("/")
    arguments = status.input["args"] if status.input else ()
    return Job(
        id=status.workflow_id,
        visit=visit,
        memo=None if memo == "visit" else memo,
        attempt=arguments[3] if len(arguments) > 3 else 1,
        status=status.status.lower(),
        worker=status.executor_id or None,
        asked_at=datetime.fromtimestamp((status.created_at or 0) / 1000, UTC),
    )
