"""The customer in twenty seconds: what anybody here ever heard from them, open promises first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from nlp.types import Report
from storage.companies import Companies
from storage.customers import Customers
from storage.promises import Promises
from storage.records import Brief, CustomerPage, Remark
from storage.tables.visits import ReportRow, VisitRow
from storage.visits import Visits

READ = 30
"""Reports that a brief is made of, the newest."""
REMARKS = 10
VISITS = 3
PRODUCTS = 6

Filed: TypeAlias = tuple[str, datetime, Report]


def customer_page(session: Session, customer_id: str, limit: int = 20) -> CustomerPage:
    customer = Customers(session).get(customer_id)
    timeline = Visits(session).timeline(customer_id, limit)
    filed = _filed(session, customer_id)
    today = datetime.now(UTC).astimezone(ZoneInfo(Companies(session).get().timezone)).date().isoformat()
    meetings = [report.next_meeting for _, _, report in filed if report.next_meeting]
    brief = Brief(
        last_visits=tuple(visit for visit in timeline.items if visit.state != "open")[:VISITS],
        promises=Promises(session).open(customer=customer_id),
        feedback=_newest(_feedback(filed)),
        personal=_newest(_personal(filed)),
        competitors=_newest(_competitors(filed)),
        buys=_buys(filed),
        next_meeting=min((meeting for meeting in meetings if meeting[:10] >= today), default=None),
    )
    return CustomerPage(customer=customer, brief=brief, timeline=timeline)


def _filed(session: Session, customer_id: str) -> list[Filed]:
    query = (
        select(col(VisitRow.id), col(VisitRow.at), col(ReportRow.filed))
        .join(ReportRow, col(ReportRow.visit) == col(VisitRow.id))
        .where(VisitRow.customer == customer_id)
        .order_by(col(VisitRow.at).desc(), col(VisitRow.id).desc())
    )
    return list(session.exec(query.limit(READ)).all())


def _feedback(filed: list[Filed]) -> Iterator[Remark]:
    for visit, at, report in filed:
        for said in report.feedback:
            yield Remark(visit=visit, at=at, kind=said.kind, who=None, text=said.text, evidence=said.evidence)


def _personal(filed: list[Filed]) -> Iterator[Remark]:
    for visit, at, report in filed:
        for said in report.personal:
            yield Remark(
                visit=visit, at=at, kind="personal", who=said.person, text=said.fact, evidence=said.evidence
            )


def _competitors(filed: list[Filed]) -> Iterator[Remark]:
    for visit, at, report in filed:
        for said in report.competitors:
            yield Remark(
                visit=visit, at=at, kind="competitor", who=None, text=said.name, evidence=said.evidence
            )


def _newest(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Each thing once, as it was said last."""
    once: dict[tuple[str | None, str], Remark] = {}
    for remark in remarks:
        once.setdefault((remark.who, remark.text.casefold()), remark)
    return tuple(once.values())[:REMARKS]


def _buys(filed: list[Filed]) -> tuple[str, ...]:
    """What they order most often."""
    ordered = Counter(order.name for _, _, report in filed for order in report.orders)
    return tuple(name for name, _ in ordered.most_common(PRODUCTS))
