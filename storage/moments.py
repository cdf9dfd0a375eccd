"""Calls, mails and notes that anybody logs about a customer: a visit of another kind, with one typed note.

They go the way of a visit, so their promises, complaints and personal facts reach the same brief.
"""

from datetime import UTC, datetime

from sqlmodel import Session

from storage.customers import live_row
from storage.errors import VisitDiffers
from storage.memos import Memos
from storage.queue import Queue
from storage.records import MomentKind, Visit
from storage.rows import insert_new, locked_visit
from storage.tables.visits import VisitRow
from storage.view import visit_record


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
    ) -> tuple[Visit, bool]:
        """The moment, and whether new; the same again changes nothing. Raises VisitDiffers, MemoDiffers."""
        live_row(self.session, customer)
        row = VisitRow(
            id=moment,
            kind=kind,
            rep=by,
            at=at,
            updated_at=datetime.now(UTC),
            sent_customer=customer,
            customer=customer,
            customer_chosen=True,
            candidates=(),
            doubts=(),
        )
        created = insert_new(self.session, row)
        stored = locked_visit(self.session, moment)
        if (stored.kind, stored.rep, stored.at, stored.sent_customer) != (kind, by, at, customer):
            raise VisitDiffers
        Memos(self.session).note(moment, f"{moment}.text", text=text, at=at, jobs=jobs)
        return visit_record(self.session, stored), created
