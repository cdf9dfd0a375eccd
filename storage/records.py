"""The frozen structs that callers of storage see; database rows never leave this package."""

from datetime import datetime
from typing import Generic, Literal, TypeAlias, TypeVar

import msgspec

from nlp.types import Evidence, Link, Owner, Report
from speech.types import Transcript

Role: TypeAlias = Literal["rep", "manager", "employee", "admin"]
VisitState: TypeAlias = Literal["open", "processing", "filed", "needs_review", "failed", "approved"]
MomentKind: TypeAlias = Literal["visit", "call", "mail", "note"]
StakeKind: TypeAlias = Literal["order", "complaint", "lost", "new_customer"]
MemoKind: TypeAlias = Literal["voice", "note"]
MemoState: TypeAlias = Literal["received", "transcribed", "failed"]
EventKind: TypeAlias = Literal[
    "visit", "customer", "people", "catalogue", "call", "task", "talk", "told", "heard"
]
TaskKind: TypeAlias = Literal["promise", "complaint", "follow_up"]
Reason: TypeAlias = Literal["skill", "said", "area", "visits", "heard", "taken", "handed"]
Ahead: TypeAlias = Literal["overdue", "today", "complaint"]

T = TypeVar("T")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, named fields only, no defaults, so nothing is left out by accident."""


class Page(Record, Generic[T], frozen=True, kw_only=True):
    """One page of a keyset listing; `after` asks for the next one, null on the last."""

    items: tuple[T, ...]
    after: str | None


class Problem(Record, frozen=True, kw_only=True):
    """Why something failed and what a person can do about it, in plain words."""

    code: str
    title: str
    action: str
    retryable: bool


# People and their phones -----------------------------------------------------------------------------------


class Company(Record, frozen=True, kw_only=True):
    name: str
    timezone: str
    currency: str
    region: str


class Employee(Record, frozen=True, kw_only=True):
    id: str
    name: str
    role: Role
    active: bool


class Device(Record, frozen=True, kw_only=True):
    """A phone or browser that holds a token; the token itself is stored hashed and never shown again."""

    id: str
    employee: str
    label: str
    created_at: datetime
    last_seen_at: datetime | None
    revoked_at: datetime | None


class Invite(Record, frozen=True, kw_only=True):
    """A one-time code, shown once to whoever made it."""

    code: str
    employee: str
    expires_at: datetime


class Identity(Record, frozen=True, kw_only=True):
    """Who is calling, from which device."""

    employee: Employee
    device: str


class Person(Record, frozen=True, kw_only=True):
    """An employee with all their devices, as the people page shows them: those shut out come last."""

    employee: Employee
    devices: tuple[Device, ...]


# What the company knows ------------------------------------------------------------------------------------


class Contact(Record, frozen=True, kw_only=True):
    id: str
    customer: str
    name: str
    role: str | None
    phone: str | None
    email: str | None


class Customer(Record, frozen=True, kw_only=True):
    id: str
    name: str
    aliases: tuple[str, ...]
    address: str | None
    lat: float | None
    lon: float | None
    phone: str | None
    contacts: tuple[Contact, ...]


class Hit(Record, frozen=True, kw_only=True):
    """A customer found by name, phone digits or place, and what in it matched."""

    customer: Customer
    matched: str
    distance_m: float | None
    score: float


class Product(Record, frozen=True, kw_only=True):
    id: str
    name: str
    aliases: tuple[str, ...]
    unit: str | None
    price: float | None


class Competitor(Record, frozen=True, kw_only=True):
    name: str
    aliases: tuple[str, ...]


# A visit ---------------------------------------------------------------------------------------------------


class Position(Record, frozen=True, kw_only=True):
    """A phone's fix. `weak`: older than 60 s or worse than 150 m, so only a hint."""

    lat: float
    lon: float
    accuracy_m: float
    age_s: float
    weak: bool


class Memo(Record, frozen=True, kw_only=True):
    """A voice memo or typed note of a visit."""

    id: str
    kind: MemoKind
    state: MemoState
    at: datetime
    received_at: datetime
    content_type: str
    bytes: int
    sha256: str
    length_s: float | None
    transcript: Transcript | None
    problem: Problem | None


class Receipt(Record, frozen=True, kw_only=True):
    """The server has these bytes, safely; the phone may forget them when the sum matches."""

    memo: str
    sha256: str
    bytes: int
    received_at: datetime


class Correction(Record, frozen=True, kw_only=True):
    """A person changed a field of a report; values are JSON."""

    id: str
    field: str
    before: msgspec.Raw
    after: msgspec.Raw
    by: str
    by_name: str
    at: datetime


class Approval(Record, frozen=True, kw_only=True):
    by: str
    by_name: str
    at: datetime


class Stake(Record, frozen=True, kw_only=True):
    """What makes it matter that a report is right; `amount` is an order's, in the company's currency."""

    kind: StakeKind
    amount: float | None


class VisitSummary(Record, frozen=True, kw_only=True):
    """A line of the feed, of a timeline and of the review list."""

    id: str
    kind: MomentKind
    state: VisitState
    at: datetime
    updated_at: datetime
    rep: str
    rep_name: str
    customer: str | None
    customer_name: str | None
    """The customer's name, or the spoken name of a prospect."""
    outcome: str | None
    summary: str | None
    doubts: tuple[str, ...]
    stakes: tuple[Stake, ...]
    """What is at stake, the weightiest first."""
    problem: Problem | None
    comments: int
    thanks: int


class Visit(Record, frozen=True, kw_only=True):
    """Everything about one visit, or another moment with a customer."""

    id: str
    kind: MomentKind
    state: VisitState
    at: datetime
    updated_at: datetime
    rep: str
    rep_name: str
    customer: str | None
    customer_name: str | None
    customer_chosen: bool
    """Picked by a person, not decided by the machine."""
    position: Position | None
    candidates: tuple[Link, ...]
    """By place at check-in; by place and speech together once something was said."""
    memos: tuple[Memo, ...]
    transcript: Transcript | None
    """Of the only memo, or all in order."""
    report: Report | None
    corrections: tuple[Correction, ...]
    approval: Approval | None
    problem: Problem | None


# What was promised -----------------------------------------------------------------------------------------


class Because(Record, frozen=True, kw_only=True):
    """Why a task lies with its holder. `word`: the skill or area that fits; the person who handed it on."""

    reason: Reason
    word: str | None


class Promise(Record, frozen=True, kw_only=True):
    """A commitment that somebody made at a visit, open until done."""

    id: str
    visit: str
    customer: str | None
    customer_name: str | None
    action: str
    owner: Owner
    due: str | None
    said_at: datetime
    done_at: datetime | None
    evidence: tuple[Evidence, ...]
    holder: str | None
    """Who sees to it, or to that the customer keeps it."""
    holder_name: str | None


class Event(Record, frozen=True, kw_only=True):
    """Something changed; readers fetch it anew. `id` grows, so a reader resumes after the last it saw."""

    id: int
    kind: EventKind
    subject: str
    at: datetime


class Job(Record, frozen=True, kw_only=True):
    """A piece of work as the engine knows it, for whoever looks after the installation."""

    id: str
    visit: str
    memo: str | None
    """The memo that it hears first; null when only the report is made anew."""
    attempt: int
    status: str
    worker: str | None
    asked_at: datetime
