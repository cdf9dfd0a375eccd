"""Calls, mails and notes that anybody logs about a customer: a visit of another kind, with one typed note.

They go the way of a visit, so their promises, complaints and personal facts reach the same brief.
"""

from datetime import UTC, datetime

from sqlmodel import Session

from nlp.types import Contact, Outcome
from storage.crm.customers import Customers, standing
from storage.errors import UnknownContact, VisitDiffers
from storage.records import MomentKind, Visit
from storage.rows import insert_new, locked_visit
from storage.tables.visits import VisitRow
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.view import visit_record
from storage.work.queue import Queue


class Moments:
    def __init__(self, session: Session) -> None:
        self.session = session

    def put(
        self,
        customer: str,
        moment: str,
        *,
        kind: MomentKind,
        at: datetime,
        text: str,
        by: str,
        jobs: Queue,
        people: tuple[str, ...] = (),
        outcome: Outcome | None = None,
    ) -> tuple[Visit, bool]:
        """The moment, and whether new; the same again changes nothing. Whom it was with (ids of contacts) and
        what came of it stand over what is understood. Raises VisitDiffers, MemoDiffers, UnknownContact."""
        customer = standing(self.session, customer).id
        with_whom = self._people(customer, people)
        row = VisitRow(
            id=moment,
            kind=kind,
            rep=by,
            at=at,
            updated_at=datetime.now(UTC),
            sent_customer=customer,
            customer=customer,
            customer_chosen=True,
            outcome=outcome,
            candidates=(),
            doubts=(),
        )
        created = insert_new(self.session, row)
        stored = locked_visit(self.session, moment)
        if (stored.kind, stored.rep, stored.at, stored.sent_customer) != (kind, by, at, customer):
            raise VisitDiffers
        if created:
            told = {"contacts": with_whom or None, "outcome": outcome}
            Reports(self.session).tell(moment, {field: it for field, it in told.items() if it}, by=by)
        Memos(self.session).note(moment, f"{moment}.text", text=text, at=at, jobs=jobs)
        return visit_record(self.session, stored), created

    def _people(self, customer: str, ids: tuple[str, ...]) -> tuple[Contact, ...]:
        known = {each.id: each for each in Customers(self.session).get(customer).contacts}
        if any(each not in known for each in ids):
            raise UnknownContact
        return tuple(
            Contact(id=each.id, name=each.name, role=each.role, phone=each.phone, email=each.email)
            for each in (known[ident] for ident in dict.fromkeys(ids))
        )
