"""The durable workflow around the pipeline: every stage a step that is never repeated once it is done.

A worker that dies is noticed by its lease and its work goes on elsewhere; one that was only slow finds at its
next step that the work is no longer its own.
"""

import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import msgspec
from dbos import DBOS, DBOSConfig

from api import memory
from api.ahead import listen_ahead
from api.gathering import gather
from api.pipeline import STAGES, Desk, Engines, Stage, start_of
from api.watch import Watch
from nlp.errors import NlpError
from speech.errors import SpeechError
from storage.database import Database
from storage.errors import StorageError, Unavailable
from storage.records import Problem
from storage.sound.blobs import Blobs
from storage.sound.listening import Listening
from storage.sound.uploads import Uploads
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.waiting.queue import lift
from storage.work import leases
from storage.work.jobs import AHEAD, CRASHES, QUEUE, VERSION, WORKFLOW, Jobs, asked

log = logging.getLogger("rounds.worker")

RECONCILE_EVERY = 6
LIFT_EVERY = 12
PRUNE_EVERY = 720
"""In beats."""
FINISH_S = 90
"""How long a stage may still take when the worker is told to stop; then another worker repeats it."""

KNOWN = (SpeechError, NlpError, StorageError)

UNEXPECTED = Problem(
    code="internal",
    title="Something inside Rounds went wrong with this one.",
    action="Try again; if it fails again, type a note and show the log to whoever runs the server. "
    "The recording is kept.",
    retryable=True,
)


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How fast a worker looks around; tests are quicker."""

    poll_s: float = 0.15
    """How often the queue is looked at; bounds the time from a memo's arrival to its start."""
    beat_s: float = 5.0
    """Seconds between two signs of life. A model's native code may hold one up."""
    lease_s: float = leases.LEASE_S
    """Seconds without a sign of life after which a worker counts as dead."""
    pauses_s: tuple[float, ...] = (10.0, 60.0, 300.0, 1800.0)
    """Before each new try of what can pass by itself; after the last the visit says `failed`. What the store
    refused because it is full or not reachable is tried for ever, each time after the last pause."""


NORMAL = Pace()


def run(
    database: Database,
    blobs: Blobs,
    engines: Engines,
    *,
    sole: bool,
    stop: threading.Event | None = None,
    pace: Pace = NORMAL,
) -> None:
    """Work until SIGTERM, SIGINT or `stop`, then finish the stage at hand. `sole`: no worker of this
    installation runs on another machine, so what earlier ones left behind may be taken over at once."""
    stop = stop or _signalled()
    jobs = Jobs(database)
    me = f"{socket.gethostname()}-{uuid4().hex[:8]}"  # new at each start: an old life's work is not mine
    shift = leases.Shift(database)
    alone = shift.take() and sole
    with database.writing() as session:
        leases.beat(session, me)  # before the first piece of work can be claimed
    try:
        with _engine(database, me) as engine:
            desk = Desk(database=database, blobs=blobs, engines=engines)
            register(desk, pace.pauses_s)
            register_ahead(desk, jobs)
            DBOS.launch()
            DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=pace.poll_s)
            _watch(desk, jobs, Watch(engine, database, me, alone, pace.lease_s), stop, pace)
    finally:
        with database.writing() as session:
            leases.retire(session, me)
        shift.leave()
        jobs.close()


def register(desk: Desk, pauses_s: tuple[float, ...]) -> None:
    """Tell the engine about the workflow and its steps; names are what it remembers them by."""
    steps = [DBOS.step(name=stage.__name__)(step_of(desk, stage)) for stage in STAGES]

    @DBOS.step(name="give_up")
    def give_up(visit: str, memo: str | None, problem: Any) -> None:
        surrender(desk.database, visit, memo, msgspec.convert(problem, Problem))

    @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=CRASHES)
    def visit_pipeline(visit: str, memo: str | None, length_s: float, attempt: int) -> None:
        value: Any = {"visit": visit, "memo": memo}
        for step in steps:
            answer = step(value)
            if "problem" in answer:
                break
            value = answer["end"]
            if value is None:
                return
        else:
            return
        problem = answer["problem"]
        if not problem["retryable"] or (attempt > len(pauses_s) and not answer.get("passes")):
            give_up(visit, memo, problem)
            return
        later = asked(visit, memo, length_s)  # waits without holding this worker
        later["delay_seconds"] = pauses_s[min(attempt, len(pauses_s)) - 1]
        DBOS.enqueue_workflow_with_options(later, visit, memo, length_s, attempt + 1)


