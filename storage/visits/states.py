"""The state of a visit, worked out in this one place, in the transaction that changed something about it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from storage.desk.stakes import doubtfulness
from storage.events import Events
from storage.records import VisitState
from storage.tables.visits import MemoRow, VisitRow


def state_of(
    memos: Sequence[str], *, approved: bool, behind: bool, broken: bool, doubtful: bool
) -> VisitState:
    """`memos`: their states; `behind`: the newest revision has no answer; `broken`: it is a failure."""
    if approved:
        return "approved"
    if not memos:
        return "open"
    if "received" in memos:
        return "processing"
    if "transcribed" not in memos:
        return "failed"
    if behind:
        return "processing"
    if broken:
        return "failed"
    return "needs_review" if doubtful or "failed" in memos else "filed"


def settle(session: Session, visit: VisitRow) -> None:
    """Write the state that follows from the memos and the report, and tell those who watch."""
    session.flush()
    alive = select(col(MemoRow.state), col(MemoRow.problem)).where(
        MemoRow.visit == visit.id, col(MemoRow.deleted_at).is_(None)
    )
    memos = session.exec(alive.order_by(col(MemoRow.at), col(MemoRow.id))).all()
    problems = [problem for _, problem in memos if problem is not None]
    visit.state = state_of(
        [state for state, _ in memos],
        approved=visit.approved_at is not None,
        behind=visit.filed_revision < visit.revision,
        broken=visit.failure is not None,
        doubtful=bool(visit.doubts) or visit.customer is None,
    )
    visit.problem = visit.failure or (problems[-1] if problems else None)
    visit.doubt = doubtfulness(visit)
    visit.updated_at = datetime.now(UTC)
    session.add(visit)
    Events(session).append("visit", visit.id)
