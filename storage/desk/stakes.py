"""What makes it matter that a report is right, and how much of it is in doubt: what the review list goes by.

Points, so that orders in any currency compare: a hundred for each nought of an order's amount, and as much
for a complaint, a lost customer or a new one as for an order of a thousand.
"""

from math import log10

from sqlmodel import Session, col, select

from nlp.types import Report
from storage.records import Stake, StakeKind
from storage.tables.customers import ProductRow
from storage.tables.visits import VisitRow

SERIOUS = 300
"""Points of whatever is no order."""
A_NOUGHT = 100
FAILED, WHO, A_VALUE = 100, 50, 10
"""Points of doubt: nothing was understood, at whom it was, one value."""


def stakes(session: Session, visit: VisitRow, report: Report) -> tuple[Stake, ...]:
    """The weightiest first."""
    kinds: list[StakeKind] = []
    if any(each.kind == "complaint" for each in report.feedback) or report.outcome == "complaint":
        kinds.append("complaint")
    if report.outcome == "lost":
        kinds.append("lost")
    if visit.customer is None and report.new_customer:
        kinds.append("new_customer")
    found = [Stake(kind=kind, amount=None) for kind in kinds]
    if report.orders:
        found.append(Stake(kind="order", amount=amount(session, report)))
    return tuple(sorted(found, key=points, reverse=True))


def amount(session: Session, report: Report) -> float | None:
    """What was ordered, at the price that was said, else at the catalogue's; null when neither is known."""
    ids = {each.product for each in report.orders if each.product}
    known = select(ProductRow.id, ProductRow.price).where(col(ProductRow.id).in_(ids))
    prices = dict(session.exec(known).all())
    sums = []
    for each in report.orders:
        price = each.unit_price if each.unit_price is not None else prices.get(each.product or "")
        if price is not None:
            sums.append(price * (1 if each.quantity is None else each.quantity))
    return round(sum(sums), 2) if sums else None


def points(stake: Stake) -> int:
    if stake.kind != "order":
        return SERIOUS
    return round(A_NOUGHT * log10(max(10.0, stake.amount or 0.0)))


def weigh(session: Session, visit: VisitRow, report: Report) -> None:
    """Write what is at stake into the visit's row."""
    visit.stakes = stakes(session, visit, report)
    visit.weight = sum(map(points, visit.stakes))
    kinds = [each.kind for each in report.feedback]
    visit.complaints, visit.compliments = kinds.count("complaint"), kinds.count("compliment")


def doubtfulness(visit: VisitRow) -> int:
    if visit.state == "failed":
        return FAILED
    return (WHO if visit.customer is None else 0) + A_VALUE * len(visit.doubts)
