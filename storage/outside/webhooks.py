"""What other programs are told: an outbox, written in the transaction of the change and sent by a worker.

Messages have the form of the Standard Webhooks specification: `type`, `timestamp`, `data`. One may arrive
twice, under the same id; none is lost while it is tried.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeAlias
from uuid import uuid4

import msgspec
from sqlmodel import Session, col, delete, select, update

from nlp.types import Report
from storage.errors import UnknownWebhook
from storage.outside.signing import new_secret
from storage.records import Record
from storage.tables.customers import CustomerRow
from storage.tables.visits import PromiseRow, VisitRow
from storage.tables.webhooks import DeliveryRow, WebhookRow
from storage.visits.summaries import names

Kind: TypeAlias = Literal["visit.filed", "visit.corrected", "promise.made", "promise.done"]

PAUSES_S = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Before each further attempt: the specification's example, three days in all."""
CLAIMED_S = 120
"""How long a claimed message is nobody else's; more than an attempt takes."""
KEPT = timedelta(days=30)
SHOWN = 100


class Webhook(Record, frozen=True, kw_only=True):
    id: str
    url: str
    kinds: tuple[str, ...]
    made_at: datetime


class NewWebhook(Record, frozen=True, kw_only=True):
    """Told once: the secret is never shown again."""

    webhook: Webhook
    secret: str


class Delivery(Record, frozen=True, kw_only=True):
    """A line of the log."""

    id: str
    url: str
    kind: str
    made_at: datetime
    attempts: int
    state: Literal["waiting", "delivered", "given_up"]
    status: int | None
    said: str | None
    due_at: datetime | None
    sent_at: datetime | None


class Message(Record, frozen=True, kw_only=True):
    """One to be sent now."""

    id: str
    url: str
    secret: str
    body: bytes


class Outcome(Record, frozen=True, kw_only=True):
    status: int | None
    said: str | None
    """Why it failed; null when the receiver took it."""


class Webhooks:
    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self) -> tuple[Webhook, ...]:
        rows = self.session.exec(select(WebhookRow).order_by(col(WebhookRow.made_at), col(WebhookRow.id)))
        return tuple(record(row) for row in rows)

    def add(self, url: str, kinds: tuple[Kind, ...]) -> NewWebhook:
        """`url` was checked by whoever sends (`api.sending`)."""
        row = WebhookRow(id=uuid4().hex, url=url, secret=new_secret(), kinds=kinds, made_at=datetime.now(UTC))
        self.session.add(row)
        return NewWebhook(webhook=record(row), secret=row.secret)

    def remove(self, webhook_id: str) -> None:
        row = self.session.get(WebhookRow, webhook_id)
        if row is None:
            raise UnknownWebhook
        self.session.exec(delete(DeliveryRow).where(col(DeliveryRow.webhook) == webhook_id))
        self.session.delete(row)

    def log(self) -> tuple[Delivery, ...]:
        """The newest first."""
        rows = self.session.exec(
            select(DeliveryRow, WebhookRow)
            .join(WebhookRow, col(WebhookRow.id) == col(DeliveryRow.webhook))
            .order_by(col(DeliveryRow.made_at).desc(), col(DeliveryRow.id))
            .limit(SHOWN)
        )
        return tuple(
            Delivery(
                id=row.id,
                url=webhook.url,
                kind=row.kind,
                made_at=row.made_at,
                attempts=row.attempts,
                state=row.state,  # type: ignore[arg-type]
                status=row.status,
                said=row.said,
                due_at=row.due_at,
                sent_at=row.sent_at,
            )
            for row, webhook in rows
        )

    def waiting(self) -> bool:
        due = select(DeliveryRow.id).where(col(DeliveryRow.due_at) <= datetime.now(UTC))
        return self.session.exec(due.limit(1)).first() is not None

    def claim(self) -> Message | None:
        """The one that waits longest, for this worker alone; it waits again should the worker die."""
        now = datetime.now(UTC)
        due = select(DeliveryRow).where(col(DeliveryRow.due_at) <= now).order_by(col(DeliveryRow.due_at))
        row = self.session.exec(due.limit(1).with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        row.due_at, row.attempts = now + timedelta(seconds=CLAIMED_S), row.attempts + 1
        webhook = self.session.get_one(WebhookRow, row.webhook)
        return Message(id=row.id, url=webhook.url, secret=webhook.secret, body=row.body.encode())

    def settle(self, message_id: str, outcome: Outcome) -> None:
        """Delivered, to be tried again after a longer pause, or given up."""
        row = self.session.get(DeliveryRow, message_id, with_for_update=True)
        if row is None:
            return
        now = datetime.now(UTC)
        row.status, row.said = outcome.status, outcome.said
        if outcome.said is None:
            row.state, row.due_at, row.sent_at = "delivered", None, now
        elif row.attempts > len(PAUSES_S):
            row.state, row.due_at = "given_up", None
        else:
            row.due_at = now + timedelta(seconds=PAUSES_S[row.attempts - 1])

    def again(self, message_id: str) -> None:
        """Once more, now; its pauses begin anew."""
        changed = self.session.exec(
            update(DeliveryRow)
            .where(col(DeliveryRow.id) == message_id)
            .values(due_at=datetime.now(UTC), state="waiting", attempts=0)
        )
        if not changed.rowcount:
            raise UnknownWebhook("There is no such message.")

    def prune(self) -> None:
        """Forget what is long done."""
        old = datetime.now(UTC) - KEPT
        self.session.exec(
            delete(DeliveryRow).where(col(DeliveryRow.made_at) < old, col(DeliveryRow.due_at).is_(None))
        )


def announce(session: Session, kind: Kind, data: dict[str, Any]) -> None:
    """Write it down for each receiver that asked for this kind; nothing when nobody did."""
    now = datetime.now(UTC)
    for webhook in session.exec(select(WebhookRow)).all():
        if kind in webhook.kinds:
            body = msgspec.json.encode({"type": kind, "timestamp": now, "data": data}).decode()
            session.add(
                DeliveryRow(
                    id=f"msg_{uuid4().hex}", webhook=webhook.id, kind=kind, body=body, made_at=now, due_at=now
                )
            )


def announce_visit(session: Session, kind: Kind, visit: VisitRow, report: Report) -> None:
    places = names(session, CustomerRow, {visit.customer} if visit.customer else set())
    announce(
        session,
        kind,
        {
            "visit": visit.id,
            "kind": visit.kind,
            "at": visit.at,
            "rep": visit.rep,
            "state": visit.state,
            "customer": visit.customer,
            "customer_name": places.get(visit.customer or "", visit.new_customer),
            "report": msgspec.to_builtins(report),
        },
    )


def announce_promise(session: Session, kind: Kind, row: PromiseRow) -> None:
    """Nothing for a complaint or a follow-up: those are told with their report."""
    said = ("id", "visit", "rep", "customer", "action", "owner", "due", "said_at", "done_at", "holder")
    if row.kind == "promise":
        announce(session, kind, {name: getattr(row, name) for name in said})


def record(row: WebhookRow) -> Webhook:
    return Webhook(id=row.id, url=row.url, kinds=tuple(row.kinds), made_at=row.made_at)
