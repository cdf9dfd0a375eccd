"""The customer in twenty seconds: what anybody here ever heard from them, and what to say first."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from sqlmodel import Session, col, select

from nlp.types import Report
from storage.crm.companies import Companies
from storage.crm.customers import Customers
from storage.crm.promises import Promises
from storage.pages.opening import opening
from storage.pages.story import Bought, Brief, CustomerPage, Remark, Told
from storage.records import Page, VisitSummary
from storage.tables.visits import ReportRow, VisitRow
from storage.visits.visits import Visits

READ = 30
"""Reports that a brief is made of, the newest."""
REMARKS = 10
MOMENTS = 3
PRODUCTS = 6
MOOD = timedelta(days=365)
"""How long praise and complaints say how a customer feels."""

Filed: TypeAlias = tuple[str, datetime, Report]


def customer_page(session: Session, customer_id: str, limit: int = 20) -> CustomerPage:
    customer = Customers(session).get(customer_id)
    customer_id = customer.id
    timeline = Visits(session).timeline(customer_id, limit)
    filed = _filed(session, customer_id)
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo(Companies(session).get().timezone)).date().isoformat()
    recent = [each for each in filed if each[1] >= now - MOOD]
    planned = [report.next_meeting for _, _, report in filed if report.next_meeting]
    brief = Brief(
        opening=None,
        moments=_moments(timeline, filed),
        promises=Promises(session).open(customer=customer_id),
        compliment=next(_feedback(recent, "compliment"), None),
        complaint=next(_feedback(recent, "complaint"), None),
        ideas=_newest(_feedback(filed, "idea")),
        personal=_newest(_personal(filed)),
        competitors=_newest(_competitors(filed)),
        buys=_buys(filed),
        next_meeting=min((meeting for meeting in planned if meeting[:10] >= today), default=None),
    )
    brief = replace(brief, opening=opening(brief, today, now))
    return CustomerPage(customer=customer, brief=brief, timeline=timeline)


def _filed(session: Session, customer_id: str) -> list[Filed]:
    query = (
        select(col(VisitRow.id), col(VisitRow.at), col(ReportRow.filed))
        .join(ReportRow, col(ReportRow.visit) == col(VisitRow.id))
        .where(VisitRow.customer == customer_id)
        .order_by(col(VisitRow.at).desc(), col(VisitRow.id).desc())
    )
    return list(session.exec(query.limit(READ)).all())


def _moments(timeline: Page[VisitSummary], filed: list[Filed]) -> tuple[Told, ...]:
    people = {visit: tuple(each.name for each in report.contacts) for visit, _, report in filed}
    return tuple(
        Told(
            visit=each.id,
            kind=each.kind,
            at=each.at,
            rep_name=each.rep_name,
            people=people.get(each.id, ()),
            outcome=each.outcome,
            summary=each.summary,
        )
        for each in [visit for visit in timeline.items if visit.state != "open"][:MOMENTS]
    )


def _feedback(filed: list[Filed], kind: str) -> Iterator[Remark]:
    for visit, at, report in filed:
        for said in report.feedback:
            if said.kind == kind:
                yield Remark(visit=visit, at=at, kind=kind, who=None, text=said.text, evidence=said.evidence)


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


def _buys(filed: list[Filed]) -> tuple[Bought, ...]:
    """What they order most often, as they ordered it last."""
    bought: dict[str, Bought] = {}
    for visit, at, report in filed:
        for name, order in {order.name: order for order in report.orders}.items():
            last = bought.get(name) or Bought(
                visit=visit, at=at, name=name, times=0, quantity=order.quantity, unit=order.unit,
                evidence=order.evidence,
            )  # fmt: skip
            bought[name] = replace(last, times=last.times + 1)
    return tuple(sorted(bought.values(), key=lambda each: -each.times)[:PRODUCTS])
