"""Work that nobody does any more: a dead worker's is taken over, and so is what this one let fall itself."""

import logging

from dbos import DBOS

from storage.database import Database
from storage.work import leases
from storage.work.jobs import QUEUE, UNDER_WAY

log = logging.getLogger("rounds.worker")


class Watch:
    """Looks around once a beat. `alone`: no other worker lives, so what runs at the start is left over."""

    def __init__(self, engine: DBOS, database: Database, me: str, alone: bool, lease_s: float) -> None:
        self._engine, self._database, self._me = engine, database, me
        self._alone, self._lease_s = alone, lease_s
        self._judges_from_s = 0.0
        self._fallen: frozenset[str] = frozenset()

    def look_around(self) -> None:
        """Reckoned from the work, not from expired leases: a worker that wakes and dies again is seen too."""
        living = self.living()
        running = DBOS.list_workflows(status=UNDER_WAY[0], load_input=False, load_output=False)
        if living is not None:
            dead = {work.executor_id for work in running if work.executor_id} - living
            if dead:
                log.warning("taking over from %s", ", ".join(sorted(dead)))
                DBOS._recover_pending_workflows(sorted(dead))  # the engine has no public call for this
        self._pick_up({work.workflow_id for work in running if work.executor_id == self._me})

    def living(self) -> frozenset[str] | None:
        """Null while this worker has just been away itself: whatever kept it from beating (a store that was
        gone, a machine that slept) may have kept the others too, so they get a lease's time to show up."""
        with self._database.writing() as session:
            now_s, seen_s = leases.beat(session, self._me)
            if self._alone:
                self._alone = False
                return frozenset({self._me})
            if now_s - seen_s > self._lease_s / 2:
                self._judges_from_s = now_s + self._lease_s
            return leases.alive(session, self._lease_s) if now_s >= self._judges_from_s else None

    def _pick_up(self, mine: set[str]) -> None:
        """Of what the engine counts as running here, that which was not running at two looks in a row: the
        store failed it between claiming and starting, or when it was to write down how it ended."""
        fallen = frozenset(mine.difference(self._engine._active_workflows_set.activeList()))
        for work in fallen & self._fallen:
            log.warning("picking up %s, which was let fall here", work)
            DBOS.resume_workflow(work, queue_name=QUEUE)
        self._fallen = fallen - self._fallen
