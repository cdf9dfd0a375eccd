"""Rows on the path of a visit. Lists read `visit` alone: what they show stands in its columns."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Text, text
from sqlmodel import Field, SQLModel

from nlp.types import Evidence, Extraction, Link, Linking, Report
from speech.types import Passage, Transcript
from storage.columns import BIG, Moment, Struct
from storage.records import Because, Problem, Stake
from storage.tables.counted import Counted


def struct(of: Any, *, null: bool = True) -> Any:
    return Field(default=None, sa_column=Column(Struct(of), nullable=null))


def _to_look_at(name: str, *keys: str) -> Index:
    """Visits that a manager looks at, in the order in which they are shown; no others are part of it."""
    waits = text("state IN ('needs_review', 'failed')")
    return Index(name, *keys, "id", sqlite_where=waits, postgresql_where=waits)


class VisitRow(SQLModel, table=True):
    """`revision` grows whenever its transcripts change or a person picks the customer; a report that was
    worked out for an older one is dropped. `filed_revision` is the newest that a report or a failure answers.
    """

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_updated", "updated_at", "id"),
        Index("ix_visit_at", "at", "id"),
        Index("ix_visit_rep", "rep", "at", "id"),
        Index("ix_visit_customer", "customer", "at", "id"),
        Index("ix_visit_state", "state", "updated_at", "id"),
        _to_look_at("ix_visit_weight", "weight", "doubt"),
        _to_look_at("ix_visit_doubt", "doubt", "weight"),
    )
    id: str = Field(primary_key=True)
    kind: str = "visit"
    """How the moment with the customer came about: a call or a mail goes the same way as a visit."""
    rep: str = Field(foreign_key="employee.id")
    at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
    state: str = "open"
    revision: int = 0
    filed_revision: int = 0
    sent_customer: str | None = None
    """The customer that the check-in itself named, to tell a repeated check-in from another one."""
    customer: str | None = Field(default=None, foreign_key="customer.id")
    customer_chosen: bool = False
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    age_s: float | None = None
    place_from: str | None = None
    """`checkin`, `memo` when only a memo brought a position, `taken_back` when the rep deleted it."""
    candidates: tuple[Link, ...] = struct(tuple[Link, ...], null=False)
    new_customer: str | None = None
    outcome: str | None = None
    summary: str | None = None
    doubts: tuple[str, ...] = struct(tuple[str, ...], null=False)
    failure: Problem | None = struct(Problem)
    """Why the current revision could not be worked out; `problem` is what the visit shows, a memo's too."""
    problem: Problem | None = struct(Problem)
    approved_by: str | None = Field(default=None, foreign_key="employee.id")
    approved_at: datetime | None = Field(default=None, sa_type=Moment)
    stakes: tuple[Stake, ...] = Field(
        default=(), sa_column=Column(Struct(tuple[Stake, ...]), nullable=False, server_default="[]")
    )
    weight: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """What is at stake, in points (`storage.desk.stakes`)."""
    doubt: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How much is in doubt, in points."""
    complaints: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    compliments: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    counted: Counted | None = struct(Counted)
    """What of it stands in the counts of the desk."""

    model_config = {"arbitrary_types_allowed": True}


class MemoRow(SQLModel, table=True):
    """The truth about one memo; the job engine only remembers how far its work has come."""

    __tablename__ = "memo"
    __table_args__ = (Index("ix_memo_visit", "visit", "at", "id"),)
    id: str = Field(primary_key=True)
    visit: str = Field(foreign_key="visit.id")
    kind: str
    state: str
    at: datetime = Field(sa_type=Moment)
    received_at: datetime = Field(sa_type=Moment)
    content_type: str
    bytes: int
    sha256: str
    blob: str | None = None
    length_s: float | None = None
    transcript: Transcript | None = struct(Transcript)
    problem: Problem | None = struct(Problem)
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)
    """A deleted memo's id stays taken, so a late repeat of its upload does not bring it back."""

    model_config = {"arbitrary_types_allowed": True}


