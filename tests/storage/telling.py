"""Visits that were filed, written straight into the store."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from nlp.types import Competitor, Contact, Decided, Evidence, Feedback, Fields, Linking, Order, Report
from storage.database import Database
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

AT = datetime(2026, 3, 10, 18, 5, tzinfo=UTC)
SURE = Decided(confidence=0.95, evidence=())
PLAIN = Report(
    customer=None, new_customer=None, outcome="routine", summary="Nothing much.", contacts=(), orders=(),
    amounts=(), commitments=(), next_meeting=None, competitors=(), feedback=(), personal=(),
    fields=Fields(customer=SURE, outcome=SURE, next_meeting=SURE), doubts=(),
)  # fmt: skip


def met(*people: str) -> tuple[Contact, ...]:
    return tuple(Contact(id=each, name=each, role=None, phone=None, email=None) for each in people)


def ordered(*products: str) -> tuple[Order, ...]:
    return tuple(Order(product=each, name=each, quantity=1, unit=None, unit_price=None) for each in products)


def asked_for(*texts: str) -> tuple[Feedback, ...]:
    return tuple(Feedback(kind="idea", text=each) for each in texts)


def named(words: str, said: str, memo: str) -> tuple[Competitor, ...]:
    """A competitor in what was said there."""
    start = said.index(words)
    where = Evidence(memo=memo, start=start, end=start + len(words), start_s=None, end_s=None)
    return (Competitor(name=words, evidence=(where,)),)


def file(
    database: Database,
    visit: str,
    customer: str | None,
    *,
    rep: str = "r1",
    text: str = "Words.",
    days: int = 0,
    **values: Any,
) -> None:
    """A visit so many days after AT; the same again replaces its report."""
    at = AT + timedelta(days=days)
    report = msgspec.structs.replace(PLAIN, customer=customer, **values)
    linking = Linking(customer=customer, new_customer=None, decided=SURE, candidates=(), contacts=())
    with database.writing() as session:
        Visits(session).check_in(visit, rep=rep, at=at, position=None, customer=None, jobs=Listed())
        note = f"n-{visit}-{Visits(session).revision(visit)}"
        Memos(session).note(visit, note, text=text, at=at, jobs=Listed())
        assert Reports(session).file(visit, Visits(session).revision(visit), report, linking)
