"""Acknowledgements by mail: written down when a person presses 'send', then sent by a worker, once at most.

A letter is marked `sending` before the mail server gets it. A worker that dies in between leaves one of
which nobody knows whether it went out (`unsure`): that one is not tried again by itself.
"""

from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias
from uuid import uuid4

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, col, select

from storage.crm.companies import Companies
from storage.crm.promises import lane
from storage.errors import BadAddress, LetterSent, UnknownLetter, UnknownPromise
from storage.events import Events
from storage.records import Record
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import PromiseRow, VisitRow
from storage.tables.waiting import LetterRow
from storage.visits.summaries import names

LetterState: TypeAlias = Literal["waiting", "sending", "sent", "refused", "unsure", "given_up"]

PAUSES_S = (30, 120, 600, 1_800, 7_200, 21_600, 43_200, 86_400)
"""Before each further attempt, two days in all: a mail server that is down comes back."""
CLAIMED_S = 300
"""How long a worker may take over one letter; more than an attempt takes."""
OVER: tuple[LetterState, ...] = ("refused", "unsure", "given_up")
"""May be pressed once more, with another address or other words."""
BROKE_OFF = "The sending was interrupted; whether it arrived is not known. Ask before you send it again."
SHOWN = 100


class Letter(Record, frozen=True, kw_only=True):
    id: str
    task: str
    customer: str | None
    customer_name: str | None
    address: str
    subject: str
    text: str
    due: str | None
    by_name: str
    made_at: datetime
    state: LetterState
    attempts: int
    said: str | None
    """Why it has not arrived, in plain words."""
    try_at: datetime | None
    sent_at: datetime | None


class Outgoing(Record, frozen=True, kw_only=True):
    """One to be sent now."""

    id: str
    sender_name: str
    address: str
    subject: str
    text: str
    made_at: datetime


class Posted(Record, frozen=True, kw_only=True):
    """What the mail server made of it; `later` is tried again."""

    state: Literal["sent", "later", "refused", "unsure"]
    said: str | None


class Letters:
    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, task_id: str) -> Letter | None:
        row = self.session.exec(select(LetterRow).where(LetterRow.task == task_id)).first()
        return self._records([row])[0] if row else None

    def log(self) -> tuple[Letter, ...]:
        """The newest first."""
        newest = select(LetterRow).order_by(col(LetterRow.made_at).desc())
        return self._records(list(self.session.exec(newest.limit(SHOWN))))

    def send(
        self, task_id: str, *, address: str, subject: str, text: str, due: str | None, by: str
    ) -> Letter:
        """Somebody pressed 'send'. `due` becomes the task's day where none was said. Raises UnknownPromise,
        LetterSent, BadAddress."""
        task = self.session.get(PromiseRow, task_id, with_for_update=True)
        if task is None:
            raise UnknownPromise
        known = self.session.exec(select(LetterRow).where(LetterRow.task == task_id)).first()
        if known is not None and known.state not in OVER:
            raise LetterSent
        now = datetime.now(UTC)
        row = LetterRow(
            id=known.id if known else uuid4().hex,
            task=task_id,
            visit=task.visit,
            address=checked(address),
            subject=subject.strip(),
            text=text.strip(),
            due=due,
            by=by,
            made_at=now,
            try_at=now,
        )
        row = self.session.merge(row)
        self.session.flush()
        if task.due is None and due is not None:
            task.due = due
            task.lane = lane(task, Companies(self.session).today())
        Events(self.session).append("task", task_id)
        return self._records([row])[0]

    def waiting(self) -> bool:
        due = select(LetterRow.id).where(col(LetterRow.try_at) <= datetime.now(UTC))
        return self.session.exec(due.limit(1)).first() is not None

    def claim(self) -> Outgoing | None:
        """The one that waits longest, for this worker alone. One that a worker left in the middle is put
        aside."""
        now = datetime.now(UTC)
        due = select(LetterRow).where(col(LetterRow.try_at) <= now).order_by(col(LetterRow.try_at))
        row = self.session.exec(due.limit(1).with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        Events(self.session).append("task", row.task)
        if row.state == "sending":
            row.state, row.try_at, row.said = "unsure", None, BROKE_OFF
            return None
        row.state, row.attempts = "sending", row.attempts + 1
        row.try_at = now + timedelta(seconds=CLAIMED_S)
        company = Companies(self.session).get().name
        return Outgoing(
            id=row.id,
            sender_name=company,
            address=row.address,
            subject=row.subject,
            text=row.text,
            made_at=row.made_at,
        )

    def settle(self, letter_id: str, posted: Posted) -> None:
        row = self.session.get(LetterRow, letter_id, with_for_update=True)
        if row is None or row.state not in ("sending", "unsure"):
            return
        now = datetime.now(UTC)
        row.said, row.try_at = posted.said, None
        if posted.state == "sent":
            row.state, row.sent_at = "sent", now
        elif posted.state != "later":
            row.state = posted.state
        elif row.attempts > len(PAUSES_S):
            row.state = "given_up"
        else:
            row.state, row.try_at = "waiting", now + timedelta(seconds=PAUSES_S[row.attempts - 1])
        Events(self.session).append("task", row.task)

    def again(self, letter_id: str) -> Letter:
        """Now, without waiting for the next attempt. Raises UnknownLetter, LetterSent."""
        row = self.session.get(LetterRow, letter_id, with_for_update=True)
        if row is None or not row.address:
            raise UnknownLetter
        if row.state not in ("waiting", *OVER):
            raise LetterSent
        row.state, row.attempts, row.try_at = "waiting", 0, datetime.now(UTC)
        Events(self.session).append("task", row.task)
        return self._records([row])[0]

    def _records(self, rows: list[LetterRow]) -> tuple[Letter, ...]:
        at = select(VisitRow.id, VisitRow.customer).where(col(VisitRow.id).in_({row.visit for row in rows}))
        whose = dict(self.session.exec(at).all())
        places = names(self.session, CustomerRow, {each for each in whose.values() if each})
        people = names(self.session, EmployeeRow, {row.by for row in rows})
        return tuple(
            Letter(
                id=row.id,
                task=row.task,
                customer=whose[row.visit],
                customer_name=places.get(whose[row.visit] or ""),
                address=row.address,
                subject=row.subject,
                text=row.text,
                due=row.due,
                by_name=people[row.by],
                made_at=row.made_at,
                state=row.state,  # type: ignore[arg-type]
                attempts=row.attempts,
                said=row.said,
                try_at=row.try_at,
                sent_at=row.sent_at,
            )
            for row in rows
        )


def forget_letters(session: Session, customer: str, address: str | None = None) -> None:
    """Nothing personal stays of what went to this customer, or to one address there; that something went
    stays, so that it does not go twice. What waits is not sent any more."""
    theirs = select(LetterRow).join(VisitRow, col(VisitRow.id) == col(LetterRow.visit))
    theirs = theirs.where(VisitRow.customer == customer)
    for row in session.exec(theirs).all():
        if address is not None and row.address.casefold() != address.strip().casefold():
            continue
        row.address = row.subject = row.text = ""
        row.try_at = None
        if row.state == "waiting":
            row.state = "given_up"


def checked(address: str) -> str:
    try:
        found = validate_email(address.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise BadAddress(f"'{address.strip()[:100]}' is no mail address.") from error
    return found.ascii_email or found.normalized