class ListeningRow(SQLModel, table=True):
    """What was heard of a recording that is still arriving; gone once the memo is heard. It belongs to no
    visit yet, because the memo may never come."""

    __tablename__ = "listening"
    memo: str = Field(primary_key=True)
    due: int = Field(default=0, sa_type=BigInteger)
    """Bytes that must have arrived before it is worth listening again."""
    busy: bool = False
    """Somebody listens. Whoever died over it leaves it so, and it is not tried again."""
    passages: tuple[Passage, ...] = struct(tuple[Passage, ...], null=False)
    touched_at: datetime = Field(sa_type=Moment)

    model_config = {"arbitrary_types_allowed": True}


class DraftRow(SQLModel, table=True):
    """What the stages of one revision have worked out so far, so that none of them runs twice."""

    __tablename__ = "draft"
    visit: str = Field(primary_key=True, foreign_key="visit.id")
    revision: int
    extraction: Extraction = struct(Extraction, null=False)
    linking: Linking | None = struct(Linking)

    model_config = {"arbitrary_types_allowed": True}


class ReportRow(SQLModel, table=True):
    """One report a visit, by its key: filing twice is impossible. `extracted` is the machine's, `filed` has
    people's corrections over it."""

    __tablename__ = "report"
    visit: str = Field(primary_key=True, foreign_key="visit.id")
    revision: int
    extracted: Report = struct(Report, null=False)
    filed: Report = struct(Report, null=False)

    model_config = {"arbitrary_types_allowed": True}


class CorrectionRow(SQLModel, table=True):
    __tablename__ = "correction"
    number: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    visit: str = Field(foreign_key="visit.id", index=True)
    field: str
    before: str = Field(sa_type=Text)
    after: str = Field(sa_type=Text)
    by: str = Field(foreign_key="employee.id")
    at: datetime = Field(sa_type=Moment)


def _open_promises(name: str, *columns: str) -> Index:
    """In the order in which they are shown; those that were kept are no part of it."""
    still = text("done_at IS NULL")
    return Index(name, *columns, sqlite_where=still, postgresql_where=still)


class PromiseRow(SQLModel, table=True):
    """A promise, and whatever else a customer waits for: one line of the queue, open until `done_at`."""

    __tablename__ = "promise"
    __table_args__ = (
        _open_promises("ix_promise_open", "customer", "due", "said_at"),
        _open_promises("ix_promise_holder", "holder", "due", "said_at"),
        _open_promises("ix_promise_due", "due", "said_at"),
        _open_promises("ix_promise_late", "owner", "due", "said_at", "id"),
        _open_promises("ix_promise_turn", "owner", "lane", "said_at", "id"),
        _open_promises("ix_promise_my_late", "holder", "owner", "due", "said_at", "id"),
        _open_promises("ix_promise_my_turn", "holder", "owner", "lane", "said_at", "id"),
    )
    id: str = Field(primary_key=True)
    kind: str = "promise"
    """`promise`, `complaint` or `follow_up`; a complaint and a wish to be followed up are ours to answer."""
    visit: str = Field(foreign_key="visit.id", index=True)
    rep: str = Field(foreign_key="employee.id")
    """Who heard it."""
    customer: str | None = Field(default=None, foreign_key="customer.id")
    action: str
    owner: str
    due: str | None = None
    said_at: datetime = Field(sa_type=Moment)
    evidence: tuple[Evidence, ...] = struct(tuple[Evidence, ...], null=False)
    holder: str | None = Field(default=None, foreign_key="employee.id")
    """With whom it lies; null when nobody can do it."""
    because: Because | None = struct(Because)
    taken_at: datetime | None = Field(default=None, sa_type=Moment)
    """When the holder said yes to it."""
    lane: int = 2
    """0 found to be due by the worker, 1 a complaint, 2 in its turn: what a page of the queue skips."""
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    done_by: str | None = Field(default=None, foreign_key="employee.id")

    model_config = {"arbitrary_types_allowed": True}


class EventRow(SQLModel, table=True):
    __tablename__ = "event"
    __table_args__ = {"sqlite_autoincrement": True}
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    kind: str
    subject: str
    at: datetime = Field(sa_type=Moment)


class LeaseRow(SQLModel, table=True):
    """A worker that showed itself; `seen_s` is the database's clock in epoch seconds, never a machine's."""

    __tablename__ = "worker_lease"
    executor: str = Field(primary_key=True)
    seen_s: float