def register_ahead(desk: Desk, jobs: Jobs) -> None:
    """Tell the engine about listening ahead. It has no steps: what it has heard stands in its row."""

    @DBOS.workflow(name=AHEAD, max_recovery_attempts=CRASHES)
    def ahead(visit: str, memo: str) -> None:
        try:
            listen_ahead(desk, visit, memo, jobs.waiting)
        except Exception:
            log.exception("listening ahead to %s failed; it is heard when it is whole", memo)
        finally:
            memory.give_back()


def step_of(desk: Desk, stage: Stage) -> Callable[[Any], dict[str, Any]]:
    """A stage over plain values, which is what the engine keeps; a failure is an answer like another."""

    def step(value: Any) -> dict[str, Any]:
        start = msgspec.convert(value, start_of(stage))
        try:
            return {"end": msgspec.to_builtins(stage(desk, start))}
        except KNOWN as error:
            log.warning("%s of %s: %s", stage.__name__, start, error)
            passes = isinstance(error, Unavailable)  # the store's trouble, not the memo's: never given up
            return {"problem": msgspec.to_builtins(problem_of(error)), "passes": passes}
        except Exception as error:
            log.exception("%s of %s failed", stage.__name__, start)
            return {"problem": msgspec.to_builtins(problem_of(error))}
        finally:
            memory.give_back()

    return step


def surrender(database: Database, visit: str, memo: str | None, problem: Problem) -> None:
    """Say on the visit why nothing comes of it."""
    with database.writing() as session:
        if memo is not None and Memos(session).unheard(memo):
            Memos(session).fail(memo, problem)
        else:
            Reports(session).fail(visit, Visits(session).revision(visit), problem)


def problem_of(error: Exception) -> Problem:
    """An error in plain words, for the visit."""
    if isinstance(error, KNOWN):
        return Problem(
            code=error.code, title=str(error), action=error.action or "Try again.", retryable=error.retryable
        )
    if isinstance(error, MemoryError):
        return msgspec.structs.replace(
            UNEXPECTED, code="out_of_memory", title="There was not enough memory to listen to this recording."
        )
    return UNEXPECTED


@contextmanager
def _engine(database: Database, me: str) -> Iterator[DBOS]:
    engine = DBOS(
        config=DBOSConfig(
            name="rounds",
            system_database_url=database.url,
            executor_id=me,
            application_version=VERSION,
            run_migrations=False,
            log_level="WARNING",
            sys_db_pool_size=5,
            notification_listener_polling_interval_sec=1.0,
        )
    )
    try:
        yield engine
    finally:
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=FINISH_S)


def _watch(desk: Desk, jobs: Jobs, watch: Watch, stop: threading.Event, pace: Pace) -> None:
    """Beat, pick up what was left lying, and look after the queue, until told to stop."""
    beats, more, due = 0, False, None
    while True:
        try:
            watch.look_around()
            if beats % RECONCILE_EVERY == 0:
                jobs.reconcile()
            if beats % LIFT_EVERY == 0:
                with desk.database.writing() as session:
                    due = lift(session, due)
            if more or beats % PRUNE_EVERY == 0:
                more = jobs.prune()
            if beats % PRUNE_EVERY == 0:
                Uploads(desk.blobs).prune()
                with desk.database.writing() as session:
                    Listening(session).prune()
        except Exception:
            log.exception("looking after the queue failed; it is done again in %.0f s", pace.beat_s)
        gather_voices(desk)
        if desk.engines.rest():
            memory.give_back()
        beats += 1
        if stop.wait(pace.beat_s):
            return


def gather_voices(desk: Desk) -> None:
    """Apart from the rest, so that neither holds up the other."""
    if desk.engines.grouper is None:
        return
    try:
        gather(desk.database, desk.engines.grouper)
    except Exception:
        log.exception("what was heard is not in its subjects yet; it is tried again")


def _signalled() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
